import type { BusinessHours } from './people.ts';

// Midnight at the end of a day is 24:00, so that a day can be open to its last minute.
const clockTime = /^(?:[01]?\d|2[0-3]):[0-5]\d$|^24:00$/;
const day = /^\d{4}-\d{2}-\d{2}$/;

/** What is wrong with hours: times and days that do not exist, and ends before their beginnings. */
export function hoursFaults({ week, closedOn = [] }: BusinessHours): readonly string[] {
  const faults = Object.entries(week).flatMap(([weekday, ranges]) =>
    ranges.flatMap(({ from, to }) => {
      const wrong = [from, to].filter((time) => !clockTime.test(time));
      if (wrong.length > 0) return wrong.map((time) => `${weekday}: "${time}" is no time of day`);
      return minutes(from) < minutes(to) ? [] : [`${weekday}: ${from} to ${to} holds no minute`];
    }),
  );
  const noDays = closedOn.filter((date) => !day.test(date) || Number.isNaN(Date.parse(date)));
  return [...faults, ...noDays.map((date) => `closedOn: "${date}" is no day, such as 2026-12-25`)];
}

function minutes(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
}
