import { expect, it } from 'vitest';
import { actsFor } from './offline-mind.ts';
import type { MindItem } from './port.ts';

const tools = ['transfer_to_team', 'end_call'].map((name) => ({
  name,
  description: name === 'end_call' ? 'Ends the call.' : 'Hand the caller to a person of the team.',
  parameters: { type: 'object', properties: {}, required: [] },
}));
const handed: readonly MindItem[] = [
  { type: 'message', role: 'user', text: 'i want to speak to a person' },
  { type: 'function_call', name: 'transfer_to_team', callId: 'c1', arguments: '{}' },
  {
    type: 'function_call_output',
    callId: 'c1',
    output: '{"assistant":"Practice team","person":true}',
  },
];
const left: MindItem = {
  type: 'message',
  role: 'system',
  text: 'Practice team has spoken with the caller and has left the line.',
};
const acts = (...more: readonly MindItem[]) =>
  actsFor({
    instructions: 'You answer the phone.\nToday is Monday, 23 November 2026. Time zone: UTC.',
    tools,
    toolChoice: 'auto',
    items: [...handed, ...more],
  });

it('says nothing while a person has the caller', () => {
  expect(acts()).toEqual([]);
});

it('goes on by itself when the person has left, and lets the caller go', () => {
  const back = acts(left);
  expect(back).toEqual([{ type: 'say', text: expect.stringContaining('anything else') as string }]);
  const said: MindItem = { type: 'message', role: 'assistant', text: 'Is there anything else?' };
  const bye = acts(left, said, { type: 'message', role: 'user', text: 'no thanks' });
  expect(bye).toContainEqual({ type: 'call', name: 'end_call', arguments: '{}' });
});
