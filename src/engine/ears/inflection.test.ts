import { describe, expect, it } from 'vitest';
import { inflect } from './inflection.ts';

const listed = new Set(
  (
    'book booked booking bookings pay paying payment payments move moved moving movement cancel ' +
    'canceled cancelled cancelling cancellation cancellations refund refunded park parked parking ' +
    'reserve reserved reserving reservation clinic clinics stop stopped stopping'
  ).split(' '),
);
const known = (word: string): boolean => listed.has(word);

describe('other forms of a word', () => {
  it.each([
    ['book', 'booking'],
    ['pay', 'payment'],
    ['cancel', 'cancellation'],
    ['reserve', 'reservation'],
  ])('finds what one speaks of beside %s', (word, noun) => {
    expect(inflect(word, known).nouns).toContain(noun);
  });

  it.each([
    ['refund', 'refunded'],
    ['move', 'moved'],
    ['stop', 'stopped'],
    ['pay', 'paid'],
  ])('finds the past of %s', (word, past) => {
    expect(inflect(word, known).past).toBe(past);
  });

  it.each([
    ['moving', 'move'],
    ['parking', 'park'],
    ['cancelled', 'cancel'],
    ['booked', 'book'],
  ])('comes from %s to the action', (word, verb) => {
    expect(inflect(word, known).verb).toBe(verb);
  });

  it('makes no words that the dictionary does not list', () => {
    expect(inflect('clinic', known)).toEqual({ verb: null, past: null, nouns: [] });
    expect(inflect('refund', known).nouns).toEqual([]);
  });
});
