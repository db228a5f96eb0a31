import { describe, expect, it } from 'vitest';
import { closedSentence, isOpen, neverOpens, nextOpening, openingWords } from './hours.ts';
import type { BusinessHours, WeekHours } from './people.ts';

const london = 'Europe/London';
const working = [
  { from: '08:30', to: '12:00' },
  { from: '13:00', to: '17:30' },
] as const;
const practice: BusinessHours = {
  week: { mon: working, tue: working, wed: working, thu: working, fri: [working[0]] },
  closedOn: ['2026-12-25', '2026-12-28'],
};
const at = (iso: string): number => Date.parse(iso);
const opening = (iso: string, hours = practice, zone = london): string | undefined => {
  const ms = nextOpening(hours, zone, at(iso));
  return ms === null ? undefined : new Date(ms).toISOString();
};

describe('business hours', () => {
  it.each([
    ['the first minute', '2026-11-23T08:30:00Z', true],
    ['the minute before it', '2026-11-23T08:29:59Z', false],
    ['the last second before lunch', '2026-11-23T11:59:59Z', true],
    ['the end itself', '2026-11-23T12:00:00Z', false],
    ['a weekday that is not named', '2026-11-28T10:00:00Z', false],
    ['a closed day', '2026-12-28T10:00:00Z', false],
    ['a summer morning, by the clock on the wall', '2026-07-06T07:30:00Z', true],
    ['a summer evening, by the clock on the wall', '2026-07-06T16:30:00Z', false],
  ])('hold or not at %s', (_title, iso, open) => {
    expect(isOpen(practice, london, at(iso))).toBe(open);
  });

  it('are those of the desk, not of the machine', () => {
    const monday = at('2026-11-23T13:30:00Z');
    expect(isOpen(practice, 'America/New_York', monday)).toBe(true);
    expect(isOpen(practice, 'Asia/Tokyo', monday)).toBe(false);
  });

  it('may go on to midnight and begin at it', () => {
    const night: BusinessHours = {
      week: { fri: [{ from: '22:00', to: '24:00' }], sat: [{ from: '00:00', to: '02:00' }] },
    };
    expect(isOpen(night, london, at('2026-11-27T23:59:00Z'))).toBe(true);
    expect(isOpen(night, london, at('2026-11-28T00:00:00Z'))).toBe(true);
    expect(isOpen(night, london, at('2026-11-28T02:00:00Z'))).toBe(false);
  });

  it.each([
    ['now, when open', '2026-11-23T09:00:00Z', '2026-11-23T09:00:00.000Z'],
    ['later today', '2026-11-23T12:15:00Z', '2026-11-23T13:00:00.000Z'],
    ['after a weekend', '2026-11-27T12:30:00Z', '2026-11-30T08:30:00.000Z'],
    ['after closed days', '2026-12-24T18:00:00Z', '2026-12-29T08:30:00.000Z'],
    ['after clocks went forward', '2026-03-27T20:00:00Z', '2026-03-30T07:30:00.000Z'],
    ['after clocks went back', '2026-10-23T20:00:00Z', '2026-10-26T08:30:00.000Z'],
  ])('open next: %s', (_title, from, next) => {
    expect(opening(from)).toBe(next);
  });

  it('open next also in the hour that a change of the clocks skips or repeats', () => {
    const early: WeekHours = { sun: [{ from: '01:30', to: '03:00' }] };
    expect(opening('2026-03-28T12:00:00Z', { week: early })).toBe('2026-03-29T01:30:00.000Z');
    expect(opening('2026-10-24T12:00:00Z', { week: early })).toBe('2026-10-25T00:30:00.000Z');
    const short: WeekHours = { sun: [{ from: '01:30', to: '01:45' }] };
    expect(opening('2026-10-25T00:50:00Z', { week: short })).toBe('2026-10-25T01:30:00.000Z');
  });

  it('that hold no minute never open', () => {
    const backwards: BusinessHours = { week: { mon: [{ from: '17:00', to: '09:00' }] } };
    expect(neverOpens({ week: {} })).toBe(true);
    expect(neverOpens(backwards)).toBe(true);
    expect(neverOpens(practice)).toBe(false);
    expect(nextOpening(backwards, london, at('2026-11-23T09:00:00Z'))).toBeNull();
  });
});

describe('when people are back', () => {
  it.each([
    ['2026-11-23T13:00:00Z', 'today at 1 in the afternoon'],
    ['2026-11-24T08:30:00Z', 'tomorrow at 8:30 in the morning'],
    ['2026-11-27T18:05:00Z', 'on Friday at 6:05 in the evening'],
    ['2026-11-26T12:00:00Z', 'on Thursday at noon'],
    ['2026-12-07T00:00:00Z', 'on Monday, 7 December at midnight'],
  ])('%s is %s', (iso, words) => {
    expect(openingWords(london, at(iso), at('2026-11-23T12:15:00Z'))).toBe(words);
  });

  it('is said to a caller who rings too late', () => {
    const about = { timeZone: london, nowMs: at('2026-11-27T20:00:00Z') };
    expect(closedSentence(practice, about)).toBe(
      'Nobody is there to take your call right now. They are back on Monday at 8:30 in the morning.',
    );
    expect(closedSentence({ week: {} }, about)).not.toContain('back');
  });
});
