import { expect, it } from 'vitest';
import { actsFor } from './offline-mind.ts';
import type { MindItem, ToolSpec } from './port.ts';

const told = (name: string, description: string, param: string, pattern: string): ToolSpec => ({
  name,
  description,
  parameters: {
    type: 'object',
    properties: { [param]: { type: 'string', pattern, description } },
    required: [param],
  },
});
const tools = [
  told('check_code', 'The code of six digits that was sent to the caller', 'code', '^\\d{6}$'),
  told('lookup_invoice', 'Finds an invoice by its number', 'invoice_id', '^INV-\\d{4}$'),
];
const said = (role: 'user' | 'assistant', text: string): MindItem => ({
  ...{ type: 'message', role, text },
});

/* As a call tells of keys of the telephone: see `keyedWords` of src/call/keys. */
it.each([
  [
    'check my code please',
    'What is the code of six digits?',
    '1 2 3 4 5 6',
    { code: '123456' },
    'check_code',
  ],
  [
    'i have a question about an invoice',
    'What is the invoice number?',
    '1 0 4 2',
    { invoice_id: 'INV-1042' },
    'lookup_invoice',
  ],
])('digits that were keyed in answer what was asked: %s', (wish, question, keys, given, name) => {
  const acts = actsFor({
    instructions: 'You help with invoices.',
    tools,
    toolChoice: 'auto',
    items: [
      said('user', wish),
      said('assistant', question),
      said('user', `[The caller pressed ${keys}]`),
    ],
  });
  expect(acts).toEqual([{ type: 'call', name, arguments: JSON.stringify(given) }]);
});
