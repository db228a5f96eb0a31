import { expect, it } from 'vitest';
import { guardrails } from './guardrails.ts';

/** Names of the guardrails that cut a sentence. */
function cutBy(text: string, sources: readonly string[] = []): readonly string[] {
  const about = { agent: 'billing', complete: true, sources };
  return guardrails.flatMap(({ name, check }) => (check(text, about) === null ? [] : [name]));
}

it.each([
  ['You will get your money back next week.', 'no_refund_promises'],
  ["Don't worry, we'll refund you.", 'no_refund_promises'],
  ['Your refund has been approved.', 'no_refund_promises'],
  ['I can promise you a full refund.', 'no_refund_promises'],
  ['You should take some ibuprofen for that.', 'no_medical_advice'],
  ['That sounds like an infection.', 'no_medical_advice'],
  ['A cleaning is about $90.', 'only_known_prices'],
])('cuts "%s"', (text, name) => {
  expect(cutBy(text)).toEqual([name]);
});

it.each([
  'Shall I request a refund of $180.00 for a filling, invoice INV-1057?',
  'The refund is requested. The decision will come within five working days.',
  'You will have your appointment on Thursday at 10:30 AM.',
  'I cannot promise that. The team decides about refunds within five working days.',
])('lets "%s" be heard', (text) => {
  expect(cutBy(text, ['{"amount":"$180.00"}'])).toEqual([]);
});
