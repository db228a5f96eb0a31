import fc from 'fast-check';
import { expect, it } from 'vitest';
import { splitClauses } from './clauses.ts';

const parts = (text: string): readonly string[] => splitClauses(text).map((clause) => clause.text);

it.each([
  ['Hello there.', ['Hello there.']],
  ['Hello there. How are you?', ['Hello there. ', 'How are you?']],
  [
    'Dr. Smith sees you at 4 p.m. on Friday. OK?',
    ['Dr. Smith sees you at 4 p.m. on Friday. ', 'OK?'],
  ],
  ['It costs $3.50. Thanks!', ['It costs $3.50. ', 'Thanks!']],
  ['1. Billing\n2. Scheduling', ['1. Billing\n', '2. Scheduling']],
  ['Due on Dec. 1. Bye.', ['Due on Dec. 1. ', 'Bye.']],
  ['Is it paid? No. It is open.', ['Is it paid? ', 'No. ', 'It is open.']],
  ['  Hi.  ', ['  Hi.  ']],
  [
    'Thanks for calling, how can I help you today with your account or your appointment?',
    ['Thanks for calling, ', 'how can I help you today with your account or your appointment?'],
  ],
  [
    'Your invoice is for one hundred and twenty dollars and it is due on Tuesday, 1 December 2026.',
    [
      'Your invoice is for one hundred and twenty dollars and it is due on Tuesday, 1 December 2026.',
    ],
  ],
  [
    'The earliest time that we can offer you with any of our mechanics is half past eight in the morning. And so on.',
    [
      'The earliest time that we can offer you ',
      'with any of our mechanics is half past eight in the morning. ',
      'And so on.',
    ],
  ],
])('cuts %j where a speaker would breathe', (text, wanted) => {
  expect(parts(text)).toEqual(wanted);
});

it('says how each clause ends', () => {
  const text =
    'I can offer you nine thirty or eleven on that day, which one of them would suit you best? Tell me.';
  expect(splitClauses(text).map((clause) => clause.ends)).toEqual(['comma', 'sentence', 'text']);
});

it('loses no character, makes no empty clause and none too long', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 600 }),
    fc
      .array(fc.constantFrom('a', 'Mr.', ' ', ', ', '. ', ' and ', '\n', '12', '?', '😀', 'word'), {
        maxLength: 300,
      })
      .map((words) => words.join('')),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const clauses = parts(text);
      expect(clauses.join('')).toBe(text);
      for (const clause of clauses) {
        expect(clause.length).toBeGreaterThan(0);
        expect(clause.length).toBeLessThanOrEqual(220);
        expect(clause.isWellFormed()).toBe(text.isWellFormed());
      }
    }),
  );
});
