import { plain, termsOf, unhyphened } from '../language/index.ts';
import { correctedTo, isContrasting } from './corrections.ts';
import { months, ordinal } from './day-phrases.ts';
import { numbersAmong, type CountedNumber } from './numbers.ts';
import { withoutTimes } from './times.ts';

const digitWord =
  '(?:oh|zero|nought|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|double|triple|plus|\\d+)';
/** Rows of digits that are a telephone number or a code. */
const longRow = new RegExp(
  `\\b(?:${digitWord}[ ,-]+){5,}${digitWord}\\b|\\+?\\d[\\d -]{5,}\\d`,
  'g',
);
const ofDays: readonly RegExp[] = [
  /\b\d{4}-\d{2}-\d{2}\b/g,
  /\b\d{1,2}\/\d{1,2}(?:\/\d{2,4})?\b/g,
  new RegExp(`\\b(?:${months}) (?:the )?(?:${ordinal}|(?:twenty|thirty) \\w+|\\w+)\\b`, 'g'),
  new RegExp(`\\b(?:${ordinal}|\\d{1,2}) of (?:${months})\\b`, 'g'),
  /\b(?:in |another )?(?:an?|one|two|three|four|five|six|seven|eight|ten|\d+) (?:days?|weeks?|months?)(?:'? time| from (?:now|today))\b/g,
  /\bin (?:an?|one|two|three|four|five|six|seven|eight|ten|\d+) (?:days?|weeks?|months?|hours?|minutes?)\b/g,
  /\btwenty twenty[ -]?(?:six|seven|eight|nine)\b|\btwo thousand and twenty[ -]?\w+\b/g,
];

/** Without days of the calendar, times and long rows of digits: their numbers are no quantities. */
export function withoutDays(text: string): string {
  // "The big one" counts nothing.
  let said = unhyphened(plain(text))
    .replaceAll(/\b(the|that|this|which|another|any)( \w+)? ones?\b/g, '$1$2')
    .replaceAll(longRow, ' ');
  for (const shape of ofDays) said = said.replaceAll(shape, ' ');
  return withoutTimes(said);
}

/** The numbers of an utterance that may count things. */
export const quantitiesIn = (text: string, longestRow: number): CountedNumber[] =>
  numbersAmong(withoutDays(text), { longestRow });

/** People by what they are, for "two adults and two children". */
const people =
  /^(?:adults?|grown-?ups?|children|child|kids?|babies|baby|infants?|toddlers?|people|persons?|guests?|men|women|seniors?|of)$/;
const countsPeople =
  /\b(?:people|persons?|guests?|party|heads?|visitors?|participants?|attendees|adults?|travell?ers|passengers|diners)\b/;

/** "Me and my two kids": one more than are counted. */
const withOthers =
  /\b(?:me|i|myself) (?:and|plus|with) (?:my|our|the) (two|three|four|five|six) (?!nights?|days?|rooms?)[a-z]+s?\b/i;
function andOthers(text: string): number | undefined {
  const [others] = numbersAmong(withOthers.exec(text)?.[1] ?? '');
  return others && others.value + 1;
}

/** "Just me", "me and my husband". */
const companyIn = (text: string): number | undefined =>
  /\b(?:me|i|myself) and (?:my|our|a) (?!kids|children|parents|family|friends|dogs?|cats?)\w+\b|\bmy (?:wife|husband|partner|girlfriend|boyfriend) and (?:me|i|myself)\b|\b(?:the|both) of us\b/i.test(
    text,
  )
    ? 2
    : /\b(?:just|only) (?:for )?(?:me|myself|one)\b|\b(?:on|by) my ?(?:own|self)\b/i.test(text)
      ? 1
      : undefined;

/**
 * How many are meant.
 *
 * @param about.nouns stems of what is counted here.
 * @param about.others stems of what is counted elsewhere.
 * @param about.words what the parameter is called and described as.
 * @param fits whether a number may be the value.
 */
export function quantityIn(
  text: string,
  about: {
    readonly nouns: readonly string[];
    readonly others: readonly string[];
    readonly words: string;
    readonly expected: boolean;
  },
  fits: (value: number) => boolean,
): number | undefined {
  const tail = correctedTo(text);
  const corrected = tail === undefined ? undefined : quantityOf(tail, about, fits);
  return corrected ?? quantityOf(text, about, fits);
}

function quantityOf(
  text: string,
  about: Parameters<typeof quantityIn>[1],
  fits: (value: number) => boolean,
): number | undefined {
  const { nouns, others, expected, words } = about;
  const apart = quantitiesIn(text, expected ? 6 : 3);
  // Asked for a number, a time or a day may be what it was taken for.
  const isPronoun = /\b(?:the|that|this|which|another|any) (?:\w+ )?ones?\b/i.test(text);
  const found = apart.length === 0 && expected && !isPronoun ? numbersAmong(text) : apart;
  const stemsAfter = ({ after }: CountedNumber): string[] =>
    termsOf(after.slice(0, 2).join(' ')).map(({ stem }) => stem);
  const mine = found.filter((one) => stemsAfter(one).some((stem) => nouns.includes(stem)));
  const free = found.filter((one) => !stemsAfter(one).some((stem) => others.includes(stem)));
  const heads = free.filter(({ after }) => people.test(after[0] ?? ''));
  if (countsPeople.test(words)) {
    const others = andOthers(text);
    if (others !== undefined && mine.length === 0 && fits(others)) return others;
    const [one] = heads;
    if (one && heads.length === 1 && mine.length === 0 && fits(one.value)) return one.value;
    const company = companyIn(text);
    if (heads.length === 0 && mine.length === 0 && company !== undefined && fits(company))
      return company;
  }
  // Who counts the grown-ups apart does not want all of them.
  const isApart = mine.length > 0 && /\badults?\b/i.test(words);
  if (countsPeople.test(words) && !isApart && heads.length > 1 && !isContrasting(text)) {
    const sum = heads.reduce((all, { value }) => all + value, 0);
    if (fits(sum)) return sum;
  }
  for (const among of [mine, free]) {
    const values = among.map(({ value }) => value).filter(fits);
    if (values.length === 1 || (values.length > 0 && (expected || among === mine)))
      return among === mine && !isContrasting(text) ? values[0] : values.at(-1);
    if (values.length > 1) return undefined;
  }
  return undefined;
}
