import type { CallServerMessage } from '../../../../src/protocol/api.ts';
import type { TrailEvent } from '../call-entries.ts';
import { idleCall, reduceCall, type CallState } from '../call-state.ts';

const stamp = { callId: 'call_1', at: '2026-11-23T09:00:00.000Z', elapsedMs: 0 };
let seq = 0;
/** A message with one event of the trail; the fields beside the stamp are the caller's. */
export const trail = (event: Record<string, unknown>): CallServerMessage => ({
  type: 'trail',
  // The fields beside the stamp are given whole by each test.
  event: { ...stamp, seq: ++seq, ...event } as TrailEvent,
});

/** The state of a call that was told all this. */
export function after(...messages: CallServerMessage[]): CallState {
  let state = reduceCall(idleCall, { type: 'called' });
  for (const message of messages) state = reduceCall(state, { type: 'received', message });
  return state;
}

/** Words of an agent that are on their way. */
export const caption = (itemId: string, text: string): CallServerMessage => ({
  type: 'caption',
  itemId,
  speaker: 'agent',
  agent: 'triage',
  text,
});

/** The server has taken the call. */
export const started: Extract<CallServerMessage, { type: 'started' }> = {
  type: 'started',
  callId: 'call_1',
  desk: { name: 'd', title: 'D' },
  agents: {},
  hearing: { available: true },
};
