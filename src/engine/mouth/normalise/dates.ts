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
const slashed = /(?<![\d/.])(\d{1,2})([/.])(\d{1,2})\2((?:19|20)\d\d|(?<=\/)\d\d)(?![\d/]|\.\d)/g;
const withoutYear = /(?<![\d/.])(\d{1,2})\/(\d{1,2})(?![\d/%])/g;
const daysOfMonth = new RegExp(
  String.raw`\b(\d{1,2})(?:st|nd|rd|th)?\s?(?:-|–|to)\s?(?=(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?\s+(?:of\s+)?${month})`,
  'g',
);
const monthOfDays = new RegExp(
  String.raw`\b${month}\s+(0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?\s?(?:-|–)\s?(0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\d:])`,
  'g',
);
const monthAndYear = new RegExp(String.raw`\b${month}\s+((?:19|20)\d\d)\b(?![-:/.,]\d)`, 'g');
const weekdayName = String.raw`(?:Sun|Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat)\b`;
const weekdayList = new RegExp(
  String.raw`\b${weekdayName}\.?(?:(?:\s?[-–,/&]\s?|\s(?:to|and|or)\s|,\s(?:and|or)\s)${weekdayName}\.?)+`,
  'g',
);
const weekdayAfter =
  /\b((?:on|next|this|by|until|every)\s)(Sun|Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat)\b(?!\s[a-z])/g;
const weekdayAndDay =
  /\b((?:Sun|Mon|Tues|Wednes|Thurs|Fri|Satur)day|Sun|Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat)\.?,?\s+(\d{1,2})(?:st|nd|rd|th)\b/g;
const decade = /\b(1[5-9]|20)(\d)0s\b/g;
const shortDecade = /(?:(?<=\bthe\s)'?|')([2-9])0s\b/g;
const years = /\b((?:19|20)\d\d)\s?[-–]\s?((?:19|20)\d\d)\b(?![-\d])/g;
const dayFirst = new RegExp(String.raw`(\bthe\s+)?\b${day}\s+(?:of\s+)?${month}${year}`, 'gi');
const monthFirst = new RegExp(String.raw`\b${month}\s+(?:the\s+)?${day}${year}`, 'gi');
const shortWeekday =
  /\b(Sun|Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat)\b\.?(?=,?\s+(?:the\s+)?\d|,?\s+[A-Z][a-z]+\.?\s+\d)/g;
const looseYear =
  /\b(in|since|by|Q[1-4]|copyright|until|till|before|after|from|year|January|February|March|April|May|June|July|August|September|October|November|December)\s+((?:19|20)\d\d)\b(?![-:/.,]\d)/g;

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
    .replace(weekdayList, (found) =>
      found
        .replace(/\s?[-–]\s?/g, ' to ')
        .replace(/\s?[&/]\s?/g, ' and ')
        .replace(/[A-Z][a-z]+\b\.?/g, (short) => byPrefix(weekdays, short)),
    )
    .replace(
      weekdayAfter,
      (_all, before: string, short: string) => before + byPrefix(weekdays, short),
    )
    .replace(shortWeekday, (_all, short: string) => byPrefix(weekdays, short))
    .replace(
      iso,
      (_all, y: string, m: string, d: string) =>
        `${months[Number(m) - 1]} ${ordinal(Number(d))}${yearPart(y)}${_all.endsWith('T') ? ', ' : _all.endsWith(' ') ? ' ' : ''}`,
    )
    .replace(slashed, (all: string, a: string, _sign: string, b: string, y: string) => {
      const [first, second] = [Number(a), Number(b)];
      const full = y.length === 2 ? `20${y}` : y;
      if (first > 31 || second > 31 || first === 0 || second === 0) return all;
      if (first > 12 && second <= 12) return `${dayOf(first, second)}${yearPart(full)}`;
      if (second > 12 && first <= 12) {
        return `${months[first - 1]} ${ordinal(second)}${yearPart(full)}`;
      }
      // Day or month first depends on the country: better said as written than wrong.
      return `${cardinal(first)}, ${cardinal(second)}, ${yearWords(Number(full))}`;
    })
    .replace(withoutYear, (all: string, a: string, b: string) => {
      const [first, second] = [Number(a), Number(b)];
      if (all === '24/7') return all;
      if (first > 12 && first <= 31 && second >= 1 && second <= 12) return dayOf(first, second);
      if (second > 16 && second <= 31 && first >= 1 && first <= 12) {
        return `${months[first - 1]} ${ordinal(second)}`;
      }
      return all;
    })
    .replace(daysOfMonth, (_all, d: string) => `the ${ordinal(Number(d))} to `)
    .replace(
      monthOfDays,
      (_all, m: string, from: string, to: string) =>
        `${byPrefix(months, m)} ${ordinal(Number(from))} to ${ordinal(Number(to))}`,
    )
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
    .replace(
      weekdayAndDay,
      (_all, name: string, d: string) => `${byPrefix(weekdays, name)} the ${ordinal(Number(d))}`,
    )
    .replace(
      monthAndYear,
      (_all, m: string, y: string) => `${byPrefix(months, m)} ${yearWords(Number(y))}`,
    )
    .replace(
      years,
      (_all, from: string, to: string) => `${yearWords(Number(from))} to ${yearWords(Number(to))}`,
    )
    .replace(
      decade,
      (_all, century: string, ten: string) => `${cardinal(Number(century))} ${decadeWords(ten)}`,
    )
    .replace(shortDecade, (_all, ten: string) => decadeWords(ten))
    .replace(looseYear, (_all, before: string, y: string) => `${before} ${yearWords(Number(y))}`);
}

const dayOf = (day: number, month: number): string => `the ${ordinal(day)} of ${months[month - 1]}`;

const decadeWords = (ten: string): string =>
  ten === '0' ? 'hundreds' : `${cardinal(Number(ten) * 10).replace(/y$/, 'ie')}s`;

function byPrefix(names: readonly string[], short: string): string {
  const wanted = short.slice(0, 3).toLowerCase();
  return names.find((name) => name.toLowerCase().startsWith(wanted)) ?? short;
}
