import type { RefusalCode } from '../../desk/index.ts';
import type { TrailFact } from '../../protocol/index.ts';
import type { PersonAnswer, PersonLine } from '../ports.ts';

/** One request for a person. */
export interface Ask {
  /** Counts the requests of the call, so that a late answer is known as one. */
  readonly number: number;
  readonly queue: string;
  /** The agent who asked, and who has the caller again afterwards. */
  readonly from: string;
  readonly functionCallId: string;
  /** Monotonic. */
  readonly askedMs: number;
}

/**
 * Whether people have the caller.
 *
 * `asking`: they were offered the caller; the agent still has the call.
 * `with_person`: an operator and the caller hear each other; the agent hears and says nothing.
 */
export type PersonState =
  | { readonly phase: 'none' }
  | { readonly phase: 'asking'; readonly ask: Ask }
  | { readonly phase: 'with_person'; readonly ask: Ask; readonly line: PersonLine }
  /** An operator has ended the call, or it ended otherwise: nobody has the caller again. */
  | { readonly phase: 'over' };

/** Why nobody took the caller. */
export type PersonRefusal = Extract<
  RefusalCode,
  'declined' | 'nobody' | 'no_answer' | 'out_of_hours'
>;

/** What can happen between a call and its people. Times are monotonic. */
export type PersonEvent =
  | {
      readonly type: 'asked';
      readonly ask: Ask;
      readonly packet: Readonly<Record<string, unknown>>;
      readonly briefing: string;
      /** Why it is of no use to ask anybody; null when it is. */
      readonly refusal: PersonRefusal | null;
    }
  | {
      readonly type: 'answered';
      readonly ask: Ask;
      readonly answer: PersonAnswer | { readonly accepted: false; readonly code: PersonRefusal };
      readonly nowMs: number;
    }
  /** Nobody answered within the time of the queue. */
  | { readonly type: 'expired'; readonly ask: Ask; readonly nowMs: number }
  /** `elsewhere`: with the caller, for good. */
  | {
      readonly type: 'left';
      readonly ask: Ask;
      readonly handBack: boolean;
      readonly elsewhere?: boolean;
    }
  | { readonly type: 'call_over' };

/** What the interpreter does about it. */
export type PersonEffect =
  | { readonly type: 'record'; readonly fact: TrailFact }
  /** Offers the caller to the queue and lets the caller wait. */
  | { readonly type: 'offer'; readonly ask: Ask }
  /** Nobody is to answer the offer any more. */
  | { readonly type: 'withdraw' }
  /** The agent is told that nobody came. */
  | { readonly type: 'refuse'; readonly ask: Ask; readonly code: PersonRefusal }
  /** The agent falls silent, and caller and operator hear each other. */
  | { readonly type: 'connect'; readonly ask: Ask; readonly line: PersonLine }
  /** The agent has the caller again and goes on. */
  | { readonly type: 'take_back'; readonly ask: Ask }
  | { readonly type: 'end_call'; readonly reason: 'person_ended' | 'referred' }
  | { readonly type: 'hang_up'; readonly line: PersonLine };

/** A new state with what follows from getting there. */
export interface PersonStep {
  readonly state: PersonState;
  readonly effects: readonly PersonEffect[];
}

/** The one transition function. Pure. */
export function stepPerson(state: PersonState, event: PersonEvent): PersonStep {
  switch (event.type) {
    case 'asked':
      return state.phase === 'none' ? ask(event) : stay(state);
    case 'answered':
      if (state.phase !== 'asking' || state.ask.number !== event.ask.number)
        return late(state, event);
      return answered(state.ask, event);
    case 'expired':
      if (state.phase !== 'asking' || state.ask.number !== event.ask.number) return stay(state);
      return refused(state.ask, 'no_answer', event.nowMs);
    case 'left':
      if (state.phase !== 'with_person' || state.ask.number !== event.ask.number)
        return stay(state);
      if (event.elsewhere) return over([{ type: 'end_call', reason: 'referred' }]);
      return left(state, event.handBack);
    case 'call_over':
      if (state.phase === 'with_person') return over([{ type: 'hang_up', line: state.line }]);
      return over(state.phase === 'asking' ? [{ type: 'withdraw' }] : []);
  }
}

const stay = (state: PersonState): PersonStep => ({ state, effects: [] });
const over = (effects: readonly PersonEffect[]): PersonStep => ({
  state: { phase: 'over' },
  effects,
});

function ask(event: Extract<PersonEvent, { type: 'asked' }>): PersonStep {
  const { queue, from, functionCallId, askedMs } = event.ask;
  const { packet, briefing, refusal } = event;
  const requested: PersonEffect = {
    type: 'record',
    fact: { type: 'person.requested', from, queue, functionCallId, packet, briefing },
  };
  if (refusal !== null) {
    const { state, effects } = refused(event.ask, refusal, askedMs);
    return { state, effects: [requested, ...effects] };
  }
  return {
    state: { phase: 'asking', ask: event.ask },
    effects: [requested, { type: 'offer', ask: event.ask }],
  };
}

function answered(asked: Ask, event: Extract<PersonEvent, { type: 'answered' }>): PersonStep {
  const { answer, nowMs } = event;
  if (!answer.accepted) return refused(asked, answer.code, nowMs);
  const { line } = answer;
  const { queue } = asked;
  const waitedMs = since(asked, nowMs);
  return {
    state: { phase: 'with_person', ask: asked, line },
    effects: [
      {
        type: 'record',
        fact: { type: 'person.accepted', queue, operator: line.operator, waitedMs },
      },
      { type: 'connect', ask: asked, line },
    ],
  };
}

/** Somebody took a caller who waits no more. */
function late(
  state: PersonState,
  { answer }: Extract<PersonEvent, { type: 'answered' }>,
): PersonStep {
  return { state, effects: answer.accepted ? [{ type: 'hang_up', line: answer.line }] : [] };
}

function refused(asked: Ask, code: PersonRefusal, nowMs: number): PersonStep {
  const waitedMs = since(asked, nowMs);
  return {
    state: { phase: 'none' },
    effects: [
      { type: 'withdraw' },
      { type: 'record', fact: { type: 'person.declined', queue: asked.queue, code, waitedMs } },
      { type: 'refuse', ask: asked, code },
    ],
  };
}

function left(
  { ask: asked, line }: Extract<PersonState, { phase: 'with_person' }>,
  handBack: boolean,
): PersonStep {
  const { queue, from } = asked;
  const { operator } = line;
  const gone: PersonEffect = {
    type: 'record',
    fact: { type: 'person.left', queue, operator, to: from },
  };
  if (!handBack)
    return {
      state: { phase: 'over' },
      effects: [gone, { type: 'end_call', reason: 'person_ended' }],
    };
  return {
    state: { phase: 'none' },
    effects: [
      gone,
      { type: 'record', fact: { type: 'agent.started', agent: from } },
      { type: 'take_back', ask: asked },
    ],
  };
}

function since({ askedMs }: Ask, nowMs: number): number {
  return Math.max(0, Math.round((nowMs - askedMs) * 10) / 10);
}
