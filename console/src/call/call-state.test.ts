import { expect, test } from 'vitest';
import type { CallServerMessage } from '../../../src/protocol/api.ts';
import { idleCall, reduceCall, type CallState, type TrailEvent } from './call-state.ts';

const stamp = { callId: 'call_1', at: '2026-11-23T09:00:00.000Z', elapsedMs: 0 };
let seq = 0;
const trail = (event: Record<string, unknown>): CallServerMessage => ({
  type: 'trail',
  // The fields beside the stamp are given whole by each test.
  event: { ...stamp, seq: ++seq, ...event } as TrailEvent,
});

function after(...messages: CallServerMessage[]): CallState {
  let state = reduceCall(idleCall, { type: 'called' });
  for (const message of messages) state = reduceCall(state, { type: 'received', message });
  return state;
}

const caption = (itemId: string, text: string): CallServerMessage => ({
  type: 'caption',
  itemId,
  speaker: 'agent',
  agent: 'triage',
  text,
});

test('words appear as they come and are replaced by what was really heard', () => {
  const state = after(
    caption('a', 'Good'),
    caption('a', 'Good morning, this is'),
    trail({
      type: 'turn.agent',
      itemId: 'a',
      agent: 'triage',
      text: 'Good morning,',
      heardMs: 900,
      interrupted: true,
    }),
    caption('a', 'Good morning, this is late'),
  );
  expect(state.entries).toEqual([
    expect.objectContaining({ key: 'a', text: 'Good morning,', final: true, interrupted: true }),
  ]);
});

test('a caller turn that settles late stands before the answer whose words are already coming', () => {
  const state = after(
    caption('answer', 'I will look'),
    trail({ type: 'turn.caller', itemId: 'q', agent: 'triage', source: 'speech', text: 'hello' }),
  );
  expect(state.entries.map(({ key }) => key)).toEqual(['q', 'answer']);
});

test('the sentence before a handoff stays before it, though it is heard to its end afterwards', () => {
  const state = after(
    caption('sentence', 'I will put you through'),
    trail({
      type: 'handoff.requested',
      from: 'triage',
      to: 'billing',
      functionCallId: 'h',
      reason: 'r',
    }),
    trail({
      type: 'turn.agent',
      itemId: 'sentence',
      agent: 'triage',
      text: 'I will put you through.',
      heardMs: 900,
      interrupted: false,
    }),
  );
  expect(state.entries.map(({ key }) => key)).toEqual(['sentence', 'h']);
});

test('a handoff and a tool stay where they happened and are completed in place', () => {
  const state = after(
    trail({
      type: 'handoff.requested',
      from: 'triage',
      to: 'billing',
      functionCallId: 'h',
      reason: 'r',
    }),
    trail({
      type: 'tool.called',
      agent: 'billing',
      tool: 'look',
      functionCallId: 't',
      arguments: '{}',
    }),
    trail({
      type: 'handoff.completed',
      from: 'triage',
      to: 'billing',
      functionCallId: 'h',
      durationMs: 12,
    }),
    trail({
      type: 'tool.returned',
      agent: 'billing',
      tool: 'look',
      functionCallId: 't',
      ok: false,
      output: 'no',
      durationMs: 3,
    }),
  );
  expect(state.entries).toEqual([
    expect.objectContaining({ kind: 'handoff', durationMs: 12 }),
    expect.objectContaining({ kind: 'tool', result: { ok: false, output: 'no', durationMs: 3 } }),
  ]);
  expect(state.lastHandoff).toEqual({ from: 'triage', to: 'billing' });
});

test('says so when the engine cannot hear', () => {
  const state = after({
    type: 'started',
    callId: 'call_1',
    desk: { name: 'd', title: 'D' },
    agents: {},
    hearing: { available: false, note: 'Hearing is off: install it.' },
  });
  expect(state.warnings).toEqual(['Hearing is off: install it.']);
});

test('a lost connection ends the call once; a regular end keeps its reason', () => {
  const ended = after({ type: 'ended', reason: 'agent_ended' });
  expect(reduceCall(ended, { type: 'connection_lost' })).toBe(ended);
  expect(reduceCall(after(), { type: 'connection_lost' }).outcome).toMatch(/connection/);
});
