import { describe, expect, it } from 'vitest';
import { readPrompt } from '../prompt.ts';
import { readTools } from '../toolbox.ts';
import { rulesOf } from './rules.ts';

const tools = readTools(
  [
    ['renew_loans', 'Renew what is on loan.'],
    ['transfer_to_sales', 'Hand the caller to sales.'],
    ['speak_to_accounts', 'Puts the caller through to accounts.'],
    ['escalate', 'Transfers the caller to the manager.'],
  ].map(([name = '', description = '']) => ({
    name,
    description,
    parameters: { type: 'object', properties: {} },
  })),
);
const rulesIn = (instructions: string, tool: string) => {
  const found = rulesOf(tools, readPrompt(instructions)).get(tool);
  return {
    clauses: found?.clauses.map((clause) => clause.replaceAll(/\s+/g, ' ').trim()),
    examples: found?.examples,
  };
};

describe('what instructions say of a tool', () => {
  it.each([
    ['Use renew_loans to give somebody more time.', 'renew_loans', 'more time'],
    ['When water is running out, use renew_loans at once.', 'renew_loans', 'water is running out'],
    ['- Anything about new customers goes to sales.', 'transfer_to_sales', 'new customers'],
    ['Prices go to sales, and lost cards to accounts.', 'speak_to_accounts', 'lost cards'],
    ['Escalate complaints about our work.', 'escalate', 'complaints about our work'],
    ['**Sales**: prices and offers.', 'transfer_to_sales', 'prices and offers'],
    ['## Sales\n- Prices and offers.', 'transfer_to_sales', 'Prices and offers.'],
    ['Broken lamps go to sales. So do broken chairs.', 'transfer_to_sales', 'broken chairs'],
  ])('"%s"', (instructions, tool, words) => {
    expect(rulesIn(instructions, tool).clauses?.join(' ')).toContain(words);
  });

  it.each([
    ['Never transfer to sales for refunds.', 'transfer_to_sales'],
    ['Do not use renew_loans for films.', 'renew_loans'],
    ['Before you use renew_loans, read back the titles.', 'renew_loans'],
  ])('"%s" does not speak for it', (instructions, tool) => {
    expect(rulesIn(instructions, tool).clauses).toEqual([]);
  });

  it.each([
    ['Transfer to sales for prices. For example: "what is a chair", "have you got lamps".'],
    ['"what is a chair" and "have you got lamps" are for sales.'],
    ['## Sales\nExamples:\n- "what is a chair"\n- "have you got lamps"'],
    ['- "what is a chair": transfer_to_sales\n- "have you got lamps": transfer_to_sales'],
  ])('examples in %j', (instructions) => {
    expect(rulesIn(instructions, 'transfer_to_sales').examples).toEqual([
      'what is a chair',
      'have you got lamps',
    ]);
  });
});

describe('tools that transfer under a name of their own', () => {
  it('are known by their descriptions', () => {
    expect(tools.map(({ role, target }) => [role, target])).toEqual([
      ['own', ''],
      ['transfer', 'sales'],
      ['transfer', 'accounts'],
      ['transfer', 'the manager'],
    ]);
  });
});
