import fc from 'fast-check';
import { expect, it } from 'vitest';
import { normalise } from './normalise/index.ts';
import { placeWords } from './place-words.ts';

/** Every spoken word lasts 100 ms. */
function place(text: string) {
  const spoken = normalise(text, { thisYear: 2026 });
  const times = spoken
    .split(/\s+/)
    .filter(Boolean)
    .map((_word, index) => ({ startMs: index * 100, endMs: index * 100 + 100 }));
  return placeWords({ text, spoken, times });
}
const lengths = (text: string) =>
  place(text).map((word) => [word.text.trim(), Math.round((word.endMs - word.startMs) / 100)]);

it.each([
  [
    'Yes, it is.',
    [
      ['Yes,', 1],
      ['it', 1],
      ['is.', 1],
    ],
  ],
  [
    'Pay $42.50 now.',
    [
      ['Pay', 1],
      ['$42.50', 6],
      ['now.', 1],
    ],
  ],
  [
    'It is GB-20261122-482, yes.',
    [
      ['It', 1],
      ['is', 1],
      ['GB-20261122-482,', 13],
      ['yes.', 1],
    ],
  ],
  [
    'on 24 November at 10:30.',
    [
      ['on', 1],
      ['24', 3],
      ['November', 2],
      ['at', 1],
      ['10:30.', 2],
    ],
  ],
  [
    'Tuesday, 1 December 2026',
    [
      ['Tuesday,', 1],
      ['1', 3],
      ['December', 1],
      ['2026', 0],
    ],
  ],
  [
    'call +44 20 7946 0958 now',
    [
      ['call', 1],
      ['+44', 3],
      ['20', 2],
      ['7946', 4],
      ['0958', 4],
      ['now', 1],
    ],
  ],
  [
    '£5 million more',
    [
      ['£5', 1],
      ['million', 2],
      ['more', 1],
    ],
  ],
  [
    '**Hello** 😀 there',
    [
      ['**Hello**', 1],
      ['😀', 0],
      ['there', 1],
    ],
  ],
  [
    'Dr. Smith & Mr. Jones',
    [
      ['Dr.', 1],
      ['Smith', 1],
      ['&', 1],
      ['Mr.', 1],
      ['Jones', 1],
    ],
  ],
])('%j', (text, wanted) => {
  expect(lengths(text)).toEqual(wanted);
});

it('keeps every character, in order, whatever the text', () => {
  const pieces = fc.constantFrom(
    'one',
    '$5',
    '10:30',
    '2026-12-01',
    '😀',
    '  ',
    ' ',
    'A-1',
    '.',
    'the',
  );
  fc.assert(
    fc.property(fc.array(pieces, { minLength: 1, maxLength: 20 }), (parts) => {
      const text = parts.join('');
      fc.pre(text.trim() !== '');
      const words = place(text);
      expect(words.map((word) => word.text).join('')).toBe(text);
      let lastMs = 0;
      for (const word of words) {
        expect(word.startMs).toBeGreaterThanOrEqual(lastMs);
        expect(word.endMs).toBeGreaterThanOrEqual(word.startMs);
        lastMs = word.endMs;
      }
    }),
  );
});
