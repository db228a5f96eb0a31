import { zonedParts } from '../lib/index.ts';

/** When people may be called, on clocks where they are. */
export interface CallingHours {
  /**
   * The next moment at which somebody in `timeZone` may be called, epoch milliseconds: `nowMs` itself within hours.
   * @throws RangeError for a zone that does not exist
   */
  next(timeZone: string, nowMs: number): number;
}

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const form = /^(?:([a-z]{3})(?:-([a-z]{3}))?\s+)?(\d{2}):(\d{2})-(\d{2}):(\d{2})$/;
const minuteMs = 60_000;
const dayMinutes = 24 * 60;
/** Days looked ahead: a week, and one more for clocks that are set in between. */
const maxJumps = 9;

const read = zonedParts({ weekday: 'short', hour: '2-digit', minute: '2-digit' });

/**
 * @param text e.g. `09:00-20:00` or `mon-fri 09:00-18:30`, within one day
 * @throws Error when it is not like that
 */
export function createCallingHours(text: string): CallingHours {
  const found = form.exec(text.trim().toLowerCase());
  if (!found) throw new Error('must be hours such as 09:00-20:00 or mon-sat 09:00-20:00');
  const [, from = 'mon', to = found[1] ?? 'sun', ...clock] = found;
  const [fromHour = 0, fromMinute = 0, toHour = 0, toMinute = 0] = clock.map(Number);
  const [begins, ends] = [fromHour * 60 + fromMinute, toHour * 60 + toMinute];
  const [firstDay, lastDay] = [days.indexOf(from), days.indexOf(to)];
  if (firstDay < 0 || lastDay < 0) throw new Error('must name days as mon, tue, …');
  if (begins >= ends || ends > dayMinutes)
    throw new Error('must end after they begin, within a day');

  const isDay = (day: number): boolean =>
    firstDay <= lastDay ? day >= firstDay && day <= lastDay : day >= firstDay || day <= lastDay;
  return {
    next(timeZone, nowMs) {
      let atMs = nowMs;
      for (let jump = 0; jump < maxJumps; jump += 1) {
        const part = read(timeZone, atMs);
        const day = days.indexOf(part('weekday').toLowerCase());
        const minute = Number(part('hour')) * 60 + Number(part('minute'));
        if (isDay(day) && minute >= begins && minute < ends) {
          // Clocks set forward on the way put us past the beginning.
          return Math.max(nowMs, jump === 0 ? atMs : atMs - (minute - begins) * minuteMs);
        }
        const isLater = isDay(day) && minute < begins;
        const wait = isLater ? begins - minute : dayMinutes - minute;
        atMs = Math.floor(atMs / minuteMs) * minuteMs + wait * minuteMs;
      }
      return atMs;
    },
  };
}
