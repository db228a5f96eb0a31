import type { TrailFact } from '../protocol/index.ts';

/**
 * Who has the call, and the handoff under way, if any.
 *
 * `requested`: the model asked and the edge exists; gates that may still say no have their place here.
 * `switching`: the engine was sent the new agent's session and has not acknowledged it yet.
 */
export type HandoffState =
  | { readonly phase: 'steady'; readonly agent: string }
  | ({ readonly phase: 'requested' } & Transfer)
  | ({
      readonly phase: 'switching';
      readonly instructions: string;
      readonly eventId: string;
    } & Transfer);

/** One handoff. `startedMs` is monotonic: when the engine had finished the function call. */
export interface Transfer {
  readonly from: string;
  readonly to: string;
  readonly functionCallId: string;
  readonly startedMs: number;
}

/** What can happen to a handoff. */
export type HandoffEvent =
  | {
      readonly type: 'requested';
      readonly to: string;
      readonly functionCallId: string;
      readonly packet: Readonly<Record<string, unknown>>;
      readonly startedMs: number;
      /** Agents the active one may hand to. */
      readonly edges: readonly string[];
    }
  | { readonly type: 'session_sent'; readonly eventId: string; readonly instructions: string }
  /** The engine's `session.updated`; null when it does not tell the instructions. */
  | {
      readonly type: 'session_updated';
      readonly instructions: string | null;
      readonly nowMs: number;
    }
  /** The new agent's session could not be sent. */
  | { readonly type: 'send_failed' }
  /** The engine's `error` that names the client event it answers. */
  | { readonly type: 'engine_error'; readonly eventId: string | null };

/** What the interpreter does about it. */
export type HandoffEffect =
  | { readonly type: 'record'; readonly fact: TrailFact }
  | { readonly type: 'switch_agent'; readonly to: string }
  | { readonly type: 'refuse'; readonly sentence: string }
  /** The engine rejected the new agent's session, so nobody knows who is speaking. */
  | { readonly type: 'switch_failed'; readonly to: string };

/** A new state with what follows from getting there. */
export interface HandoffStep {
  readonly state: HandoffState;
  readonly effects: readonly HandoffEffect[];
}

/** The agent who has the call. Until the engine acknowledges the next one, it is still the last. */
export function activeAgent(state: HandoffState): string {
  return state.phase === 'steady' ? state.agent : state.from;
}

/** The handoff controller's one transition function. Pure. */
export function stepHandoff(state: HandoffState, event: HandoffEvent): HandoffStep {
  switch (event.type) {
    case 'requested':
      return request(state, event);
    case 'session_sent':
      if (state.phase !== 'requested') return { state, effects: [] };
      return {
        state: {
          ...state,
          phase: 'switching',
          instructions: event.instructions,
          eventId: event.eventId,
        },
        effects: [],
      };
    case 'session_updated':
      // An earlier update may be acknowledged in between, e.g. the two that follow the connection.
      if (state.phase !== 'switching') return { state, effects: [] };
      if (event.instructions !== null && event.instructions !== state.instructions) {
        return { state, effects: [] };
      }
      return complete(state, event.nowMs);
    case 'send_failed':
      if (state.phase !== 'requested') return { state, effects: [] };
      return { state: { phase: 'steady', agent: state.from }, effects: [] };
    case 'engine_error':
      if (state.phase !== 'switching' || event.eventId !== state.eventId)
        return { state, effects: [] };
      return {
        state: { phase: 'steady', agent: state.from },
        effects: [{ type: 'switch_failed', to: state.to }],
      };
  }
}

function request(
  state: HandoffState,
  event: Extract<HandoffEvent, { type: 'requested' }>,
): HandoffStep {
  if (state.phase !== 'steady') {
    return {
      state,
      effects: [{ type: 'refuse', sentence: 'The caller is being handed over already.' }],
    };
  }
  if (!event.edges.includes(event.to)) {
    return {
      state,
      effects: [{ type: 'refuse', sentence: 'I cannot hand the call over to them.' }],
    };
  }
  const { to, functionCallId, packet, startedMs } = event;
  const reason = typeof packet['reason'] === 'string' ? packet['reason'] : '';
  const from = state.agent;
  return {
    state: { phase: 'requested', from, to, functionCallId, startedMs },
    effects: [
      {
        type: 'record',
        fact: { type: 'handoff.requested', from, to, functionCallId, by: 'agent', reason, packet },
      },
      { type: 'switch_agent', to },
    ],
  };
}

function complete(transfer: Transfer, nowMs: number): HandoffStep {
  const { from, to, functionCallId, startedMs } = transfer;
  const durationMs = Math.max(0, Math.round((nowMs - startedMs) * 10) / 10);
  return {
    state: { phase: 'steady', agent: to },
    effects: [
      { type: 'record', fact: { type: 'handoff.completed', from, to, functionCallId, durationMs } },
      { type: 'record', fact: { type: 'agent.started', agent: to } },
    ],
  };
}
