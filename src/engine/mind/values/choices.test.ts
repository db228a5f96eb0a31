import { describe, expect, it } from 'vitest';
import { chooseAmong } from './choices.ts';

const today = { year: 2026, month: 11, day: 23 };
const offers = ['10:00', '10:30', '14:00'].map((time) => ({ id: time, date: '2026-11-26', time }));

describe('choosing from what a tool returned', () => {
  it.each([
    ['the first one', 0],
    ['the second one please', 1],
    ['no not that one the first one', 0],
    ['the last one', 2],
    ['ten thirty', 1],
    ['half past ten', 1],
    ['the afternoon one', 2],
    ['two in the afternoon', 2],
    ["two o'clock", 2],
    ['option two', 1],
    ['the earliest', 0],
  ])('%s', (said, index) => {
    expect(chooseAmong(offers, said, { today })).toEqual({ picked: 'one', index });
  });

  it('says when several fit, or none', () => {
    expect(chooseAmong(offers, 'in the morning', { today })).toEqual({
      picked: 'several',
      indexes: [0, 1],
    });
    expect(chooseAmong(offers, 'four thirty', { today })).toEqual({ picked: 'absent' });
    expect(chooseAmong(offers, 'friday', { today })).toEqual({ picked: 'absent' });
    expect(chooseAmong(offers, 'hello', { today })).toEqual({ picked: 'none' });
  });

  it.each(["i don't want any of those", 'none of them', 'not the first one'])(
    'takes none: %s',
    (said) => {
      expect(chooseAmong(offers, said, { today })).toEqual({ picked: 'none' });
    },
  );

  it('takes the other one of two, and yes for the only one', () => {
    expect(chooseAmong(offers.slice(0, 2), 'no the other one', { today, current: 0 })).toEqual({
      picked: 'one',
      index: 1,
    });
    expect(chooseAmong(offers.slice(0, 1), 'yes please', { today })).toEqual({
      picked: 'one',
      index: 0,
    });
    expect(chooseAmong(offers.slice(0, 1), 'no', { today })).toEqual({ picked: 'none' });
  });

  it('asks about what half a time may have meant', () => {
    expect(chooseAmong(offers, 'ten dirty please', { today })).toEqual({
      picked: 'several',
      indexes: [0, 1],
    });
    expect(chooseAmong(offers, 'tan thirty', { today })).toEqual({
      picked: 'several',
      indexes: [1],
    });
  });

  it('knows an offer by its own words', () => {
    const makers = [
      { id: 'a', brand: 'Michelin' },
      { id: 'b', brand: 'Hankook' },
    ];
    expect(chooseAmong(makers, 'i take the hankook', { today })).toEqual({
      picked: 'one',
      index: 1,
    });
  });

  it.each([
    ['the later one in the morning', 1],
    ['the first one in the afternoon', 2],
    ['anything after noon', 2],
    ['the earliest after ten fifteen', 1],
    ['before half past ten if possible the first', 0],
  ])('takes bounds and parts of the day: %s', (said, index) => {
    expect(chooseAmong(offers, said, { today })).toEqual({ picked: 'one', index });
  });

  it.each([
    ['the cheaper one', 1],
    ['the cheapest', 1],
    ['the more expensive', 0],
    ['the one with the garden', 0],
    ['the hankook one', 1],
  ])('takes what is said of them: %s', (said, index) => {
    const things = [
      { id: 'a', brand: 'Michelin', price: 90, extra: 'garden view' },
      { id: 'b', brand: 'Hankook', price: 60, extra: 'street view' },
    ];
    expect(chooseAmong(things, said, { today })).toEqual({ picked: 'one', index });
  });
});
