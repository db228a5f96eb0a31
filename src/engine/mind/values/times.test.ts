import { describe, expect, it } from 'vitest';
import { likelyTime, meansTime, spokenTime, timeIn } from './times.ts';

describe('times in spoken words', () => {
  it.each([
    ['ten thirty please', '10:30'],
    ['half past ten', '10:30'],
    ['ten-thirty', '10:30'],
    ['ten thirty-five', '10:35'],
    ['half-past ten', '10:30'],
    ['quarter to five on monday', '16:45'],
    ['quarter past nine would be good', '09:15'],
    ['three in the afternoon', '15:00'],
    ['three p m', '15:00'],
    ['eight a.m.', '08:00'],
    ["eleven o'clock", '11:00'],
    ['at ten', '10:00'],
    ['ten', '10:00'],
    ['no sorry make it eleven', '11:00'],
    ['14:00', '14:00'],
    ['noon', '12:00'],
    ['twelve fifteen tomorrow', '12:15'],
    ['half past two', '14:30'],
    ['nine oh five', '09:05'],
  ])('%s', (said, time) => {
    const found = timeIn(said, true);
    expect(found && likelyTime(found)).toBe(time);
  });

  it.each(['the second one', 'maria lopez', 'i have three kids', 'no thanks'])(
    'no time in "%s"',
    (said) => {
      expect(timeIn(said, true)).toBeUndefined();
    },
  );

  it('takes a bare hour only when a time was asked for', () => {
    expect(timeIn('ten', false)).toBeUndefined();
  });

  it('leaves morning or afternoon open when it was not said', () => {
    const two = timeIn('two thirty', true);
    expect(two && [meansTime(two, '14:30'), meansTime(two, '02:30')]).toEqual([true, true]);
    const pm = timeIn('two thirty pm', true);
    expect(pm && meansTime(pm, '02:30')).toBe(false);
  });
});

it.each([
  ['00:15', '12:15 AM'],
  ['06:30', '6:30 AM'],
  ['09:00', '9:00'],
  ['11:45', '11:45'],
  ['12:00', '12:00 PM'],
  ['13:05', '1:05 PM'],
  ['16:30:00', '4:30 PM'],
])('%s is said as %s', (hhmm, spoken) => {
  expect(spokenTime(hhmm)).toBe(spoken);
});
