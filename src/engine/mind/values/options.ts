import { likeness, plain, stopWords, termsOf, wordsOf } from '../language/index.ts';
import { correctedTo } from './corrections.ts';
import { numbersAmong, ordinalOf } from './numbers.ts';

/** One of the things that a value may be. */
export interface Option {
  readonly value: string | number;
  /** How it is called. */
  readonly label: string;
  /** What is written about it. */
  readonly about: string;
}

const alike: readonly RegExp[] = [
  /^(?:small|smaller|smallest|little|tiny|mini|short|shorter|shortest|low|lower|lowest|light|compact)$/,
  /^(?:medium|middle|mid|moderate|average|between)$/,
  /^(?:large|larger|largest|big|bigger|biggest|huge|long|longer|longest|high|higher|highest|tall|great)$/,
  /^(?:basic|standard|normal|regular|usual|ordinary|economy|plain|simple|cheap|cheapest|classic)$/,
  /^(?:premium|deluxe|luxury|superior|best|top|first-class|finest)$/,
  /^(?:urgent|emergency|immediate|immediately|asap|quick|express|priority)$/,
  /^(?:both|either|two)$/,
];
const kin = (a: string, b: string): boolean =>
  alike.some((group) => group.test(a) && group.test(b));
const least = /\b(?:shortest|smallest|least|lowest|cheapest|fewest|minimum)\b/;
const most = /\b(?:longest|biggest|largest|most|highest|maximum)\b/;
const careless =
  /\b(?:(?:don't|do not|doesn't|does not) (?:mind|care|matter)|whoever|whichever|whatever|any(?:one|body|thing)?|no preference|either|not (?:bothered|fussed)|up to you)\b/;
const neutral = /^(?:any|anyone|anybody|either|no preference|none|whoever|whichever|no matter)$/;
const otherwise = /\b(?:something|somebody|someone|anything) else\b|\bother\b/;

/** Options that are said and not turned down, in the order in which they are said. */
export function optionsNamed(options: readonly Option[], text: string): Option[] {
  const said = inOneWord(plain(text).replaceAll(/(?<=[a-z])-(?=[a-z])/g, ' '));
  return options
    .flatMap(
      (option): { readonly option: Option; readonly at: number; readonly size: number }[] => {
        const names = new Set([option.label, String(option.value)].map(wordsAlone));
        const places = [...names].flatMap((name) =>
          name === '' ? [] : mentions(said, name).map((at) => ({ option, at, size: name.length })),
        );
        return places.slice(-1);
      },
    )
    .filter(
      (one, _index, all) =>
        // "Extra large" is no "large".
        !all.some(
          (other) =>
            other !== one &&
            other.size > one.size &&
            other.at <= one.at &&
            other.at + other.size >= one.at + one.size,
        ),
    )
    .toSorted((a, b) => a.at - b.at)
    .map(({ option }) => option);
}

/** Letters said one by one as the word they make: "m o t". */
const inOneWord = (text: string): string =>
  text.replaceAll(/\b([a-z])\.? (?=[a-z]\b(?!'))/gi, '$1');

const wordsAlone = (name: string): string => plain(name).replaceAll(/[_-]+/g, ' ').trim();

function mentions(said: string, name: string): number[] {
  const source = name.replaceAll(/[^\p{L}\p{N} ]/gu, '.').replaceAll(' ', "(?:'s)? ");
  const plural = /[a-z]{3}$/.test(name) ? "(?:'?s|es)?" : '';
  return [
    ...said.matchAll(new RegExp(`(?<![\\p{L}\\p{N}])${source}${plural}(?![\\p{L}\\p{N}])`, 'gu')),
  ]
    .map(({ index }) => index)
    .filter(
      (at) =>
        !/\b(?:not|no|without|except|instead of|rather than|but)(?: (?:the|an?|any|for|in|on))? $/.test(
          said.slice(0, at),
        ) || /\bbut (?:the|an?)? ?$/.test(said.slice(0, at)),
    );
}

/**
 * The option that is meant: named, described, counted ("the second"), or left open ("any").
 *
 * @param expected it was asked for: weaker signs count.
 */
export function optionIn(
  options: readonly Option[],
  text: string,
  expected: boolean,
): Option | undefined {
  const tail = correctedTo(text);
  const corrected = tail === undefined ? undefined : optionOf(options, tail, expected);
  return corrected ?? optionOf(options, text, expected);
}

function optionOf(options: readonly Option[], text: string, expected: boolean): Option | undefined {
  const named = optionsNamed(options, text);
  if (named.length === 1) return named[0];
  if (named.length > 1) return expected ? undefined : named[0];
  const numbered = byNumber(options, text);
  if (numbered) return numbered;
  const worded = byWords(options, text, expected);
  if (worded) return worded;
  return expected ? byPlace(options, text) : undefined;
}

/** Thirty, sixty, ninety: as numbers, or as what they are in hours. */
function byNumber(options: readonly Option[], text: string): Option | undefined {
  const sizes = options.map(({ value, label }) =>
    typeof value === 'number' ? [value] : numbersAmong(label).map((one) => one.value),
  );
  if (sizes.every((size) => size.length === 0)) return undefined;
  const said = plain(text)
    .replaceAll(/\b(?:three quarters of an hour)\b/g, '45 minutes')
    .replaceAll(/\b(?:a quarter of an hour)\b/g, '15 minutes')
    .replaceAll(
      /\b(?:an|one) hour and a half\b|\b(?:one and a half|an? hour and thirty minutes) hours?\b/g,
      '90 minutes',
    )
    .replaceAll(/\bhalf an hour\b/g, '30 minutes')
    .replaceAll(/\b(?:an|one) hour\b/g, '60 minutes')
    .replaceAll(/\btwo hours\b/g, '120 minutes');
  const isInHours = options.some(({ about, label }) => /\bhours?\b/.test(`${about} ${label}`));
  for (const { value, after } of numbersAmong(said)) {
    const wanted = isInHours && /^minutes?$/.test(after[0] ?? '') ? value / 60 : value;
    const hits = options.filter(
      (_option, index) => sizes[index]?.length === 1 && sizes[index][0] === wanted,
    );
    if (hits.length === 1) return hits[0];
  }
  return undefined;
}

/** By the words it is called by, or those that are written about it. */
function byWords(options: readonly Option[], text: string, expected: boolean): Option | undefined {
  const heard = termsOf(inOneWord(withoutRefused(text)));
  const loose = wordsOf(text);
  const told = options.map(({ about }) => new Set(termsOf(about).map(({ stem }) => stem)));
  const common = (stem: string): boolean =>
    told.length > 1 && told.every((words) => words.has(stem));
  const scored = options.map((option, index) => {
    const wanted = termsOf(wordsAlone(option.label));
    const hits = wanted.filter(({ stem }) => heard.some((term) => likeness(term.stem, stem) > 0));
    const called = wanted.length === 0 ? 0 : hits.length / wanted.length;
    const described = heard.filter(
      ({ stem, word }) => told[index]?.has(stem) && !common(stem) && (expected || word.length >= 5),
    ).length;
    const related =
      expected &&
      wordsOf(wordsAlone(option.label)).some((name) => loose.some((word) => kin(name, word)));
    const score =
      (called >= 0.5 && (expected || called === 1 || hits[0] === wanted[0]) ? called : 0) +
      (expected ? 0.6 : 0.5) * described +
      (related ? 0.8 : 0);
    return { option, score };
  });
  const [best, next] = scored.toSorted((a, b) => b.score - a.score);
  return best && best.score >= 0.5 && best.score > (next?.score ?? 0) ? best.option : undefined;
}

/** Without the word that is turned down: "not olga". */
const withoutRefused = (text: string): string =>
  text.replaceAll(/\b(?:not|no|without)(?: (?:the|an?|any))? [\p{L}'-]+/giu, ' ');

function byPlace(options: readonly Option[], text: string): Option | undefined {
  const said = plain(text).replaceAll(/[.,!?]+(?=\s|$)/g, '');
  const words = wordsOf(said);
  if (otherwise.test(said))
    return options.find(({ label }) => /^(?:other|something else)$/i.test(label));
  if (careless.test(said)) return options.find(({ label }) => neutral.test(wordsAlone(label)));
  const sizes = options.map(({ value }) => (typeof value === 'number' ? value : undefined));
  if (sizes.every((size) => size !== undefined)) {
    const sorted = options.toSorted((a, b) => Number(a.value) - Number(b.value));
    if (least.test(said)) return sorted[0];
    if (most.test(said)) return sorted.at(-1);
  }
  const rest = words.filter((word) => !stopWords.has(word) && ordinalOf(word) === undefined);
  if (words.length > 6 || rest.some((word) => !/^(?:option|choice|former|latter)$/.test(word)))
    return undefined;
  if (/\b(?:last|latter)(?: one)?\b/.test(said)) return options.at(-1);
  if (/\bformer\b/.test(said)) return options[0];
  const place = words.flatMap((word) => ordinalOf(word) ?? [])[0];
  return place === undefined ? undefined : options[place - 1];
}
