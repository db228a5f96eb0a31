import type { CallServerMessage, DesksResponse } from '../../../src/protocol/api.ts';

type Message<T extends CallServerMessage['type']> = Extract<CallServerMessage, { type: T }>;
/** One event of the call's trail. */
export type TrailEvent = Message<'trail'>['event'];

/** One line of the conversation as the page shows it. `key` is stable for the life of the line. */
export type Entry =
  | {
      readonly kind: 'turn';
      readonly key: string;
      readonly speaker: 'caller' | 'agent';
      readonly agent: string;
      readonly text: string;
      /** False while words are still coming. */
      readonly final: boolean;
      readonly interrupted: boolean;
    }
  | {
      readonly kind: 'handoff';
      readonly key: string;
      readonly from: string;
      readonly to: string;
      readonly reason: string;
      /** `null` until the engine has acknowledged the new agent. */
      readonly durationMs: number | null;
    }
  | {
      readonly kind: 'tool';
      readonly key: string;
      readonly agent: string;
      readonly tool: string;
      readonly arguments: string;
      /** `null` while the tool runs. */
      readonly result: {
        readonly ok: boolean;
        readonly output: string;
        readonly durationMs: number;
      } | null;
    }
  | { readonly kind: 'note'; readonly key: string; readonly text: string };

/** Everything the page knows of the call. */
export interface CallState {
  readonly phase: 'idle' | 'connecting' | 'live' | 'ended';
  readonly callId: string | null;
  /** Display names by agent name. */
  readonly agentLabels: Readonly<Record<string, string>>;
  readonly status: Omit<Message<'status'>, 'type'>;
  readonly lastHandoff: { readonly from: string; readonly to: string } | null;
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
  switch (event.type) {
    case 'turn.caller':
    case 'turn.agent': {
      const entry: Entry = {
        kind: 'turn',
        key: event.itemId,
        speaker: event.type === 'turn.caller' ? 'caller' : 'agent',
        agent: event.agent,
        text: event.text,
        final: true,
        interrupted: event.type === 'turn.agent' && event.interrupted,
      };
      return { ...state, entries: settle(state.entries, entry) };
    }
    case 'tool.called':
      return {
        ...state,
        entries: settle(state.entries, {
          kind: 'tool',
          key: event.functionCallId,
          agent: event.agent,
          tool: event.tool,
          arguments: event.arguments,
          result: null,
        }),
      };
    case 'tool.returned':
      return update(state, event.functionCallId, (entry) =>
        entry.kind === 'tool'
          ? {
              ...entry,
              result: { ok: event.ok, output: event.output, durationMs: event.durationMs },
            }
          : entry,
      );
    case 'handoff.requested':
      return {
        ...state,
        entries: settle(state.entries, {
          kind: 'handoff',
          key: event.functionCallId,
          from: event.from,
          to: event.to,
          reason: event.reason,
          durationMs: null,
        }),
      };
    case 'handoff.completed':
      return {
        ...update(state, event.functionCallId, (entry) =>
          entry.kind === 'handoff' ? { ...entry, durationMs: event.durationMs } : entry,
        ),
        lastHandoff: { from: event.from, to: event.to },
      };
    case 'engine.failed':
      return {
        ...state,
        entries: settle(state.entries, {
          kind: 'note',
          key: `note-${event.seq}`,
          text: `The engine reported a problem: ${event.message}`,
        }),
      };
    case 'call.started':
    case 'agent.started':
    case 'audio.interrupted':
    case 'call.ended':
      return state; // shown through the status, the turn itself, and the outcome
  }
}

/** A live caption: replaces its line, or comes last. Never overwrites a settled turn. */
function upsert(entries: readonly Entry[], entry: Entry): readonly Entry[] {
  const known = entries.find((other) => other.key === entry.key);
  if (!known) return [...entries, entry];
  if (known.kind === 'turn' && known.final) return entries;
  return entries.map((other) => (other.key === entry.key ? entry : other));
}

/**
 * A trail event. A line that is known already is settled where it stands; a new one comes last,
 * except a caller's turn whose transcript came after the answer had begun: it goes before the answer.
 */
function settle(entries: readonly Entry[], entry: Entry): readonly Entry[] {
  if (entries.some((other) => other.key === entry.key))
    return entries.map((other) => (other.key === entry.key ? entry : other));
  const isLateCaller = entry.kind === 'turn' && entry.speaker === 'caller';
  if (!isLateCaller) return [...entries, entry];
  const answer = entries.findLastIndex((other) => other.kind !== 'turn' || other.final) + 1;
  return [...entries.slice(0, answer), entry, ...entries.slice(answer)];
}

function update(state: CallState, key: string, change: (entry: Entry) => Entry): CallState {
  return {
    ...state,
    entries: state.entries.map((entry) => (entry.key === key ? change(entry) : entry)),
  };
}

function end(state: CallState, outcome: string): CallState {
  return {
    ...state,
    phase: 'ended',
    outcome,
    status: { ...state.status, agent: 'listening', caller: 'silent' },
    // Words that never became a turn were not heard to the end.
    entries: state.entries.filter((entry) => entry.kind !== 'turn' || entry.final),
  };
}

function outcomeText(reason: Message<'ended'>['reason'], detail: string | undefined): string {
  const texts: Record<Message<'ended'>['reason'], string> = {
    agent_ended: 'The desk said goodbye and ended the call.',
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
