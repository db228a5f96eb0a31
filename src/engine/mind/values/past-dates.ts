import { digitSoundAlikes, unhyphened } from '../language/index.ts';
import { isRealDay, type Day } from './dates.ts';
import { ordinalOf, numberAt, teenOf, tensOf, unitOf } from './numbers.ts';

/** A day that is over, such as a birthday, found in an utterance. */
export type PastDate =
  | { readonly found: 'whole'; readonly iso: string; readonly rest: string }
  /** Day and month without a year. `part` are the words themselves. */
  | { readonly found: 'part'; readonly part: string; readonly rest: string };

const months =
  'january february march april may june july august september october november december'.split(
    ' ',
  );
const monthOf = (word: string): number => {
  const exact = months.indexOf(word) + 1;
  if (exact > 0 || !/^(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)$/.test(word)) return exact;
  return months.findIndex((name) => name.startsWith(word.slice(0, 3))) + 1;
};

/** Words around a birthday that belong to it and to nothing else in the sentence. */
const birthWords =
  /(?:\band )?\b(?:(?:i(?:'m| am| was)|was|my|the) )*(?:born(?: on| in)?|dates? of birth|birth ?da(?:y|te)|d\.? ?o\.? ?b\b\.?)(?: (?:is|was|would be))?(?: on)?(?: the)?/gi;

interface Token {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

/** A number and the index after its last word. */
interface Found {
  readonly value: number;
  readonly end: number;
}

const isFiller = (word: string | undefined): boolean => /^(?:the|of|in|on|year)$/.test(word ?? '');

/**
 * A day in the past, said or written: "the fifth of march nineteen eighty two", "march 5th 82",
 * "3/5/1982", "oh three oh five eighty two".
 *
 * @param options.expected it was asked for: numbers alone count, too.
 * @param options.dayFirst "3/5" is the third of May. @default false
 */
export function pastDateIn(
  text: string,
  today: Day | undefined,
  options: { readonly expected: boolean; readonly dayFirst?: boolean },
): PastDate | undefined {
  const tokens = tokensOf(text);
  const words = tokens.map(({ word }) => word);
  const numbersCount = options.expected || text.search(birthWords) >= 0;
  let part: PastDate | undefined;
  for (let from = 0; from < words.length; from += 1) {
    const read =
      writtenAt(words, from, options.dayFirst ?? false) ??
      namedAt(words, from) ??
      (numbersCount ? numbersAt(words, from, options.dayFirst ?? false) : undefined);
    if (!read) continue;
    const first = tokens[from];
    const last = tokens[read.end - 1];
    if (!first || !last) continue;
    const rest = `${text.slice(0, first.start)} , ${text.slice(last.end)}`
      .replaceAll(birthWords, ' , ')
      .trim();
    if (read.year === undefined) {
      part ??= { found: 'part', part: text.slice(first.start, last.end), rest };
      continue;
    }
    const iso = isoOf({ ...read, year: read.year }, today);
    if (iso !== undefined) return { found: 'whole', iso, rest };
    from = read.end - 1; // a day that cannot be is not read from its middle on
  }
  return part;
}

const tokensOf = (text: string): Token[] =>
  [...unhyphened(text).matchAll(/[a-z0-9]+(?:[:./-][a-z0-9]+)*/gi)].map((match) => ({
    word: match[0].toLowerCase(),
    start: match.index,
    end: match.index + match[0].length,
  }));

interface Read {
  readonly year: number | undefined;
  readonly month: number;
  readonly day: number;
  readonly end: number;
}

function isoOf(
  read: { readonly year: number; readonly month: number; readonly day: number },
  today: Day | undefined,
): string | undefined {
  const thisYear = today?.year ?? 2050;
  const short = read.year < 100;
  const century = short && read.year > thisYear % 100 ? 1900 : 2000;
  const year = short ? century + read.year : read.year;
  const pad = (value: number): string => String(value).padStart(2, '0');
  const iso = `${year}-${pad(read.month)}-${pad(read.day)}`;
  const now = today && `${today.year}-${pad(today.month)}-${pad(today.day)}`;
  return year >= 1880 && isRealDay(iso) && (now === undefined || iso <= now) ? iso : undefined;
}

/** `1982-03-05`, `3/5/82`, `5.3.1982`. */
function writtenAt(words: readonly string[], from: number, dayFirst: boolean): Read | undefined {
  const word = words[from] ?? '';
  const iso = /^(\d{4})[-./](\d{1,2})[-./](\d{1,2})$/.exec(word);
  if (iso) {
    const [, year, month, day] = iso.map(Number);
    return { year, month: month ?? 0, day: day ?? 0, end: from + 1 };
  }
  const short = /^(\d{1,2})[-./](\d{1,2})[-./](\d{4}|\d{2})$/.exec(word);
  if (!short) return undefined;
  const [, one = 0, two = 0, year] = short.map(Number);
  const swapped = one > 12 || (dayFirst && two <= 12) || (word.includes('.') && two <= 12);
  return { year, month: swapped ? two : one, day: swapped ? one : two, end: from + 1 };
}

/** The month by its name, the day before or after it, then the year, or all of it from the year on. */
function namedAt(words: readonly string[], from: number): Read | undefined {
  const year = yearAt(words, from);
  const afterYear = year && year.value > 99 ? namedDay(words, skip(words, year.end)) : undefined;
  if (year && afterYear) return { ...afterYear, year: year.value };
  const named = namedDay(words, from);
  if (!named) return undefined;
  const then = yearAt(words, skip(words, named.end));
  return then ? { ...named, year: then.value, end: then.end } : { ...named, year: undefined };
}

function namedDay(words: readonly string[], from: number): Omit<Read, 'year'> | undefined {
  const first = monthOf(words[from] ?? '');
  if (first > 0) {
    const day = dayAt(words, skip(words, from + 1));
    return day && { month: first, day: day.value, end: day.end };
  }
  const day = dayAt(words, from);
  const at = day && skip(words, day.end);
  const month = at === undefined ? 0 : monthOf(words[at] ?? '');
  return day && at !== undefined && month > 0 ? { month, day: day.value, end: at + 1 } : undefined;
}

/** "Oh three oh five nineteen eighty two". */
function numbersAt(words: readonly string[], from: number, dayFirst: boolean): Read | undefined {
  const one = dayAt(words, from);
  const two = one && dayAt(words, one.end);
  const year = two && yearAt(words, two.end);
  if (!year) return undefined;
  const swapped = one.value > 12 || (dayFirst && two.value <= 12);
  const [month, day] = swapped ? [two.value, one.value] : [one.value, two.value];
  return month <= 12 ? { year: year.value, month, day, end: year.end } : undefined;
}

const skip = (words: readonly string[], from: number): number => {
  let at = from;
  while (isFiller(words[at])) at += 1;
  return at;
};

/** 1 to 31: "fifth", "twenty first", "5th", "five", "oh five". */
function dayAt(words: readonly string[], from: number): Found | undefined {
  const word = words[from] ?? '';
  const next = words[from + 1] ?? '';
  const pair = ordinalOf(`${word}-${next}`);
  if (pair !== undefined) return { value: pair, end: from + 2 };
  const ordinal = ordinalOf(word);
  if (ordinal !== undefined) return { value: ordinal, end: from + 1 };
  const unit = unitOf(next);
  if (/^(?:oh|o|zero)$/.test(word) && unit) return { value: unit, end: from + 2 };
  const number = numberAt(words, from);
  return number && number.value >= 1 && number.value <= 31 && Number.isInteger(number.value)
    ? number
    : undefined;
}

/** "1982", "82", "nineteen eighty two", "nineteen oh five", "two thousand and four", "one nine eight two". */
function yearAt(words: readonly string[], from: number): Found | undefined {
  const word = words[from] ?? '';
  if (/^(?:1[89]\d\d|20\d\d|\d\d)$/.test(word)) return { value: Number(word), end: from + 1 };
  const digits = words.slice(from, from + 4).map((one) => unitOf(one));
  if (digits.length === 4 && digits.every((digit) => digit !== undefined)) {
    const value = Number(digits.join(''));
    if (value >= 1880 && value < 2100) return { value, end: from + 4 };
  }
  const century = { eighteen: 1800, nineteen: 1900, twenty: 2000 }[word];
  const within = century === undefined ? undefined : belowHundred(words, from + 1);
  if (century !== undefined && within) return { value: century + within.value, end: within.end };
  const number = numberAt(words, from);
  if (number && number.value >= 1880 && number.value < 2100) return number;
  return number && number.value >= 20 ? belowHundred(words, from) : undefined;
}

/** The two last digits of a year; "eighty to" is what "eighty two" may be heard as. */
function belowHundred(words: readonly string[], from: number): Found | undefined {
  const word = words[from] ?? '';
  const next = words[from + 1] ?? '';
  const tens = tensOf(word);
  if (tens !== undefined) {
    const alike = digitSoundAlikes[next];
    const unit = unitOf(next) ?? (alike === undefined ? undefined : Number(alike));
    return unit ? { value: tens + unit, end: from + 2 } : { value: tens, end: from + 1 };
  }
  const teen = teenOf(word);
  const unit = unitOf(next);
  // "Seventeen four" is how "seventy four" may be heard: no year has both.
  if (teen !== undefined && teen > 12 && unit)
    return { value: (teen - 10) * 10 + unit, end: from + 2 };
  if (teen !== undefined) return { value: teen, end: from + 1 };
  if (/^(?:oh|o|zero)$/.test(word) && unit !== undefined) return { value: unit, end: from + 2 };
  if (/^\d\d$/.test(word)) return { value: Number(word), end: from + 1 };
  return word === 'hundred' ? { value: 0, end: from + 1 } : undefined;
}
