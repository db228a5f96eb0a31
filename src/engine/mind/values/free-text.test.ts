import { expect, it } from 'vitest';
import { freeTextIn } from './free-text.ts';

it.each([
  ['yes', 'yes please', 'yes yes yes', 'yes that is right', 'yes that would be great'],
  ['no', 'no not really', 'sure go ahead', 'Of course.', 'Yes, please do that!', 'okay'],
])('a yes or a no tells nothing', (...said) => {
  for (const text of said) expect([text, freeTextIn(text, true)]).toEqual([text, undefined]);
});

it.each([
  ['yes because i was charged twice', 'i was charged twice'],
  ["no i don't need it any more", "i don't need it any more"],
  ['it was too expensive', 'it was too expensive'],
])('what is told is kept: %s', (said, kept) => {
  expect(freeTextIn(said, true)).toBe(kept);
});
