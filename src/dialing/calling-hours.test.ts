import { expect, it } from 'vitest';
import { createCallingHours } from './calling-hours.ts';
import { createAllowList, readNumber } from './numbers.ts';

const next = (hours: string, zone: string, now: string) =>
  new Date(createCallingHours(hours).next(zone, Date.parse(now))).toISOString();

it.each([
  // hours, zone, now, next
  ['09:00-20:00', 'Europe/London', '2026-11-23T12:30:10.500Z', '2026-11-23T12:30:10.500Z'],
  ['09:00-20:00', 'Europe/London', '2026-11-23T08:59:59.000Z', '2026-11-23T09:00:00.000Z'],
  ['09:00-20:00', 'Europe/London', '2026-11-23T20:00:00.000Z', '2026-11-24T09:00:00.000Z'],
  ['09:00-20:00', 'America/New_York', '2026-11-23T09:00:00.000Z', '2026-11-23T14:00:00.000Z'],
  ['09:00-20:00', 'Asia/Kolkata', '2026-11-23T16:00:00.000Z', '2026-11-24T03:30:00.000Z'],
  ['mon-fri 09:00-18:00', 'Europe/Berlin', '2026-11-27T17:30:00.000Z', '2026-11-30T08:00:00.000Z'],
  ['sun 10:00-12:00', 'Europe/London', '2026-11-23T12:00:00.000Z', '2026-11-29T10:00:00.000Z'],
  ['sat-mon 10:00-12:00', 'Europe/London', '2026-11-24T12:00:00.000Z', '2026-11-28T10:00:00.000Z'],
  // the night in which clocks are set: 09:00 is 08:00 UTC before, 09:00 UTC after
  ['09:00-20:00', 'Europe/London', '2026-10-24T22:00:00.000Z', '2026-10-25T09:00:00.000Z'],
  ['09:00-20:00', 'Europe/London', '2027-03-27T22:00:00.000Z', '2027-03-28T08:00:00.000Z'],
])('finds in %s of %s after %s: %s', (hours, zone, now, expected) => {
  expect(next(hours, zone, now)).toBe(expected);
});

it.each(['9-20', '20:00-09:00', '09:00-09:00', '09:00-25:00', 'moon 09:00-20:00', ''])(
  'does not take %j for hours',
  (text) => {
    expect(() => createCallingHours(text)).toThrow();
  },
);

it('knows which numbers may be dialled, by the longest prefix', () => {
  const list = createAllowList('+44, +1 ,!+1900,+19005550123');
  const allowed = ['+442079460000', '+12125550100', '+19005550100', '+19005550123', '+4930123456'];
  expect(allowed.map((number) => list.allows(number))).toEqual([true, true, false, true, false]);
  expect(list.isEmpty).toBe(false);
  expect(createAllowList('').isEmpty).toBe(true);
  expect(createAllowList('!+1').isEmpty).toBe(true);
  expect(() => createAllowList('44')).toThrow('"44"');
});

it('reads numbers as people write them, with their country', () => {
  expect(readNumber('+44 (20) 7946-0000')).toBe('+442079460000');
  const none = ['020 7946 0000', '+0123456789', '+44', `+${'1'.repeat(16)}`, '+44 20 CALL', ''];
  expect(none.map(readNumber)).toEqual(none.map(() => null));
});
