import { cardinal, ordinal, yearWords } from './numbers.ts';

const months =
  'January February March April May June July August September October November December'.split(
    ' ',
  );
const weekdays = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

const month = String.raw`(Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?`;
const day = String.raw`(0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\d:.,]\d|\d)`;
const year = String.raw`(?:,?\s+((?:19|20)\d\d)\b(?![-:/]\d))?`;

const iso =
  /\b((?:19|20)\d\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?:[T ](?=\d\d:\d\d)|\b(?![-\d]))/g;
const slashed = /(?<![\d/])(\d{1,2})\/(\d{1,2})\/((?:19|20)\d\d)(?![\d/])/g;
const dayFirst = new RegExp(String.raw`(\bthe\s+)?\b${day}\s+(?:of\s+)?${month}${year}`, 'gi');
const monthFirst = new RegExp(String.raw`\b${month}\s+(?:the\s+)?${day}${year}`, 'gi');
const shortWeekday =
  /\b(Sun|Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat)\b\.?(?=,?\s+(?:the\s+)?\d|,?\s+[A-Z][a-z]+\.?\s+\d)/g;
const looseYear =
  /\b(in|since|by|until|till|before|after|from|year|January|February|March|April|May|June|July|August|September|October|November|December)\s+((?:19|20)\d\d)\b(?![-:/.,]\d)/g;

/**
 * Dates as people say them: "2026-12-01" → "December first". The year of a full date is said only
 * when the listener could take it for another one, which is when it is neither this year nor the next.
 *
 * @param thisYear the current year.
 */
export function speakDates(text: string, thisYear: number): string {
  const yearPart = (value: string | undefined): string => {
    if (value === undefined) return '';
    const number = Number(value);
    return number === thisYear || number === thisYear + 1 ? '' : `, ${yearWords(number)}`;
  };
  return text
    .replace(shortWeekday, (_all, short: string) => byPrefix(weekdays, short))
    .replace(
      iso,
      (_all, y: string, m: string, d: string) =>
        `${months[Number(m) - 1]} ${ordinal(Number(d))}${yearPart(y)}${_all.endsWith('T') ? ', ' : _all.endsWith(' ') ? ' ' : ''}`,
    )
    .replace(slashed, (all: string, a: string, b: string, y: string) => {
      const [first, second] = [Number(a), Number(b)];
      if (first > 31 || second > 31 || first === 0 || second === 0) return all;
      if (first > 12 && second <= 12) {
        return `the ${ordinal(first)} of ${months[second - 1]}${yearPart(y)}`;
      }
      if (second > 12 && first <= 12)
        return `${months[first - 1]} ${ordinal(second)}${yearPart(y)}`;
      // Day or month first depends on the country: better said as written than wrong.
      return `${cardinal(first)}, ${cardinal(second)}, ${yearWords(Number(y))}`;
    })
    .replace(
      dayFirst,
      (_all, _the: string | undefined, d: string, m: string, y: string | undefined) =>
        `the ${ordinal(Number(d))} of ${byPrefix(months, m)}${yearPart(y)}`,
    )
    .replace(
      monthFirst,
      (_all, m: string, d: string, y: string | undefined) =>
        `${byPrefix(months, m)} ${ordinal(Number(d))}${yearPart(y)}`,
    )
    .replace(looseYear, (_all, before: string, y: string) => `${before} ${yearWords(Number(y))}`);
}

function byPrefix(names: readonly string[], short: string): string {
  const wanted = short.slice(0, 3).toLowerCase();
  return names.find((name) => name.toLowerCase().startsWith(wanted)) ?? short;
}
