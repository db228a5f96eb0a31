import { describe, expect, it } from 'vitest';
import { frontDesk } from './cases/front-desk.ts';
import { simulate } from './cases/simulate.ts';
import { actsFor, createOfflineMind } from './offline-mind.ts';
import type { MindInput, MindItem } from './port.ts';

const user = (text: string): MindItem => ({ type: 'message', role: 'user', text });
const agent = (text: string): MindItem => ({ type: 'message', role: 'assistant', text });
const called = (name: string, args: object, output: object): MindItem[] => [
  { type: 'function_call', name, callId: `${name}-1`, arguments: JSON.stringify(args) },
  { type: 'function_call_output', callId: `${name}-1`, output: JSON.stringify(output) },
];

/** The scheduling agent after a transfer, with more items behind it. */
function scheduling(items: readonly MindItem[], toolChoice: MindInput['toolChoice'] = 'auto') {
  const definition = frontDesk.agents['scheduling'];
  if (!definition) throw new Error('no such agent');
  return actsFor({
    instructions: `${definition.instructions}\nToday is Monday, 23 November 2026. Time zone: Europe/London.`,
    tools: [
      ...definition.tools,
      {
        name: 'transfer_to_billing',
        description: 'Hand the caller to billing, for invoices.',
        parameters: {
          type: 'object',
          properties: { reason: { type: 'string' } },
          required: ['reason'],
        },
      },
    ],
    toolChoice,
    items,
  });
}

const start = [
  user("i'd like to book an appointment"),
  ...called(
    'transfer_to_scheduling',
    { reason: "i'd like to book an appointment" },
    { assistant: 'Scheduling' },
  ),
  agent('Sure. What day would you like?'),
];
const slots = {
  date: '2026-11-26',
  slots: [
    { slot_id: '2026-11-26T1000', time: '10:00' },
    { slot_id: '2026-11-26T1030', time: '10:30' },
  ],
};

describe('opening', () => {
  const silent = { tools: [], toolChoice: 'auto', items: [] } as const;

  it('says the sentence that the instructions give', () => {
    const acts = actsFor({
      ...silent,
      instructions: 'Be kind.\nOpen the call by saying: "Acme, hello."',
    });
    expect(acts).toEqual([{ type: 'say', text: 'Acme, hello.' }]);
  });

  it('greets on its own when there is none', () => {
    expect(actsFor({ ...silent, instructions: '' })).toEqual([
      { type: 'say', text: 'Hello. How can I help you?' },
    ]);
  });
});

describe('a turn that was cut off', () => {
  it('makes the call that did not come about, once the caller has spoken again', () => {
    const acts = scheduling([...start, user('thursday'), user('yes')]);
    expect(acts).toEqual([
      { type: 'call', name: 'list_slots', arguments: '{"date":"2026-11-26"}' },
    ]);
  });

  it('makes it with what the caller changed', () => {
    const acts = scheduling([...start, user('thursday'), user('no friday')]);
    expect(acts).toEqual([
      { type: 'call', name: 'list_slots', arguments: '{"date":"2026-11-27"}' },
    ]);
  });

  it('still knows the question when only part of it was heard', () => {
    const items = [...start.slice(0, -1), agent('Sure. Wh'), user('thursday')];
    expect(scheduling(items)).toEqual([
      { type: 'call', name: 'list_slots', arguments: '{"date":"2026-11-26"}' },
    ]);
  });

  it('asks whether the caller is there when nothing new came', () => {
    expect(scheduling(start)).toEqual([{ type: 'say', text: 'Are you still there?' }]);
  });
});

describe('calls', () => {
  it('never repeats one without a word from the caller', () => {
    const listed = called('list_slots', { date: '2026-11-26' }, slots);
    const acts = scheduling([
      ...start,
      user('thursday'),
      ...listed,
      ...called('list_slots', { date: '2026-11-26' }, slots),
    ]);
    expect(acts.filter(({ type }) => type === 'call')).toEqual([]);
  });

  it('says why a transfer was refused, and does not try it again', () => {
    const items = [
      ...start,
      user('i have a question about an invoice'),
      ...called('transfer_to_billing', { reason: 'x' }, { error: 'Billing is closed today.' }),
    ];
    const [say, ...rest] = scheduling(items);
    expect(say).toMatchObject({
      type: 'say',
      text: expect.stringContaining('Billing is closed today.') as unknown,
    });
    expect(rest).toEqual([]);
  });

  it('books nothing that was not offered', () => {
    const acts = scheduling([
      ...start,
      user('thursday'),
      ...called('list_slots', { date: '2026-11-26' }, slots),
      user('four thirty'),
    ]);
    expect(acts.map(({ type }) => type)).toEqual(['say']);
  });
});

describe('tool choice', () => {
  const items = [...start, user('thursday')];

  it('none: only speaks', () => {
    expect(scheduling(items, 'none').map(({ type }) => type)).toEqual(['say']);
  });

  it('required: calls what the caller has given everything for', () => {
    expect(
      scheduling([...start, user('what can you do on thursday')], 'required').at(-1),
    ).toMatchObject({ type: 'call', name: 'list_slots' });
  });

  it('a name: calls that one, or asks for what it lacks', () => {
    expect(scheduling(items, { name: 'list_slots' }).at(-1)).toMatchObject({
      type: 'call',
      name: 'list_slots',
    });
    expect(scheduling(items, { name: 'cancel_booking' }).map(({ type }) => type)).not.toContain(
      'call',
    );
  });
});

describe('patience', () => {
  it('never says one sentence three times, however often it hears nothing', async () => {
    const call = simulate(createOfflineMind(), frontDesk);
    await call.open();
    const said: string[] = [];
    for (let turn = 0; turn < 9; turn += 1) said.push(...(await call.caller('')).said);
    const sentences = said.flatMap((text) => text.split(/(?<=[.?!]) /));
    for (const sentence of sentences) {
      expect(sentences.filter((other) => other === sentence).length, sentence).toBeLessThan(3);
    }
  });

  it('gives up asking for a value at last and says what it can do', async () => {
    const call = simulate(createOfflineMind(), frontDesk);
    await call.open();
    await call.caller('i have a question about an invoice');
    const replies: string[] = [];
    for (let turn = 0; turn < 6; turn += 1)
      replies.push(...(await call.caller('blue elephant')).said);
    expect(replies.join(' ')).toMatch(/I can look up an invoice/);
    expect(call.items.filter((item) => item.type === 'function_call').length).toBe(1);
  });
});
