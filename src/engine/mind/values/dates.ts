import { casual } from 'chrono-node/en';
import { plain } from '../language/index.ts';
import { ordinalOf, tensOf, unitOf, numberAt } from './numbers.ts';

/** A calendar day, as the instructions give today's. */
export interface Day {
  readonly year: number;
  readonly month: number; // 1 to 12
  readonly day: number;
}

const months =
  'january|february|march|april|may|june|july|august|september|october|november|december';
const weekdays = 'monday|tuesday|wednesday|thursday|friday|saturday|sunday';
const ordinal = String.raw`(?:(?:twenty|thirty)[ -])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth|\d{1,2}(?:st|nd|rd|th)`;
const pad = (value: number): string => String(value).padStart(2, '0');

/** `2026-11-26`. */
export const isoDay = ({ year, month, day }: Day): string =>
  `${String(year).padStart(4, '0')}-${pad(month)}-${pad(day)}`;

const ordinalIn = (words: string): number | undefined => ordinalOf(words.replace(' ', '-'));

/** Spoken forms that the date library does not know, rewritten into ones it does. */
function written(text: string, today: Day): string {
  return plain(text)
    .replaceAll(/\b(?:right |just )?now\b/g, ' ') // a word of talk, not a day
    .replaceAll(
      /\b(?:two thousand (?:and )?|twenty )(twenty|thirty)[ -]?(\w+)?\b/g,
      (all, tens, unit) => {
        const base = tensOf(String(tens));
        const rest = unitOf(String(unit ?? ''));
        return base === undefined
          ? all
          : `${2000 + base + (rest ?? 0)}${rest === undefined && unit ? ` ${unit}` : ''}`;
      },
    )
    .replaceAll(
      new RegExp(`\\b(?:the )?(${ordinal}) (?:day )?(?:of )?(${months})\\b`, 'g'),
      (_all, nth: string, month: string) => `${month} ${ordinalIn(nth)}`,
    )
    .replaceAll(
      new RegExp(`\\b(${months}) (?:the )?(${ordinal})\\b`, 'g'),
      (_all, month: string, nth: string) => `${month} ${ordinalIn(nth)}`,
    )
    .replaceAll(
      new RegExp(`\\b(${months}) ((?:twenty|thirty)[ -]?\\w+|\\w+)\\b`, 'g'),
      (all, month, rest) => {
        const number = numberAt(String(rest).split(' '), 0);
        return number && number.value >= 1 && number.value <= 31 ? `${month} ${number.value}` : all;
      },
    )
    .replaceAll(
      new RegExp(
        `\\b(?:on the|on|the) (${ordinal})(?=$| (?:at|in|around|please|then|if|would|works?|is|or|and|morning|afternoon|evening)\\b)`,
        'g',
      ),
      (all, nth: string) => dayOfMonth(ordinalIn(nth), today) ?? all,
    )
    .replaceAll(
      new RegExp(`\\b(${weekdays}) (?:the )?(${ordinal})\\b`, 'g'),
      (all, _weekday: string, nth: string) => dayOfMonth(ordinalIn(nth), today) ?? all,
    )
    .replaceAll(new RegExp(`\\bnext week(?: on)? (${weekdays})\\b`, 'g'), '$1 next week')
    .replaceAll(
      new RegExp(`\\b(?:a week on (${weekdays})|(${weekdays}) week)\\b`, 'g'),
      (_all, a, b) => `${a ?? b} next week`,
    )
    .replaceAll(/\b(?:a|one) week (?:from )?(?:today|now)\b|\bin a week\b/g, 'in 7 days')
    .replaceAll(/\b(?:the )?day after tomorrow\b/g, 'in 2 days')
    .replaceAll(/\bat (?=\w)/g, ', at ');
}

/** The next day of that number, this month or a coming one, in words the library reads. */
function dayOfMonth(day: number | undefined, today: Day): string | undefined {
  if (day === undefined || day < 1 || day > 31) return undefined;
  for (let ahead = day >= today.day ? 0 : 1; ahead < 13; ahead += 1) {
    const first: Date = new Date(Date.UTC(today.year, today.month - 1 + ahead, day));
    if (first.getUTCDate() === day) return first.toISOString().slice(0, 10);
  }
  return undefined;
}

const mayHoldDate = new RegExp(
  String.raw`\d|\b(?:to-?day|tomorrow|tonight|weeks?|weekend|days?|month|fortnight|mon|tues?|wed|thurs?|fri|sat|sun|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|${months}|${weekdays}|${ordinal}|morning|afternoon|evening)\b`,
);

/**
 * Days named in an utterance, ISO, in order. Relative ones count from `today`; without it only
 * a full date with its year is understood, because a mind has no clock.
 */
export function datesIn(text: string, today: Day | undefined): string[] {
  if (!mayHoldDate.test(plain(text))) return [];
  if (!today)
    return [...text.matchAll(/\b\d{4}-\d{2}-\d{2}\b/g)].map(([iso]) => iso).filter(isRealDay);
  const reference = new Date(today.year, today.month - 1, today.day); // its start: no hour of today is over
  return casual
    .parse(written(text, today), reference, { forwardDate: true })
    .filter(({ start, text: found }) => {
      if (/^(?:next|this|last) (?:week|month|year)$/.test(found.toLowerCase())) return false;
      return start.isCertain('day') || start.isCertain('weekday') || /\bthis\b/.test(found);
    })
    .map(({ start, text: found }) => {
      // "this morning" is today, also when the morning is over.
      if (/^this (?:morning|afternoon|evening)$/.test(found.toLowerCase())) return isoDay(today);
      return isoDay({
        year: start.get('year') ?? today.year,
        month: start.get('month') ?? today.month,
        day: start.get('day') ?? today.day,
      });
    })
    .filter(isRealDay);
}

/** Whether an ISO day exists in the calendar. */
export function isRealDay(iso: string): boolean {
  const at = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(iso);
}

/** `Tuesday, December 1`; the year is added when it is not `today`'s. */
export function spokenDay(iso: string, today: Day | undefined): string {
  const at = new Date(`${iso}T00:00:00Z`);
  const day = `${weekdayNames[at.getUTCDay()]}, ${monthNames[at.getUTCMonth()]} ${at.getUTCDate()}`;
  const year = at.getUTCFullYear();
  return today && (year === today.year || (year === today.year + 1 && at.getUTCMonth() < 2))
    ? day
    : `${day}, ${year}`;
}

const titled = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
const weekdayNames = ['Sunday', ...weekdays.split('|').slice(0, 6).map(titled)];
const monthNames = months.split('|').map(titled);
