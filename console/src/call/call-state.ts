import type { CallServerMessage, DesksResponse } from '../../../src/protocol/api.ts';
import { upsert, type Entry, type TrailEvent } from './call-entries.ts';
import { recordEvent } from './call-record.ts';

type Message<T extends CallServerMessage['type']> = Extract<CallServerMessage, { type: T }>;

/** Everything the page knows of the call. */
export interface CallState {
  readonly phase: 'idle' | 'connecting' | 'live' | 'ended';
  readonly callId: string | null;
  /** Display names of agents and of queues of people, by name. */
  readonly agentLabels: Readonly<Record<string, string>>;
  readonly status: Omit<Message<'status'>, 'type'>;
  readonly lastHandoff: { readonly from: string; readonly to: string } | null;
  /** The operator who has the caller. */
  readonly person: { readonly queue: string; readonly operator: string } | null;
  readonly entries: readonly Entry[];
  /** What stands between this person and a spoken call, in words. */
  readonly warnings: readonly string[];
  readonly outcome: string | null;
}

/** What can happen to {@link CallState}. */
export type CallAction =
  | { readonly type: 'called' }
  | { readonly type: 'microphone_refused'; readonly message: string }
  | { readonly type: 'received'; readonly message: CallServerMessage }
  | { readonly type: 'connection_lost' };

/** Before any call. */
export const idleCall: CallState = {
  phase: 'idle',
  callId: null,
  agentLabels: {},
  status: { agent: 'listening', caller: 'silent', activeAgent: '' },
  lastHandoff: null,
  person: null,
  entries: [],
  warnings: [],
  outcome: null,
};

/** The one place where the state of a call changes. Pure. */
export function reduceCall(state: CallState, action: CallAction): CallState {
  switch (action.type) {
    case 'called':
      return { ...idleCall, phase: 'connecting' };
    case 'microphone_refused':
      return { ...state, warnings: [...state.warnings, action.message] };
    case 'connection_lost':
      return state.phase === 'ended' ? state : end(state, 'The connection to the server was lost.');
    case 'received':
      return receive(state, action.message);
  }
}

function receive(state: CallState, message: CallServerMessage): CallState {
  switch (message.type) {
    case 'started':
      return {
        ...state,
        phase: 'live',
        callId: message.callId,
        agentLabels: message.agents,
        warnings: message.hearing.available
          ? state.warnings
          : [
              ...state.warnings,
              message.hearing.note ?? 'The engine cannot hear on this machine. Type instead.',
            ],
      };
    case 'status': {
      const { type: _type, ...status } = message;
      return { ...state, status };
    }
    case 'caption':
      return {
        ...state,
        entries: upsert(state.entries, {
          kind: 'turn',
          key: message.itemId,
          speaker: message.speaker,
          agent: message.agent,
          text: message.text,
          final: false,
          interrupted: false,
        }),
      };
    case 'trail':
      return record(state, message.event);
    case 'ended':
      return end(state, outcomeText(message.reason, message.detail));
    case 'refused':
      return end(state, message.message);
    case 'clear':
      return state; // sound only
  }
}

function record(state: CallState, event: TrailEvent): CallState {
  const next = { ...state, entries: recordEvent(state.entries, event) };
  switch (event.type) {
    case 'handoff.completed':
      return { ...next, lastHandoff: { from: event.from, to: event.to } };
    case 'person.requested':
      return { ...next, lastHandoff: { from: event.from, to: event.queue } };
    case 'person.accepted':
      return { ...next, person: { queue: event.queue, operator: event.operator } };
    case 'person.left':
      return { ...next, person: null, lastHandoff: { from: event.queue, to: event.to } };
    case 'person.declined':
      return { ...next, lastHandoff: null };
    default:
      return next;
  }
}

function end(state: CallState, outcome: string): CallState {
  return {
    ...state,
    phase: 'ended',
    outcome,
    person: null,
    status: { ...state.status, agent: 'listening', caller: 'silent' },
    // Words that never became a turn were not heard to the end.
    entries: state.entries.filter((entry) => entry.kind !== 'turn' || entry.final),
  };
}

function outcomeText(reason: Message<'ended'>['reason'], detail: string | undefined): string {
  const texts: Record<Message<'ended'>['reason'], string> = {
    agent_ended: 'The desk said goodbye and ended the call.',
    person_ended: 'The person you spoke with ended the call.',
    caller_hung_up: 'You hung up.',
    caller_lost: 'The connection was lost.',
    engine_lost: 'The voice engine stopped in mid-call. It restarts by itself; please call again.',
    engine_refused: 'The voice engine refused the call. Its key or model needs attention.',
    server_stopped: 'The server was stopped.',
    failed: 'The call failed.',
  };
  return detail ? `${texts[reason]} (${detail})` : texts[reason];
}

/** The desk the page calls, out of the server's list. */
export function defaultDesk(response: DesksResponse): DesksResponse['desks'][number] | undefined {
  return response.desks.find((desk) => desk.name === response.defaultDesk) ?? response.desks[0];
}
