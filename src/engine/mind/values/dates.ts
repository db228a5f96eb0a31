import { casual } from 'chrono-node/en';
import { plain } from '../language/index.ts';
import {
  isoDay,
  later,
  months,
  ordinal,
  weekdays,
  withDaysWorkedOut,
  withOrdinals,
  withYears,
  type Day,
} from './day-phrases.ts';

export { isoDay, type Day } from './day-phrases.ts';

const titledNames = (names: string): string[] =>
  names.split('|').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
const sundayFirst = titledNames(weekdays);
const weekdayNames = [sundayFirst[6] ?? '', ...sundayFirst.slice(0, 6)];
const monthNames = titledNames(months);

/** Spoken forms that the date library does not know, rewritten into ones it does. */
function written(text: string, today: Day, dayFirst: boolean): string {
  const said = plain(text)
    .replaceAll(/\b(?:right |just )?now\b(?<!from now)/g, ' ') // a word of talk, not a day
    .replaceAll(/\bfirst thing(?: in the morning)?\b/g, ' ') // a time, not a day
    .replaceAll(/\b(?:the )?day after tomorrow\b/g, 'in 2 days');
  return withOrdinals(withDaysWorkedOut(withYears(said), today, dayFirst), today)
    .replaceAll(new RegExp(`\\bnext week(?: on)? (${weekdays})\\b`, 'g'), '$1 next week')
    .replaceAll(
      new RegExp(`\\b(?:a week on (${weekdays})|(${weekdays}) week)\\b`, 'g'),
      (_all, a, b) => `${a ?? b} next week`,
    )
    .replaceAll(/\bat (?=\w)/g, ', at ');
}

const mayHoldDate = new RegExp(
  String.raw`\d|\b(?:to-?day|tomorrow|tonight|weeks?|weekend|days?|month|fortnight|christmas|boxing|year's|years|valentine'?s|halloween|mon|tues?|wed|thurs?|fri|sat|sun|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|${months}|${weekdays}|${ordinal}|morning|afternoon|evening)\b`,
);

/** "Six in the morning tomorrow": a part of the day before the day hides it. */
const partBefore =
  /\bin the (?:morning|afternoon|evening)(?= (?:to-?day|tomorrow|on|next|this|\w+day)\b)/gi;

/**
 * Days named in an utterance, ISO, in order. Relative ones count from `today`; without it only
 * a full date with its year is understood, because a mind has no clock.
 */
export function datesIn(
  text: string,
  today: Day | undefined,
  options: { readonly dayFirst?: boolean } = {},
): string[] {
  if (!mayHoldDate.test(plain(text))) return [];
  if (!today)
    return [...text.matchAll(/\b\d{4}-\d{2}-\d{2}\b/g)].map(([iso]) => iso).filter(isRealDay);
  const reference = new Date(today.year, today.month - 1, today.day); // its start: no hour of today is over
  return casual
    .parse(written(text.replaceAll(partBefore, ' '), today, options.dayFirst ?? false), reference, {
      forwardDate: true,
    })
    .filter(({ start, text: found }) => {
      if (/^(?:next|this|last) (?:week|month|year)$/.test(found.toLowerCase())) return false;
      return start.isCertain('day') || start.isCertain('weekday') || /\bthis\b/.test(found);
    })
    .map(({ start, text: found }) => {
      // "this morning" is today, also when the morning is over.
      if (/^this (?:morning|afternoon|evening)$/.test(found.toLowerCase())) return isoDay(today);
      const day = isoDay({
        year: start.get('year') ?? today.year,
        month: start.get('month') ?? today.month,
        day: start.get('day') ?? today.day,
      });
      // Who means today says so; its weekday alone is that of next week.
      const isWeekday =
        start.isCertain('weekday') && !start.isCertain('day') && !start.isCertain('month');
      return isWeekday && !/\b(?:this|to-?day|last|past)\b/i.test(found) && day === isoDay(today)
        ? later(today, 7)
        : day;
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
