import { expect, it } from 'vitest';
import { domainSentences } from './domain-phrases.ts';
import type { RecognizerContext } from './port.ts';

const known = (word: string): boolean => ['lend', 'lending', 'renew', 'renewing'].includes(word);

const date = { type: 'string', format: 'date', description: 'Date of joining, as YYYY-MM-DD' };
/** An agent who takes fines; lending is another agent's. */
const fines: RecognizerContext = {
  instructions:
    'You are the fines desk of a library. Ask for the shelfmark and the date of joining.',
  tools: [
    {
      name: 'pay_fine',
      description: 'Pays a fine, once the joining date fits.',
      parameters: { type: 'object', properties: { shelfmark: {}, joining_date: date } },
    },
    {
      name: 'transfer_to_counter',
      description: 'Hand the caller to the counter, to lend or renew something.',
      parameters: { type: 'object', properties: { reason: { type: 'string' } } },
    },
  ],
};

/** How much is expected of sentences with these words. */
function expected(words: RegExp, context: RecognizerContext = fines): number {
  return domainSentences({ context, earlier: [], known })
    .filter((sentence) => words.test(sentence.words.join(' ')))
    .reduce((sum, { weight }) => sum + weight, 0);
}

const wanted = (thing: string): RegExp =>
  new RegExp(`\\b(change|move|cancel|check|book|pay) (my|the|a|an) ${thing}\\b`);

it('expects callers to answer what a parameter asks for, not to have something done about it', () => {
  expect(expected(wanted('fine'))).toBeGreaterThan(0);
  for (const asked of ['shelfmark', 'joining date', 'reason']) {
    expect(expected(wanted(asked)), asked).toBe(0);
    expect(expected(new RegExp(`\\b(my|the) ${asked}\\b`)), asked).toBeGreaterThan(0);
  }
});

it('expects a matter of another agent, in the form that callers say it', () => {
  const lending = expected(wanted('lending'));
  expect(lending).toBeGreaterThan(0.05 * expected(wanted('fine')));
});

it('expects whole dates where a tool takes one', () => {
  const whole = /^(the \w+( \w+)? of \w+|\w+ \w+( \w+)?) nineteen \w+ \w+$/;
  expect(expected(whole)).toBeGreaterThan(0);
  const transfers = fines.tools.filter(({ name }) => name !== 'pay_fine');
  expect(expected(whole, { ...fines, tools: transfers })).toBe(0);
});
