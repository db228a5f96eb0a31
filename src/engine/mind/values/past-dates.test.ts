import { describe, expect, it } from 'vitest';
import { pastDateIn } from './past-dates.ts';

const today = { year: 2026, month: 11, day: 23 };
const isoIn = (text: string, expected = true, dayFirst = false): string | undefined => {
  const date = pastDateIn(text, today, { expected, dayFirst });
  return date?.found === 'whole' ? date.iso : undefined;
};

describe('days that are over, in spoken words', () => {
  it.each([
    ['the fifth of march nineteen eighty two', '1982-03-05'],
    ["it's march the fifth nineteen eighty two", '1982-03-05'],
    ['march the fifth nineteen eighty-two', '1982-03-05'],
    ['the twenty-first of may nineteen-eighty-two', '1982-05-21'],
    ['march 5th 82', '1982-03-05'],
    ['March 5, 1982', '1982-03-05'],
    ['5 mar 1982', '1982-03-05'],
    ['3/5/1982', '1982-03-05'],
    ['3-5-82', '1982-03-05'],
    ['1982-03-05', '1982-03-05'],
    ['5.3.1982', '1982-03-05'],
    ['25/12/1990', '1990-12-25'],
    ['oh three oh five eighty two', '1982-03-05'],
    ['three five nineteen eighty two', '1982-03-05'],
    ['march fifth one nine eight two', '1982-03-05'],
    ['nineteen eighty two march fifth', '1982-03-05'],
    ['the fifth of march nineteen eighty to', '1982-03-05'],
    ['the twenty first of may two thousand and four', '2004-05-21'],
    ['december thirty first nineteen ninety nine', '1999-12-31'],
    ['january second twenty ten', '2010-01-02'],
    ['august twelve nineteen oh five', '1905-08-12'],
    ['october twenty first nineteen seventeen four', '1974-10-21'], // as it may be heard
    ['october twenty first nineteen seventeen', '1917-10-21'],
    ['the first of june two thousand', '2000-06-01'],
    ['february twenty ninth nineteen eighty four', '1984-02-29'],
    ['november twenty second twenty twenty six', '2026-11-22'],
    ['no not april, march fifth nineteen eighty two', '1982-03-05'],
  ])('%s', (said, iso) => {
    expect(isoIn(said)).toBe(iso);
  });

  it.each([
    'one zero four two',
    'my name is may march',
    'the thirtieth of february nineteen eighty two',
    'november twenty fourth twenty twenty six', // tomorrow
    'ten thirty please',
    'thursday',
  ])('none in "%s"', (said) => {
    expect(isoIn(said)).toBeUndefined();
  });

  it('puts the day first where that is the custom', () => {
    expect(isoIn('3/5/1982', true, true)).toBe('1982-05-03');
    expect(isoIn('3/25/1982', true, true)).toBe('1982-03-25');
  });

  it('takes numbers alone only when they were asked for or a birthday is spoken of', () => {
    expect(isoIn('ten ten forty two', false)).toBeUndefined();
    expect(isoIn('born ten ten forty two', false)).toBe('1942-10-10');
  });

  it('knows day and month, and that the year is missing', () => {
    expect(pastDateIn('the fifth of march', today, { expected: true })).toMatchObject({
      found: 'part',
      part: 'fifth of march',
    });
  });

  it('leaves what else was said', () => {
    const said = "I'm Ann Lee and my date of birth is the fifth of March 1982 thanks";
    expect(pastDateIn(said, today, { expected: false })).toMatchObject({
      rest: "I'm Ann Lee  ,   ,  thanks",
    });
  });
});
