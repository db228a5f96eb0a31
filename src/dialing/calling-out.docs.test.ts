import { expect, it } from 'vitest';
import type { DialOutcome, DialState } from '../call/ports.ts';
import { codeWords, referenceRows } from '../testing/reference.ts';

const column = (heading: string): readonly string[] =>
  referenceRows('calling-out.md', heading).flatMap((row) => codeWords(row[heading]));

it('has every state and outcome of a job in the reference', () => {
  const states = {
    ...{ waiting: 1, placing: 1, ringing: 1, answered: 1, done: 1, failed: 1, cancelled: 1 },
  } satisfies Record<DialState, 1>;
  const outcomes = {
    ...{ completed: 1, message_left: 1, busy: 1, no_answer: 1, failed: 1, machine: 1 },
    ...{ not_connected: 1, lost: 1, refused: 1, fax: 1, do_not_call: 1, not_allowed: 1 },
    ...{ cancelled: 1 },
  } satisfies Record<DialOutcome, 1>;
  expect(column('state')).toEqual(Object.keys(states));
  expect(column('outcome')).toEqual(Object.keys(outcomes));
});
