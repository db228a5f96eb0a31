import { expect, it } from 'vitest';
import { addDays, isRealDate, isWeekday, localTime, momentOf, spokenDate } from './calendar.ts';

it.each(['America/New_York', 'Europe/London', 'Asia/Kathmandu'])(
  'finds the moment of a wall clock in %s and back, also where clocks change',
  (zone) => {
    for (const date of ['2026-03-08', '2026-03-29', '2026-10-25', '2026-11-01', '2026-11-26']) {
      for (const time of ['00:30', '09:00', '16:00', '23:59']) {
        expect(localTime(momentOf({ date, time }, zone), zone)).toEqual({ date, time });
      }
    }
  },
);

it('knows the offset of summer and winter', () => {
  const noon = (date: string) => momentOf({ date, time: '12:00' }, 'America/New_York');
  expect(new Date(noon('2026-07-01')).toISOString()).toBe('2026-07-01T16:00:00.000Z');
  expect(new Date(noon('2026-11-26')).toISOString()).toBe('2026-11-26T17:00:00.000Z');
});

it('counts days across months and tells weekdays', () => {
  expect(addDays('2026-11-29', 3)).toBe('2026-12-02');
  expect(isWeekday('2026-11-27')).toBe(true);
  expect(isWeekday('2026-11-28')).toBe(false);
  expect(isRealDate('2028-02-29')).toBe(true);
  expect(isRealDate('2026-02-29')).toBe(false);
  expect(isRealDate('2026-13-01')).toBe(false);
  expect(spokenDate('2026-11-26')).toBe('Thursday, November 26');
});
