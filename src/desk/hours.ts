import { zonedParts } from '../lib/index.ts';
import type { BusinessHours, ClockTime, Weekday } from './people.ts';

const weekdays: readonly Weekday[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** Nobody waits longer to be called back, and a whole year of closed days is a mistake in the hours. */
const searchDays = 370;

/**
 * Whether the hours hold at an instant, by the clock on the wall there.
 *
 * @param timeZone IANA
 * @param atMs epoch milliseconds
 */
export function isOpen(hours: BusinessHours, timeZone: string, atMs: number): boolean {
  const { date, minute } = wallClock(timeZone, atMs);
  return rangesOf(hours, date).some(({ from, to }) => from <= minute && minute < to);
}

/**
 * When the hours hold next: `atMs` itself when they do already, null when not within a year.
 *
 * An opening time that a change of the clocks skips counts as that much later.
 *
 * @returns epoch milliseconds
 */
export function nextOpening(hours: BusinessHours, timeZone: string, atMs: number): number | null {
  if (isOpen(hours, timeZone, atMs)) return atMs;
  const today = Date.parse(`${wallClock(timeZone, atMs).date}T00:00:00Z`);
  for (let day = 0; day <= searchDays; day++) {
    const dateMs = today + day * dayMs;
    const openings = rangesOf(hours, isoDate(dateMs))
      .flatMap(({ from }) => instantsOf(timeZone, dateMs + from * minuteMs))
      .filter((openMs) => openMs > atMs && isOpen(hours, timeZone, openMs));
    if (openings.length > 0) return Math.min(...openings);
  }
  return null;
}

/** True when the hours hold no minute of any week. */
export function neverOpens({ week }: BusinessHours): boolean {
  return Object.values(week).every((ranges) =>
    ranges.every(({ from, to }) => minuteOf(from) >= minuteOf(to)),
  );
}

/**
 * When something opens, as one says it on the phone: `tomorrow at 8:30 in the morning`,
 * `on Monday at 2 in the afternoon`, `on Monday, 4 January at noon`.
 */
export function openingWords(timeZone: string, openingMs: number, nowMs: number): string {
  const opening = wallClock(timeZone, openingMs);
  const days = Math.round(
    (Date.parse(opening.date) - Date.parse(wallClock(timeZone, nowMs).date)) / dayMs,
  );
  return `${dayWords(opening.date, days)} at ${timeWords(opening.minute)}`;
}

/** The sentence for a caller outside the hours, with when people are back if that is known. */
export function closedSentence(
  hours: BusinessHours,
  about: { readonly timeZone: string; readonly nowMs: number },
): string {
  const closed = 'Nobody is there to take your call right now.';
  const openingMs = nextOpening(hours, about.timeZone, about.nowMs);
  if (openingMs === null) return closed;
  return `${closed} They are back ${openingWords(about.timeZone, openingMs, about.nowMs)}.`;
}

function dayWords(date: string, days: number): string {
  if (days === 0) return 'today';
  if (days === 1) return 'tomorrow';
  const say = (format: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat('en-GB', { ...format, timeZone: 'UTC' }).format(Date.parse(date));
  const weekday = say({ weekday: 'long' });
  return days < 7 ? `on ${weekday}` : `on ${weekday}, ${say({ day: 'numeric', month: 'long' })}`;
}

function timeWords(minute: number): string {
  if (minute === 0) return 'midnight';
  if (minute === 12 * 60) return 'noon';
  const hour = Math.floor(minute / 60);
  const past = minute % 60 === 0 ? '' : `:${String(minute % 60).padStart(2, '0')}`;
  const part = hour < 12 ? 'in the morning' : hour < 18 ? 'in the afternoon' : 'in the evening';
  return `${hour % 12 || 12}${past} ${part}`;
}

/** Opening times of one day, in minutes of the day, as `2026-11-23` is one. */
function rangesOf(
  { week, closedOn }: BusinessHours,
  date: string,
): readonly { readonly from: number; readonly to: number }[] {
  if (closedOn?.includes(date)) return [];
  const weekday = weekdays[new Date(`${date}T00:00:00Z`).getUTCDay()];
  return (weekday ? (week[weekday] ?? []) : []).map(({ from, to }) => ({
    from: minuteOf(from),
    to: minuteOf(to),
  }));
}

function minuteOf(time: ClockTime): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
}

/** Instants at which the wall shows a time: two in the hour that a change of the clocks repeats. */
function instantsOf(timeZone: string, wallMs: number): readonly number[] {
  return [wallMs - dayMs, wallMs + dayMs].map((near) => wallMs - offsetMs(timeZone, near));
}

function offsetMs(timeZone: string, atMs: number): number {
  const { date, minute } = wallClock(timeZone, atMs);
  const wholeMinute = Math.floor(atMs / minuteMs) * minuteMs;
  return Date.parse(`${date}T00:00:00Z`) + minute * minuteMs - wholeMinute;
}

interface WallClock {
  /** `2026-11-23` */
  readonly date: string;
  /** Of the day. */
  readonly minute: number;
}

function wallClock(timeZone: string, atMs: number): WallClock {
  const get = partsIn(timeZone, atMs);
  return {
    date: `${get('year')}-${get('month')}-${get('day')}`,
    minute: Number(get('hour')) * 60 + Number(get('minute')),
  };
}

const partsIn = zonedParts({
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
});

function isoDate(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10);
}
