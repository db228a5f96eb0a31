import { unhyphened, wordsOf } from '../language/index.ts';

const unitWords = 'zero one two three four five six seven eight nine'.split(' ');
const teenWords =
  'ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(' ');
const tensWords = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const ordinalWords =
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth'.split(
    ' ',
  );

/** 0 to 9 for a unit word. */
export const unitOf = (word: string): number | undefined => at(unitWords, word, 0);
/** 10 to 19 for a teen word. */
export const teenOf = (word: string): number | undefined => at(teenWords, word, 10);
/** 20, 30 … 90 for a word of tens. */
export const tensOf = (word: string): number | undefined => {
  const index = tensWords.indexOf(word === 'fourty' ? 'forty' : word);
  return index < 0 ? undefined : 20 + 10 * index;
};
/** 1 to 31 for an ordinal: `third`, `3rd`, `twenty-first`, `thirtieth`. */
export function ordinalOf(word: string): number | undefined {
  const digits = /^(\d{1,2})(?:st|nd|rd|th)$/.exec(word);
  if (digits) return Number(digits[1]);
  if (word === 'thirtieth') return 30;
  const [tens, unit] = word.split('-');
  const base = tens === undefined ? undefined : tensOf(tens);
  if (base !== undefined && unit !== undefined) {
    const rest = at(ordinalWords, unit, 1);
    return rest === undefined ? undefined : base + rest;
  }
  return at(ordinalWords, word, 1);
}

function at(list: readonly string[], word: string, offset: number): number | undefined {
  const index = list.indexOf(word);
  return index < 0 ? undefined : index + offset;
}

/** A number found in a row of words; `end` is the index after its last word. */
export interface SpokenNumber {
  readonly value: number;
  readonly end: number;
}

/** A whole number below one hundred that starts at `from`. */
function smallNumber(words: readonly string[], from: number): SpokenNumber | undefined {
  const word = words[from] ?? '';
  const [head = '', tail] = word.split('-');
  const tens = tensOf(head);
  if (tens !== undefined) {
    if (tail !== undefined) {
      const unit = unitOf(tail);
      return unit ? { value: tens + unit, end: from + 1 } : undefined;
    }
    const unit = unitOf(words[from + 1] ?? '');
    return unit ? { value: tens + unit, end: from + 2 } : { value: tens, end: from + 1 };
  }
  const value = unitOf(word) ?? teenOf(word);
  return value === undefined ? undefined : { value, end: from + 1 };
}

/** A cardinal that starts at `from`: `120`, `1,200.50`, `one hundred and twenty`, `three point five`. */
export function numberAt(words: readonly string[], from: number): SpokenNumber | undefined {
  const written = /^\d+(?:\.\d+)?$/.exec(words[from] ?? '');
  if (written) return { value: Number(written[0]), end: from + 1 };
  let total = 0;
  let part = 0;
  let index = from;
  let heard = false;
  for (;;) {
    const word = words[index] ?? '';
    if (heard && word === 'hundred') {
      part = (part || 1) * 100;
      index += 1;
    } else if (heard && (word === 'thousand' || word === 'million')) {
      total = (total + (part || 1)) * (word === 'thousand' ? 1000 : 1_000_000);
      part = 0;
      index += 1;
    } else if (heard && word === 'and' && /hundred|thousand|million/.test(words[index - 1] ?? '')) {
      if (!smallNumber(words, index + 1)) break;
      index += 1;
    } else if (
      word === 'a' &&
      /^(?:hundred|thousand|million)$/.test(words[index + 1] ?? '') &&
      !heard
    ) {
      part = 1;
      heard = true;
      index += 1;
    } else {
      if (heard && !/^(?:hundred|thousand|million|and)$/.test(words[index - 1] ?? '')) break;
      const small = smallNumber(words, index);
      if (!small) break;
      part += small.value;
      index = small.end;
      heard = true;
    }
  }
  if (!heard) return undefined;
  return withDecimals(words, { value: total + part, end: index });
}

function withDecimals(words: readonly string[], whole: SpokenNumber): SpokenNumber {
  if (words[whole.end] !== 'point') return whole;
  let digits = '';
  let index = whole.end + 1;
  for (; unitOf(words[index] ?? '') !== undefined; index += 1) {
    digits += String(unitOf(words[index] ?? ''));
  }
  return digits === '' ? whole : { value: Number(`${whole.value}.${digits}`), end: index };
}

/** A number and the words it stands between. */
export interface CountedNumber extends SpokenNumber {
  readonly start: number;
  /** The words after it, up to three. */
  readonly after: readonly string[];
  /** The word before it. */
  readonly before: string;
}

const halves: readonly (readonly [RegExp, number])[] = [
  [/^half a dozen\b/, 6],
  [/^three quarters\b/, 0.75],
  [
    /^(?:a )?half(?: an?)?\b(?! (?:past|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b)/,
    0.5,
  ],
  [/^a quarter (?:of|pound|kilo|mile|litre)\b/, 0.25],
  [/^(?:a )?(?:couple|pair)(?: of)?\b/, 2],
  [/^(?:a )?dozen\b/, 12],
  [/^(?:just|only) (?:me|myself)\b/, 1],
  [/^me and my \w+\b(?! and)/, 2],
];

/** A number said digit by digit: "one nine five", "two oh five". */
function digitsAt(
  words: readonly string[],
  from: number,
  longest: number,
): SpokenNumber | undefined {
  const before = words[from - 1] ?? '';
  if (before === 'not' || unitOf(before) !== undefined) return undefined; // "not four, five"
  let digits = '';
  let end = from;
  for (; end < words.length; end += 1) {
    const word = words[end] ?? '';
    const digit = /^(?:oh|o)$/.test(word) && digits !== '' ? 0 : unitOf(word);
    if (digit === undefined) break;
    digits += String(digit);
  }
  const isHigher = /^(?:hundred|thousand|million|point|and)$/.test(words[end] ?? '');
  return digits.length >= 2 && digits.length <= longest && !isHigher
    ? { value: Number(digits), end }
    : undefined;
}

/** Numbers that are said in words of their own: "a dozen", "half". */
function quantityAt(words: readonly string[], from: number): SpokenNumber | undefined {
  const ahead = words.slice(from, from + 5).join(' ');
  for (const [shape, value] of halves) {
    const match = shape.exec(ahead);
    if (match) return { value, end: from + match[0].split(' ').length };
  }
  return undefined;
}

/** "Two and a half", "fifty k", "one and a half thousand". */
function extended(words: readonly string[], found: SpokenNumber): SpokenNumber {
  let { value, end } = found;
  if (words.slice(end, end + 3).join(' ') === 'and a half') [value, end] = [value + 0.5, end + 3];
  else if (words.slice(end, end + 3).join(' ') === 'and a quarter')
    [value, end] = [value + 0.25, end + 3];
  const unit = words[end];
  const times = { k: 1000, grand: 1000, thousand: 1000, million: 1_000_000, dozen: 12 }[unit ?? ''];
  return times === undefined ? { value, end } : { value: value * times, end: end + 1 };
}

/**
 * All numbers of an utterance in order, with what stands around them. `minus` and `negative` count.
 *
 * @param options.longestRow how many digits said one by one may be a number; more are a code. @default 3
 */
export function numbersAmong(
  text: string,
  options: { readonly longestRow?: number } = {},
): CountedNumber[] {
  const { longestRow = 3 } = options;
  const words = wordsOf(
    unhyphened(text)
      .replaceAll(/(\d),(?=\d{3}\b)/g, '$1')
      .replaceAll(/[$£€]/g, ' ')
      .replaceAll(/(\d)(k|kg|km|cm|mm|m|g|l)\b/gi, '$1 $2'),
  );
  const found: CountedNumber[] = [];
  for (let index = 0; index < words.length;) {
    const number =
      quantityAt(words, index) ?? digitsAt(words, index, longestRow) ?? numberAt(words, index);
    if (!number) {
      index += 1;
      continue;
    }
    const before = words[index - 1] ?? '';
    const { value, end } = extended(words, number);
    found.push({
      value: /^(?:minus|negative)$/.test(before) ? -value : value,
      ...{ start: index, end, before, after: words.slice(end, end + 3) },
    });
    index = end;
  }
  return found;
}

/** All numbers of an utterance in order. `minus` and `negative` count. */
export const numbersIn = (text: string): number[] => numbersAmong(text).map(({ value }) => value);
