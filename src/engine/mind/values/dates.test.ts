import { describe, expect, it } from 'vitest';
import { datesIn, spokenDay } from './dates.ts';

const today = { year: 2026, month: 11, day: 23 }; // a Monday

describe('days in spoken words', () => {
  it.each([
    ['on thursday', '2026-11-26'],
    ["thanks now i'd like to book for thursday", '2026-11-26'],
    ['tomorrow please', '2026-11-24'],
    ['the day after tomorrow', '2026-11-25'],
    ['next tuesday at three pm', '2026-12-01'],
    ['thursday next week', '2026-12-03'],
    ['next week wednesday', '2026-12-02'],
    ['the third of december', '2026-12-03'],
    ['december third at nine thirty', '2026-12-03'],
    ['december twenty first', '2026-12-21'],
    ['the twenty first of january', '2027-01-21'],
    ['on the fifth', '2026-12-05'],
    ['the twenty sixth', '2026-11-26'],
    ['november thirtieth two thousand twenty six', '2026-11-30'],
    ['a week from today', '2026-11-30'],
    ['in two weeks', '2026-12-07'],
    ['friday the twenty seventh', '2026-11-27'],
    ['2026-12-03', '2026-12-03'],
    ['this afternoon', '2026-11-23'],
    ['today', '2026-11-23'],
    ['at six in the morning tomorrow', '2026-11-24'],
    ['on monday, november 23 at 9:00 am', '2026-11-23'],
  ])('%s', (said, day) => {
    expect(datesIn(said, today)[0]).toBe(day);
  });

  it.each([
    'may i speak to someone',
    'the second one',
    'ten thirty',
    'right now',
    'i have three kids',
    'one zero four two',
  ])('no day in "%s"', (said) => {
    expect(datesIn(said, today)).toEqual([]);
  });

  it('knows no relative day without being told today', () => {
    expect(datesIn('tomorrow', undefined)).toEqual([]);
    expect(datesIn('on 2026-12-03', undefined)).toEqual(['2026-12-03']);
  });

  it('is read back as a person says it', () => {
    expect(spokenDay('2026-12-01', today)).toBe('Tuesday, December 1');
    expect(spokenDay('2027-05-03', today)).toBe('Monday, May 3, 2027');
  });
});
