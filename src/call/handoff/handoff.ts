import type { TrailFact } from '../../protocol/index.ts';
import {
  opened,
  openHandoff,
  roundMs,
  stepOpening,
  type Opening,
  type OpeningEffect,
  type OpeningEvent,
  type Transfer,
} from './handoff-opening.ts';

/**
 * Who has the call (`agent`), and the handoff under way, if any.
 *
 * - `deciding`: somebody asked; limits and gates may still say no.
 * - `asking_people`: the gates said yes, and people are asked to take the caller.
 * - `switching`: the engine is being sent the next agent's session and has not acknowledged it.
 * - `opening`: it has, and the next agent has not been heard yet.
 */
export type HandoffState =
  | { readonly phase: 'steady'; readonly agent: string }
  | (Held & { readonly phase: 'deciding' })
  | (Held & { readonly phase: 'asking_people' })
  | {
      readonly phase: 'switching';
      readonly agent: string;
      readonly opening: Opening;
      /** What was sent last; null until it is. */
      readonly update: SessionSent | null;
      /** It was sent again, because the first was not acknowledged in time. */
      readonly again: boolean;
    }
  | { readonly phase: 'opening'; readonly agent: string; readonly opening: Opening };

/** A handoff that is not decided for good; the opening turn that was owed before it, if one was. */
interface Held {
  readonly agent: string;
  readonly transfer: Transfer;
  readonly owed: Opening | null;
}

/** A `session.update` on its way. */
export interface SessionSent {
  readonly eventId: string;
  readonly instructions: string;
}

/** What can happen to a handoff. Times are monotonic. */
export type HandoffEvent =
  | {
      readonly type: 'requested';
      readonly transfer: Transfer;
      readonly reason: string;
      readonly packet: Readonly<Record<string, unknown>>;
      readonly nowMs: number;
    }
  /** A limit or a gate said no. */
  | {
      readonly type: 'refused';
      readonly gate: string;
      readonly code: string;
      readonly say: string;
      readonly nowMs: number;
    }
  | { readonly type: 'allowed'; readonly toPeople: boolean; readonly nowMs: number }
  /** People took the caller, and the opening turn that was owed is theirs; or nobody did. */
  | { readonly type: 'people_answered'; readonly taken: boolean }
  | ({ readonly type: 'session_sent' } & SessionSent)
  /** The engine's `session.updated`; null when it does not tell the instructions. */
  | {
      readonly type: 'session_updated';
      readonly instructions: string | null;
      readonly nowMs: number;
    }
  /** The engine has not acknowledged the session in time. */
  | { readonly type: 'session_overdue' }
  /** The engine's `error` that names the client event it answers. */
  | { readonly type: 'engine_error'; readonly eventId: string | null }
  | OpeningEvent;

/** What the interpreter does about it. */
export type HandoffEffect =
  | OpeningEffect
  | { readonly type: 'refuse'; readonly code: string; readonly say: string }
  /** Limits and gates are to be asked. */
  | { readonly type: 'decide' }
  | { readonly type: 'completed'; readonly transfer: Transfer }
  /** The session is to be sent to the engine once more. */
  | { readonly type: 'resend_session' }
  /** The engine rejected the new agent's session, so nobody knows who is speaking. */
  | { readonly type: 'switch_failed'; readonly to: string }
  /** The engine never acknowledged it. */
  | { readonly type: 'engine_lost'; readonly to: string };

/** A new state with what follows from getting there. */
export interface HandoffStep {
  readonly state: HandoffState;
  readonly effects: readonly HandoffEffect[];
}

/** The handoff controller's one transition function. Pure. */
export function stepHandoff(state: HandoffState, event: HandoffEvent): HandoffStep {
  switch (event.type) {
    case 'requested':
      return request(state, event);
    case 'refused':
      return refused(state, event);
    case 'allowed':
      return state.phase === 'deciding' ? allowed(state, event) : stay(state);
    case 'people_answered':
      if (state.phase !== 'asking_people') return stay(state);
      return stay(event.taken ? { phase: 'steady', agent: state.agent } : before(state));
    case 'session_sent': {
      if (state.phase !== 'switching') return stay(state);
      const { eventId, instructions } = event;
      return stay({ ...state, update: { eventId, instructions } });
    }
    case 'session_updated':
      return acknowledged(state, event);
    case 'session_overdue':
      if (state.phase !== 'switching') return stay(state);
      return state.again
        ? {
            state: { phase: 'steady', agent: state.agent },
            effects: [{ type: 'engine_lost', to: state.opening.transfer.to }],
          }
        : { state: { ...state, again: true }, effects: [{ type: 'resend_session' }] };
    case 'engine_error':
      if (state.phase !== 'switching' || event.eventId !== state.update?.eventId)
        return stay(state);
      return {
        state: { phase: 'steady', agent: state.agent },
        effects: [{ type: 'switch_failed', to: state.opening.transfer.to }],
      };
    default:
      return opening(state, event);
  }
}

function stay(state: HandoffState): HandoffStep {
  return { state, effects: [] };
}

/** Where a handoff that came to nothing leaves the call. */
function before({ agent, owed }: Held): HandoffState {
  return owed ? { phase: 'opening', agent, opening: owed } : { phase: 'steady', agent };
}

function request(
  state: HandoffState,
  event: Extract<HandoffEvent, { type: 'requested' }>,
): HandoffStep {
  const { transfer, reason, packet } = event;
  const { from, to, functionCallId, by } = transfer;
  const fact: TrailFact = {
    type: 'handoff.requested',
    from,
    to,
    functionCallId,
    by,
    reason,
    packet,
  };
  if (state.phase === 'steady' || state.phase === 'opening') {
    const owed = state.phase === 'opening' ? state.opening : null;
    return {
      state: { phase: 'deciding', agent: state.agent, transfer, owed },
      effects: [{ type: 'record', fact }, { type: 'decide' }],
    };
  }
  const no = { code: 'handoff_in_progress', say: 'I am already putting you through.' };
  return {
    state,
    effects: [
      { type: 'record', fact },
      { type: 'record', fact: refusal(transfer, { ...no, gate: no.code, nowMs: event.nowMs }) },
      { type: 'refuse', ...no },
    ],
  };
}

function refused(
  state: HandoffState,
  event: Extract<HandoffEvent, { type: 'refused' }>,
): HandoffStep {
  // The new session could not be sent: nothing has reached the engine.
  const unsent = state.phase === 'switching' && state.update === null;
  if (state.phase !== 'deciding' && !unsent) return stay(state);
  const transfer = state.phase === 'deciding' ? state.transfer : state.opening.transfer;
  const { code, say } = event;
  return {
    state: state.phase === 'deciding' ? before(state) : { phase: 'steady', agent: state.agent },
    effects: [
      { type: 'record', fact: refusal(transfer, event) },
      { type: 'refuse', code, say },
    ],
  };
}

function refusal(
  { from, to, functionCallId, startedMs }: Transfer,
  no: { readonly gate: string; code: string; say: string; nowMs: number },
): TrailFact {
  const { gate, code, say, nowMs } = no;
  const decisionMs = roundMs(nowMs - startedMs);
  return { type: 'handoff.refused', from, to, functionCallId, gate, code, say, decisionMs };
}

function allowed(
  state: Extract<HandoffState, { phase: 'deciding' }>,
  { toPeople, nowMs }: Extract<HandoffEvent, { type: 'allowed' }>,
): HandoffStep {
  if (toPeople) return stay({ ...state, phase: 'asking_people' });
  const { agent, transfer } = state;
  const opening = openHandoff(transfer, nowMs);
  return stay({ phase: 'switching', agent, opening, update: null, again: false });
}

function acknowledged(
  state: HandoffState,
  { instructions, nowMs }: Extract<HandoffEvent, { type: 'session_updated' }>,
): HandoffStep {
  // An earlier update may be acknowledged in between, e.g. the two that follow the connection.
  if (state.phase !== 'switching' || state.update === null) return stay(state);
  if (instructions !== null && instructions !== state.update.instructions) return stay(state);
  const opening: Opening = { ...state.opening, sessionMs: nowMs };
  const { transfer } = opening;
  const { from, to, functionCallId, startedMs } = transfer;
  const durationMs = roundMs(nowMs - startedMs);
  const completed: readonly HandoffEffect[] = [
    { type: 'record', fact: { type: 'handoff.completed', from, to, functionCallId, durationMs } },
    { type: 'record', fact: { type: 'agent.started', agent: to } },
    { type: 'completed', transfer },
  ];
  if (!opening.heard) return { state: settle(to, opening), effects: completed };
  // An engine that acknowledges late may have let the next agent speak before.
  return {
    state: settle(to, null),
    effects: [...completed, { type: 'record', fact: opened(opening, opening.heard) }],
  };
}

function opening(state: HandoffState, event: OpeningEvent): HandoffStep {
  switch (state.phase) {
    case 'steady':
      return stay(state);
    case 'opening': {
      const next = stepOpening(state.opening, event);
      return { state: settle(state.agent, next.opening), effects: next.effects };
    }
    case 'switching': {
      // What is overdue now is the session; the wait for the first audio begins with it.
      if (event.type === 'opening_overdue') return stay(state);
      const next = stepOpening(state.opening, event);
      return { state: { ...state, opening: next.opening ?? state.opening }, effects: next.effects };
    }
    default: {
      if (!state.owed) return stay(state);
      const next = stepOpening(state.owed, event);
      return { state: { ...state, owed: next.opening }, effects: next.effects };
    }
  }
}

function settle(agent: string, owed: Opening | null): HandoffState {
  return owed ? { phase: 'opening', agent, opening: owed } : { phase: 'steady', agent };
}
