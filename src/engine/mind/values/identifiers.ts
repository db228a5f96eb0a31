import { correctedTo, isContrasting } from './corrections.ts';
import { spelledPlainly } from './spelling.ts';
import { digitSoundAlikes, letterNames, wordsOf } from '../language/index.ts';
import { numberAt, teenOf, tensOf, unitOf } from './numbers.ts';
import { elementsOf, fitElements, type PatternElement } from './pattern.ts';

/** One spoken piece: the texts it may stand for. `strong` pieces are certainly digits or letters. */
interface Piece {
  readonly texts: readonly string[];
  readonly strong: boolean;
  readonly used: number;
}

const separators =
  /^(?:dash|hyphen|minus|slash|dot|point|space|then|and|um|uh|er|stroke|underscore)$/;
const repeats: Readonly<Record<string, number>> = { double: 2, triple: 3, treble: 3 };

function pieceAt(words: readonly string[], index: number): Piece | undefined {
  const word = words[index] ?? '';
  const next = words[index + 1] ?? '';
  const times = repeats[word];
  if (times !== undefined) {
    const piece = pieceAt(words, index + 1);
    const first = piece?.texts[0]?.slice(0, 1);
    if (piece && first && /^[0-9A-Z]$/.test(first)) {
      return { texts: [first.repeat(times)], strong: true, used: 1 + piece.used };
    }
  }
  if (separators.test(word)) return { texts: [''], strong: false, used: 1 };
  if (/\d/.test(word)) {
    return { texts: [word.replaceAll(/[^a-z0-9]/g, '').toUpperCase()], strong: true, used: 1 };
  }
  const grouped =
    /^(?:hundred|thousand)$/.test(next) || /^(?:hundred|thousand)$/.test(words[index + 2] ?? '');
  const number = grouped ? numberAt(words, index) : undefined;
  if (number && number.value >= 100) {
    return { texts: [String(number.value)], strong: true, used: number.end - index };
  }
  const tens = tensOf(word);
  const unit = unitOf(next);
  if (tens !== undefined) {
    return unit
      ? { texts: [String(tens + unit), `${tens}${unit}`], strong: true, used: 2 }
      : { texts: [String(tens)], strong: true, used: 1 };
  }
  const value = unitOf(word) ?? teenOf(word);
  if (value !== undefined) return { texts: [String(value)], strong: true, used: 1 };
  if (/^(?:oh|o|nought|naught|nil)$/.test(word))
    return { texts: ['0', 'O'], strong: true, used: 1 };
  if (word === 'double-u' || (word === 'double' && next === 'u')) {
    return { texts: ['W'], strong: true, used: word === 'double' ? 2 : 1 };
  }
  const alike = digitSoundAlikes[word];
  if (alike !== undefined) return { texts: [alike, ''], strong: false, used: 1 };
  const letter = /^[a-z]$/.test(word) ? word : letterNames[word];
  if (letter !== undefined) {
    return { texts: [letter.toUpperCase(), ''], strong: word.length === 1, used: 1 };
  }
  return undefined;
}

/** Rows of spoken digits and letters, each as the texts it may stand for, likeliest first. */
export function spelledRuns(text: string): string[][] {
  const words = wordsOf(text).flatMap((word) =>
    /^[a-z]+(?:-[a-z]+)+$/.test(word) ? word.split('-') : [word],
  );
  const runs: Piece[][] = [];
  let run: Piece[] = [];
  for (let index = 0; index <= words.length;) {
    const piece = index < words.length ? pieceAt(words, index) : undefined;
    if (piece) {
      run.push(piece);
      index += piece.used;
    } else {
      if (run.some(({ strong }) => strong)) runs.push(run);
      run = [];
      index += 1;
    }
  }
  return runs.map(expand);
}

const expandLimit = 64;

function expand(run: readonly Piece[]): string[] {
  let texts = [''];
  for (const { texts: options } of run) {
    texts = texts.flatMap((head) => options.map((tail) => head + tail)).slice(0, expandLimit);
  }
  return [...new Set(texts)].filter((text) => text !== '');
}

/** What became of an identifier in an utterance. `part` is what was heard of an incomplete one. */
export type IdentifierReading =
  | { readonly found: 'whole'; readonly value: string }
  | { readonly found: 'part'; readonly part: string }
  | { readonly found: 'nothing' };

/**
 * Reads an identifier that was spelled or spoken ("i n v ten forty two", "one zero, double four").
 *
 * @param pattern the schema's regular expression; fixed letters of it need not be said.
 * @param heardBefore the part of an earlier attempt; tried in front of what is heard now.
 */
export function identifierIn(
  text: string,
  pattern: RegExp | undefined,
  heardBefore = '',
): IdentifierReading {
  const said = spelledPlainly(text);
  const tail = correctedTo(said);
  const corrected = tail === undefined ? undefined : readIdentifier(tail, pattern, '');
  if (corrected?.found === 'whole') return corrected;
  const sentences = said.split(/[.!?;]\s+/).filter((part) => /\w/.test(part));
  // What was said last counts first: it may be the correction of what came before.
  const readings = sentences.toReversed().map((part) => readIdentifier(part, pattern, heardBefore));
  return (
    readings.find(({ found }) => found === 'whole') ??
    readings.find(({ found }) => found === 'part') ?? { found: 'nothing' }
  );
}

function readIdentifier(
  text: string,
  pattern: RegExp | undefined,
  heardBefore: string,
): IdentifierReading {
  const literal = wordsOf(text).map((word) => word.toUpperCase());
  const typed = text
    .trim()
    .split(/\s+/)
    .flatMap((word) => {
      const bare = word.replaceAll(/^[^\w]+|[^\w]+$/g, '');
      return [bare, bare.toUpperCase()];
    });
  if (!pattern) return unpatterned(text);
  const exact = typed.find((word) => word !== '' && pattern.test(word));
  if (exact !== undefined) return { found: 'whole', value: exact };
  const elements = elementsOf(pattern.source);
  if (!elements) {
    const joined = spelledRuns(text)
      .flat()
      .find((run) => pattern.test(run));
    return joined === undefined ? { found: 'nothing' } : { found: 'whole', value: joined };
  }
  const about = { pattern, contrasting: isContrasting(text) };
  // Said digits and letters first; then single words that fit, for patterns of letters only.
  const runs = [
    ...spelledRuns(text),
    ...literal.filter((word) => /\d/.test(word)).map((word) => [word]),
  ];
  for (const heard of runs) {
    for (const candidate of heard) {
      const value =
        complete(elements, candidate, about) ??
        (heardBefore === '' ? undefined : complete(elements, heardBefore + candidate, about));
      if (value !== undefined) return { found: 'whole', value };
    }
  }
  const whole = literal.find((word) => pattern.test(word));
  if (whole !== undefined) return { found: 'whole', value: whole };
  return partOf(runs, elements);
}

function complete(
  elements: readonly PatternElement[],
  candidate: string,
  about: { readonly pattern: RegExp; readonly contrasting: boolean },
): string | undefined {
  const { pattern, contrasting } = about;
  // Letters before the first digit may be small words misread as letters; what is turned down comes first.
  const last = contrasting ? candidate.length : candidate.search(/\d|$/);
  for (let start = 0; start <= last; start += 1) {
    const value = fitElements(elements, candidate.slice(start));
    if (value !== undefined && pattern.test(value)) return value;
  }
  return undefined;
}

function partOf(
  runs: readonly (readonly string[])[],
  elements: readonly PatternElement[],
): IdentifierReading {
  const wanted = elements.reduce(
    (sum, element) => sum + (element.kind === 'set' ? element.min : 0),
    0,
  );
  const parts = runs
    .map((run) => (run[0] ?? '').replaceAll(/\D/g, ''))
    .filter((part) => part.length >= 2 && part.length < wanted);
  const part = parts.sort((a, b) => b.length - a.length)[0];
  return part === undefined ? { found: 'nothing' } : { found: 'part', part };
}

/** Without a pattern the longest row of digits and letters with a digit in it is the identifier. */
function unpatterned(text: string): IdentifierReading {
  // A plate or code may be written in groups: "kt19 abc".
  const grouped = /\b([a-z]*\d[a-z\d-]*)(?: ([a-z]{2,3}|[a-z]*\d[a-z\d]*))?\s*$/i.exec(
    text.replaceAll(/[.,!?]+(?=\s|$)/g, ''),
  );
  const written = ((grouped?.[1] ?? '') + (grouped?.[2] ?? '')).toUpperCase();
  const longest = [...spelledRuns(text).map((run) => run[0] ?? ''), written]
    .filter((run) => /\d/.test(run))
    .sort((a, b) => b.length - a.length)[0];
  return longest === undefined ? { found: 'nothing' } : { found: 'whole', value: longest };
}
