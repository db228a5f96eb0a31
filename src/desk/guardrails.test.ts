import { describe, expect, it } from 'vitest';
import { forbidWords, onlyKnownPrices } from './guardrails.ts';

describe('forbidWords', () => {
  const guard = forbidWords(
    'no_promises',
    ['guarantee', 'free of  charge', /\brefund(ed)? today\b/i],
    'x',
  );
  const why = (text: string): string | null =>
    guard.check(text, { agent: 'billing', complete: false, sources: [] });
  it.each([
    ['I Guarantee it', 'Guarantee'],
    ['It is free of charge.', 'free of charge'],
    ['You will be Refunded today', 'Refunded today'],
  ])('forbids %j', (text, found) => {
    expect(why(text)).toContain(found);
    expect(why(text)).not.toBeNull(); // the same text again: nothing is remembered
  });
  it.each(['a guaranteed-looking word: guaranteed', 'free', 'refund tomorrow', ''])(
    'allows %j',
    (text) => {
      expect(why(text)).toBeNull();
    },
  );
});

describe('onlyKnownPrices', () => {
  const guard = onlyKnownPrices('Let me check that.');
  const sources = ['{"amount":"$86.00","total_cents":120050}', 'A cleaning costs 95 dollars.'];
  const why = (text: string, complete = true): string | null =>
    guard.check(text, { agent: 'billing', complete, sources });
  it.each([
    'That is $86.',
    'That is $86.00 in all.',
    'It is 86 dollars.',
    'In all $1,200.50.',
    'It costs 95 dollars, plain and simple.',
    'Invoice 1042 of 23 November',
    'INV-1042 has 3 lines',
  ])('lets pass %j', (text) => {
    expect(why(text)).toBeNull();
  });
  it.each([
    ['That is $85.', '$85.'],
    ['It is 86 dollars, or 90 dollars.', '90 dollars'],
    ['Only 12 cents.', '12 cents'],
    ['About €40 more', '€40'],
    ['In all $1,200.51.', '$1,200.51'],
  ])('forbids %j', (text, amount) => {
    expect(why(text)).toContain(amount);
  });
  it('waits for the rest of an amount that may still grow', () => {
    expect(why('That is $8', false)).toBeNull();
    expect(why('That is $8', true)).toContain('$8');
    expect(why('That is $8 more', false)).toContain('$8');
  });
});
