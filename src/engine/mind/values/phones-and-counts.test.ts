import { expect, it } from 'vitest';
import { chooseAmong, phoneIn, quantityIn } from './index.ts';

it.each([
  'three bedrooms up to three hundred and seventy thousand',
  'we could pay two hundred and fifty grand',
])('%s: money is no telephone number', (said) => {
  expect(phoneIn(said, { expected: false })).toEqual({ found: 'nothing' });
});

it('a telephone number with hundreds in it is one', () => {
  expect(phoneIn('oh seven seven double oh nine hundred two two two', { expected: true })).toEqual({
    found: 'whole',
    digits: '07700900222',
  });
});

it('who comes with others is counted along', () => {
  const about = { nouns: ['guest'], others: [], words: 'number of guests', expected: true };
  expect(quantityIn('me and my two kids', about, (value) => value < 9)).toBe(3);
});

it('what has nothing in its name but what was said is meant', () => {
  const offers = [{ kind: 'BOOK' }, { kind: 'AUDIO_BOOK' }];
  const choice = chooseAmong(offers, 'just the normal book', { today: undefined });
  expect(choice).toEqual({ picked: 'one', index: 0 });
});
