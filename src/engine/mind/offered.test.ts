import { describe, expect, it } from 'vitest';
import { actsFor } from './offline-mind.ts';
import type { MindAct, MindItem } from './port.ts';

const day = { type: 'string', format: 'date', description: 'The day' };
const number = { type: 'string', pattern: '^\\d{4}$', description: 'The ticket number' };
const tools = [
  {
    name: 'find_ticket',
    description: 'Find a ticket by its number.',
    parameters: { type: 'object', properties: { number }, required: ['number'] },
  },
  {
    name: 'return_ticket',
    description: 'Give a ticket back for its money.',
    parameters: {
      type: 'object',
      properties: {
        number,
        reason: { type: 'string', description: 'The reason for giving it back' },
      },
      required: ['number', 'reason'],
    },
  },
  {
    name: 'list_trains',
    description: 'List the trains of a day.',
    parameters: { type: 'object', properties: { date: day }, required: ['date'] },
  },
];
const user = (text: string): MindItem => ({ type: 'message', role: 'user', text });
const agent = (text: string): MindItem => ({ type: 'message', role: 'assistant', text });
const called = (name: string, args: object, error: string): MindItem[] => [
  { type: 'function_call', name, callId: name, arguments: JSON.stringify(args) },
  { type: 'function_call_output', callId: name, output: JSON.stringify({ error }) },
];
const acts = (items: readonly MindItem[]): MindAct[] =>
  actsFor({
    ...{ instructions: 'Today is Monday, 23 November 2026.', toolChoice: 'auto' },
    ...{ tools, items },
  });
const calls = (made: readonly MindAct[]): MindAct[] => made.filter(({ type }) => type === 'call');
const said = (made: readonly MindAct[]): string =>
  made.flatMap((act) => (act.type === 'say' ? [act.text] : [])).join(' ');

describe('what a tool said when it refused', () => {
  const refused = [
    user('find ticket one two three four'),
    ...called('find_ticket', { number: '1234' }, 'There is no ticket 1234, because it was sold.'),
    agent('There is no ticket 1234, because it was sold. What is the ticket number?'),
    user("i'd like to give my ticket five six seven eight back for the money"),
    agent('What is the reason for giving it back?'),
  ];

  it.each(['yes', 'yes please', 'yes that is right', 'no', 'sure go ahead'])(
    'is never the answer of a caller who says "%s"',
    (words) => {
      expect(said(acts(refused.slice(0, -1)))).toMatch(/reason for giving it back/);
      const made = acts([...refused, user(words)]);
      expect(calls(made)).toEqual([]);
      expect(said(made)).toMatch(/reason for giving it back/);
    },
  );

  it('is what a yes takes up where a day is asked for and one was offered', () => {
    const made = acts([
      user('list the trains of friday'),
      ...called(
        'list_trains',
        { date: '2026-11-27' },
        'There are no trains on that day. Shall I look at Thursday because they are free?',
      ),
      agent('There are no trains on that day. Shall I look at Thursday?'),
      user('yes please'),
    ]);
    expect(calls(made)).toEqual([
      { type: 'call', name: 'list_trains', arguments: '{"date":"2026-11-26"}' },
    ]);
  });
});
