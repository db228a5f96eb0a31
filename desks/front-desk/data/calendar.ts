/** A moment as a wall clock in some zone shows it. */
export interface LocalTime {
  /** `YYYY-MM-DD` */
  readonly date: string;
  /** `HH:MM`, 24 hours. */
  readonly time: string;
}

/** What a clock on the wall in `timeZone` shows at `atMs` (epoch milliseconds). */
export function localTime(atMs: number, timeZone: string): LocalTime {
  // Swedish notation is ISO 8601: `2026-11-26 10:30`.
  const shown = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(atMs);
  const [date = '', time = ''] = shown.split(' ');
  return { date, time };
}

/** The moment (epoch milliseconds) at which a wall clock in `timeZone` shows `local`. */
export function momentOf(local: LocalTime, timeZone: string): number {
  const wanted = Date.parse(`${local.date}T${local.time}:00Z`);
  let guess = wanted;
  // The zone's offset at the guess corrects it; a second round settles days on which clocks change.
  for (let round = 0; round < 2; round += 1) {
    const shown = localTime(guess, timeZone);
    guess += wanted - Date.parse(`${shown.date}T${shown.time}:00Z`);
  }
  return guess;
}

/** `date` moved by whole days. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Monday to Friday. */
export function isWeekday(date: string): boolean {
  const day = new Date(`${date}T00:00:00Z`).getUTCDay();
  return day >= 1 && day <= 5;
}

/** True for a day that exists (`2026-02-30` does not). */
export function isRealDate(date: string): boolean {
  const moment = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(moment) && new Date(moment).toISOString().startsWith(date);
}

/** `Thursday, November 26`, for sentences. */
export function spokenDate(date: string): string {
  return new Intl.DateTimeFormat('en-US', {
    timeZone: 'UTC',
    weekday: 'long',
    month: 'long',
    day: 'numeric',
  }).format(Date.parse(`${date}T00:00:00Z`));
}

/** `1:00 PM` for `13:00`, for sentences. */
export function spokenClock(time: string): string {
  return new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', timeStyle: 'short' })
    .format(Date.parse(`1970-01-01T${time}:00Z`))
    .replace('\u202f', ' ');
}
