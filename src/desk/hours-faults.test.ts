import { expect, it } from 'vitest';
import { hoursFaults } from './hours-faults.ts';
import type { BusinessHours } from './people.ts';

it.each<[string, BusinessHours, string[]]>([
  ['a day to its last minute', { week: { fri: [{ from: '00:00', to: '24:00' }] } }, []],
  ['an hour of one digit', { week: { fri: [{ from: '9:00', to: '17:00' }] } }, []],
  [
    'hours that do not exist',
    { week: { fri: [{ from: '25:00', to: '17:60' }] } },
    ['fri: "25:00" is no time of day', 'fri: "17:60" is no time of day'],
  ],
  [
    'what is empty by the clock, not by the alphabet',
    { week: { fri: [{ from: '17:00', to: '9:00' }] } },
    ['fri: 17:00 to 9:00 holds no minute'],
  ],
  [
    'days that do not exist',
    { week: {}, closedOn: ['2026-12-25', '2026-13-01', '25.12.2026'] },
    [
      'closedOn: "2026-13-01" is no day, such as 2026-12-25',
      'closedOn: "25.12.2026" is no day, such as 2026-12-25',
    ],
  ],
])('names what is wrong with %s', (_title, hours, faults) => {
  expect(hoursFaults(hours)).toEqual(faults);
});
