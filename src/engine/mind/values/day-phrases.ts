import { numberAt, ordinalOf, tensOf, unitOf } from './numbers.ts';

/** A calendar day, as the instructions give today's. */
export interface Day {
  readonly year: number;
  readonly month: number; // 1 to 12
  readonly day: number;
}

export const months =
  'january|february|march|april|may|june|july|august|september|october|november|december';
export const weekdays = 'monday|tuesday|wednesday|thursday|friday|saturday|sunday';
/** An ordinal in words or digits. */
export const ordinal = String.raw`(?:(?:twenty|thirty)[ -])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth|\d{1,2}(?:st|nd|rd|th)`;
const count = String.raw`(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a couple of|\d{1,3})`;

const pad = (value: number): string => String(value).padStart(2, '0');
/** `2026-11-26`. */
export const isoDay = ({ year, month, day }: Day): string =>
  `${String(year).padStart(4, '0')}-${pad(month)}-${pad(day)}`;

const ordinalIn = (words: string): number | undefined => ordinalOf(words.replace(' ', '-'));
const monthIn = (name: string): number => months.split('|').indexOf(name) + 1;
/** 0 is Sunday. */
const weekdayIn = (name: string): number => (weekdays.split('|').indexOf(name) + 1) % 7;
const countIn = (words: string): number =>
  /^an?$/.test(words) ? 1 : words.includes('couple') ? 2 : (numberAt([words], 0)?.value ?? 0);

const dateOf = ({ year, month, day }: Day): Date => new Date(Date.UTC(year, month - 1, day));
const iso = (at: Date): string => at.toISOString().slice(0, 10);
/** So many days later. */
export const later = (today: Day, days: number): string =>
  iso(new Date(dateOf(today).getTime() + days * 86_400_000));

/** The next day of that number, this month or a coming one. */
export function dayOfMonth(day: number | undefined, today: Day): string | undefined {
  if (day === undefined || day < 1 || day > 31) return undefined;
  for (let ahead = day >= today.day ? 0 : 1; ahead < 13; ahead += 1) {
    const at: Date = new Date(Date.UTC(today.year, today.month - 1 + ahead, day));
    if (at.getUTCDate() === day) return iso(at);
  }
  return undefined;
}

/** A day of a month, this year's or the next one's, so that it is not over. */
function coming(month: number, day: number, today: Day): string {
  const isOver = month < today.month || (month === today.month && day < today.day);
  return iso(new Date(Date.UTC(today.year + (isOver ? 1 : 0), month - 1, day)));
}

/** The Monday of the week that is so many weeks ahead. */
function weekday(name: string, weeksAhead: number, today: Day): string {
  const now = (dateOf(today).getUTCDay() + 6) % 7;
  return later(today, weeksAhead * 7 + ((weekdayIn(name) + 6) % 7) - now);
}

/** The first, second … or last (-1) such weekday of a month; `ahead` months from this one. */
function nthWeekday(nth: number, name: string, month: { year: number; month: number }): string {
  const first = new Date(Date.UTC(month.year, month.month - 1, 1));
  const last = new Date(Date.UTC(month.year, month.month, 0));
  const wanted = weekdayIn(name);
  if (nth < 0) {
    const back = (last.getUTCDay() - wanted + 7) % 7;
    return iso(new Date(last.getTime() - back * 86_400_000));
  }
  const ahead = (wanted - first.getUTCDay() + 7) % 7;
  return iso(new Date(first.getTime() + (ahead + (nth - 1) * 7) * 86_400_000));
}

/** Which month is meant by "december", "next month", "the month". */
function monthMeant(words: string, today: Day): { year: number; month: number } {
  const named = new RegExp(months).exec(words)?.[0];
  if (named !== undefined) {
    const month = monthIn(named);
    return { year: today.year + (month < today.month ? 1 : 0), month };
  }
  const ahead = today.month + (/\bnext\b/.test(words) ? 1 : 0);
  return { year: today.year + (ahead > 12 ? 1 : 0), month: ((ahead - 1) % 12) + 1 };
}

const someMonth = `(?:of |in )?(?:the |this |next |the coming )?(?:${months}|month)`;
const feasts: readonly (readonly [RegExp, number, number])[] = [
  [/\bchristmas eve\b/g, 12, 24],
  [/\bchristmas day\b/g, 12, 25],
  [/\bboxing day\b/g, 12, 26],
  [/\bnew year'?s eve\b/g, 12, 31],
  [/\bnew year'?s(?: day)?\b/g, 1, 1],
  [/\bvalentine'?s(?: day)?\b/g, 2, 14],
  [/\bhalloween\b/g, 10, 31],
];

type Phrase = readonly [RegExp, (found: readonly string[], today: Day) => string | undefined];

const phrase = (source: string, read: Phrase[1]): Phrase => [new RegExp(source, 'g'), read];

/** Spoken days that are worked out here, since the date library reads them otherwise or not at all. */
const phrases: readonly Phrase[] = [
  phrase(
    String.raw`\b(${weekdays}) (?:in (?:a|one) fortnight|fortnight)\b`,
    ([, name = ''], today) => weekday(name, 2, today),
  ),
  phrase(
    String.raw`\b(?:a fortnight (?:today|from (?:today|now))|in a fortnight(?:'s time)?)\b`,
    (_found, today) => later(today, 14),
  ),
  phrase(
    String.raw`\b(?:the )?week after next(?: on| week)? (${weekdays})\b|\b(?:on )?(${weekdays}) (?:of |in )?(?:the )?week after next\b|\b(?:on )?(${weekdays}) in two weeks(?:' time)?\b`,
    ([, a, b, c], today) => weekday(a ?? b ?? c ?? '', 2, today),
  ),
  phrase(
    String.raw`\b(?:in )?(${count}) (day|week|month)'?s?'?(?: time| from (?:now|today)| today)\b|\bin (${count}) (day|week|month)s?\b`,
    ([, a, unitA, b, unitB], today) => {
      const many = countIn(a ?? b ?? '');
      const unit = unitA ?? unitB;
      if (many === 0) return undefined;
      return unit === 'month'
        ? iso(new Date(Date.UTC(today.year, today.month - 1 + many, today.day)))
        : later(today, many * (unit === 'week' ? 7 : 1));
    },
  ),
  phrase(
    String.raw`\b(?:the )?(${ordinal}|last) (${weekdays}) (${someMonth})\b`,
    ([, nth = '', name = '', words = ''], today) => {
      const meant = monthMeant(words, today);
      const place = nth === 'last' ? -1 : (ordinalIn(nth) ?? 0);
      if (place > 5 || place === 0) return undefined;
      const day = nthWeekday(place, name, meant);
      return day >= isoDay(today) ? day : undefined;
    },
  ),
  phrase(
    String.raw`\b(?:the )?(?:very )?(?:end|last day) (${someMonth})\b`,
    ([, words = ''], today) => {
      const { year, month } = monthMeant(words, today);
      return iso(new Date(Date.UTC(year, month, 0)));
    },
  ),
  phrase(
    String.raw`(?<!(?:twenty|thirty)[ -])\b(?:the )?(?:beginning|start|first(?: day)?) (of next month|${someMonth.replace('(?:of |in )?', 'of ')})\b`,
    ([, words = ''], today) => {
      const { year, month } = monthMeant(words, today);
      const first = iso(new Date(Date.UTC(year, month - 1, 1)));
      return first >= isoDay(today) ? first : undefined;
    },
  ),
  phrase(
    String.raw`\b(?:the )?(${ordinal}) of (next|this|the coming) month\b`,
    ([, nth = '', which], today) => {
      const { year, month } = monthMeant(`${which} month`, today);
      return iso(new Date(Date.UTC(year, month - 1, ordinalIn(nth) ?? 1)));
    },
  ),
  phrase(
    String.raw`\b(?:the )?(${ordinal}) of the (${ordinal})\b`,
    ([, day = '', month = ''], today) => {
      const [d = 0, m = 0] = [ordinalIn(day), ordinalIn(month)];
      return m >= 1 && m <= 12 ? coming(m, d, today) : undefined;
    },
  ),
  phrase(String.raw`\b(?:at |by |for )?(?:the )?end of (?:the|this) week\b`, (_found, today) => {
    const day = weekday('friday', 0, today);
    return day >= isoDay(today) ? day : later(today, 0);
  }),
  phrase(String.raw`\bend of next week\b`, (_found, today) => weekday('friday', 1, today)),
  phrase(String.raw`\b(?:the )?(?:beginning|start) of next week\b`, (_found, today) =>
    weekday('monday', 1, today),
  ),
  phrase(String.raw`\bnext weekend\b`, (_found, today) => weekday('saturday', 1, today)),
];

/** Rewrites the days that people name in ways of their own as ISO days. */
export function withDaysWorkedOut(text: string, today: Day, dayFirst: boolean): string {
  let said = text;
  for (const [feast, month, day] of feasts)
    said = said.replaceAll(feast, () => coming(month, day, today));
  if (dayFirst)
    said = said.replaceAll(
      /(?<![\d-])(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}|\d{2}))?(?![\d/:])/g,
      (all: string, day: string, month: string, year?: string) => {
        if (Number(month) > 12 || Number(month) < 1 || Number(day) > 31) return all;
        if (all.includes('.') && year === undefined) return all; // a time, or a decimal
        return year === undefined
          ? coming(Number(month), Number(day), today)
          : isoDay({
              year: Number(year) + (year.length === 2 ? 2000 : 0),
              month: Number(month),
              day: Number(day),
            });
      },
    );
  // "From the tenth to the twelfth of december": both are of that month.
  said = said.replaceAll(
    new RegExp(
      String.raw`\b(?:the )?(${ordinal}) ((?:to|until|till|through|and|or)) (?:the )?(${ordinal})(?: of)? (${months})\b`,
      'g',
    ),
    (_all, a: string, word: string, b: string, month: string) =>
      `${month} ${ordinalIn(a)} ${word} ${month} ${ordinalIn(b)}`,
  );
  for (const [shape, read] of phrases) {
    said = said.replaceAll(shape, (...found: (string | number)[]) => {
      const groups = found.slice(0, -2).map((group) => group as string); // offset and text come last
      const day = read(groups, today);
      return day === undefined ? String(found[0]) : ` ${day} `;
    });
  }
  return said.replaceAll(/\s+/g, ' ').trim();
}

/** Years in words: "two thousand and twenty six", "twenty twenty seven". */
export const withYears = (text: string): string =>
  text.replaceAll(
    /\b(?:two thousand (?:and )?|twenty )(twenty|thirty)[ -]?(\w+)?\b/g,
    (all: string, tens: string, unit?: string) => {
      const base = tensOf(tens);
      const rest = unitOf(unit ?? '');
      return base === undefined
        ? all
        : `${2000 + base + (rest ?? 0)}${rest === undefined && unit ? ` ${unit}` : ''}`;
    },
  );

const dayBeforeMonth = new RegExp(`\\b(?:the )?(${ordinal}) (?:day )?(?:of )?(${months})\\b`, 'g');
const dayBehindMonth = new RegExp(`\\b(${months}) (?:the )?(${ordinal})\\b`, 'g');
const numberBehindMonth = new RegExp(`\\b(${months}) ((?:twenty|thirty)[ -]?\\w+|\\w+)\\b`, 'g');
const dayAlone = new RegExp(
  `\\b(?:on the|on|the) (${ordinal})(?=$|,| (?:at|in|around|instead|onwards?|please|then|if|would|works?|is|or|and|to|until|till|morning|afternoon|evening|for|with|no|not|sorry|the (?:${ordinal}))\\b)`,
  'g',
);
const dayBehindWeekday = new RegExp(`\\b(?:${weekdays}) (?:the )?(${ordinal})\\b`, 'g');

/** Ordinals and numbers beside a month, as figures; days of a month alone, as ISO days. */
export function withOrdinals(text: string, today: Day): string {
  const nextOf = (all: string, nth: string): string => dayOfMonth(ordinalIn(nth), today) ?? all;
  return text
    .replaceAll(dayBeforeMonth, (_all, nth: string, month: string) => `${month} ${ordinalIn(nth)}`)
    .replaceAll(dayBehindMonth, (_all, month: string, nth: string) => `${month} ${ordinalIn(nth)}`)
    .replaceAll(numberBehindMonth, (all: string, month: string, rest: string) => {
      const number = numberAt(rest.split(' '), 0);
      return number && number.value >= 1 && number.value <= 31 ? `${month} ${number.value}` : all;
    })
    .replaceAll(dayAlone, nextOf)
    .replaceAll(dayBehindWeekday, nextOf);
}
