import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TrailFact } from '../../protocol/index.ts';
import {
  stepHandoff,
  type HandoffEffect,
  type HandoffEvent,
  type HandoffState,
} from './handoff.ts';

/** What may happen next, in words; a run makes an event of it with the ids that the state calls for. */
type Happening =
  | { readonly what: 'request'; readonly to: number }
  | { readonly what: 'allow'; readonly toPeople: boolean }
  | { readonly what: 'refuse' | 'people_answer' | 'send' | 'session_overdue' | 'begin' }
  | { readonly what: 'acknowledge'; readonly of: 'current' | 'stale' | 'untold' }
  | { readonly what: 'error'; readonly current: boolean }
  | { readonly what: 'due'; readonly callerHasFloor: boolean }
  | { readonly what: 'audio'; readonly stale: boolean }
  | {
      readonly what: 'end';
      readonly with: 'nothing' | 'function_call' | 'cancelled' | 'failed';
      readonly stale: boolean;
    }
  | { readonly what: 'opening_overdue'; readonly busy: boolean };

const request = fc.nat(3).map((to): Happening => ({ what: 'request', to }));
const ending = fc
  .constantFrom('nothing', 'function_call', 'cancelled', 'failed')
  .map((how): Happening => ({ what: 'end', with: how, stale: false }));
const one = (happening: Happening): fc.Arbitrary<Happening> => fc.constant(happening);
const acknowledge = one({ what: 'acknowledge', of: 'current' });
const openingMoves = [
  one({ what: 'due', callerHasFloor: false }),
  one({ what: 'due', callerHasFloor: true }),
  one({ what: 'begin' }),
  one({ what: 'audio', stale: false }),
  ending,
];

/** What a world in order would do next, by phase; what it would not do is in `anything`. */
const fitting: Readonly<Record<HandoffState['phase'], fc.Arbitrary<Happening>>> = {
  steady: fc.oneof(request, one({ what: 'begin' })),
  deciding: fc.oneof(
    one({ what: 'allow', toPeople: false }),
    one({ what: 'allow', toPeople: false }),
    one({ what: 'allow', toPeople: true }),
    one({ what: 'refuse' }),
  ),
  asking_people: fc.oneof(one({ what: 'people_answer' }), request),
  switching: fc.oneof(one({ what: 'send' }), acknowledge, acknowledge, ...openingMoves),
  opening: fc.oneof(...openingMoves, request, one({ what: 'opening_overdue', busy: false })),
};
const anything = fc.oneof(
  ...Object.values(fitting),
  one({ what: 'acknowledge', of: 'stale' }),
  one({ what: 'acknowledge', of: 'untold' }),
  one({ what: 'session_overdue' }),
  one({ what: 'error', current: true }),
  one({ what: 'error', current: false }),
  one({ what: 'audio', stale: true }),
  one({ what: 'end', with: 'nothing', stale: true }),
  one({ what: 'opening_overdue', busy: true }),
);
/** Each step of a run: what would fit each phase, or (one in four) anything at all. */
const moment = fc.oneof(
  { weight: 3, arbitrary: fc.record(fitting) },
  {
    weight: 1,
    arbitrary: anything.map((any) => ({
      steady: any,
      deciding: any,
      asking_people: any,
      switching: any,
      opening: any,
    })),
  },
);
type Moment = Readonly<Record<HandoffState['phase'], Happening>>;

interface Seen {
  readonly before: HandoffState;
  readonly event: HandoffEvent;
  readonly after: HandoffState;
  readonly effects: readonly HandoffEffect[];
}

/** Plays what happens against the controller; ids are new where the world would make new ones. */
function play(moments: readonly Moment[]): readonly Seen[] {
  let state: HandoffState = { phase: 'steady', agent: 'agent_0' };
  let nowMs = 0;
  let ids = 0;
  let response = 'resp_none';
  const seen: Seen[] = [];
  for (const moment of moments) {
    nowMs += 7;
    const event = eventOf(moment[state.phase]);
    const { state: after, effects } = stepHandoff(state, event);
    seen.push({ before: state, event, after, effects });
    state = after;
  }
  return seen;

  function eventOf(happening: Happening): HandoffEvent {
    const update = state.phase === 'switching' ? state.update : null;
    switch (happening.what) {
      case 'request': {
        const functionCallId = `call_${++ids}`;
        const to = `agent_${happening.to}`;
        const transfer = {
          from: state.agent,
          to,
          by: 'agent',
          functionCallId,
          startedMs: nowMs,
        } as const;
        return { type: 'requested', transfer, reason: '', packet: {}, nowMs };
      }
      case 'allow':
        return { type: 'allowed', toPeople: happening.toPeople, nowMs };
      case 'refuse':
        return { type: 'refused', gate: 'g', code: 'c', say: 's', nowMs };
      case 'people_answer':
        return { type: 'people_answered', taken: false };
      case 'send':
        return { type: 'session_sent', eventId: `event_${++ids}`, instructions: `for ${ids}` };
      case 'acknowledge': {
        const told = { current: update?.instructions ?? 'none', stale: 'of before', untold: null };
        return { type: 'session_updated', instructions: told[happening.of], nowMs };
      }
      case 'session_overdue':
        return { type: 'session_overdue' };
      case 'error':
        return {
          type: 'engine_error',
          eventId: happening.current ? (update?.eventId ?? null) : 'event_0',
        };
      case 'due':
        return { type: 'opening_due', callerHasFloor: happening.callerHasFloor };
      case 'begin':
        response = `resp_${++ids}`;
        return { type: 'response_began', responseId: response };
      case 'audio': {
        const responseId = happening.stale ? 'resp_0' : response;
        return { type: 'audio', responseId, nowMs, silenceMs: 3, budgetMs: 20 };
      }
      case 'end':
        return {
          type: 'response_ended',
          responseId: happening.stale ? 'resp_0' : response,
          with: happening.with,
        };
      case 'opening_overdue':
        return { type: 'opening_overdue', busy: happening.busy };
    }
  }
}

type Fact<T extends TrailFact['type']> = Extract<TrailFact, { type: T }>;

const factsIn = (effects: readonly HandoffEffect[]): readonly TrailFact[] =>
  effects.flatMap((effect) => (effect.type === 'record' ? [effect.fact] : []));
const factsOf = <T extends TrailFact['type']>(seen: readonly Seen[], type: T): readonly Fact<T>[] =>
  seen
    .flatMap(({ effects }) => factsIn(effects))
    .filter((fact): fact is Fact<T> => fact.type === type);
const count = (seen: readonly Seen[], type: HandoffEffect['type']): number =>
  seen.flatMap(({ effects }) => effects).filter((effect) => effect.type === type).length;

/** Thousands of runs of up to sixty events each, one in four of them out of order. */
function always(holds: (seen: readonly Seen[]) => void): void {
  fc.assert(
    fc.property(fc.array(moment, { minLength: 1, maxLength: 60, size: 'max' }), (moments) =>
      holds(play(moments)),
    ),
    { numRuns: 3_000 },
  );
}

describe('the handoff controller, whatever happens in whatever order', () => {
  it('changes the active agent only with a completed handoff to that agent', () => {
    always((seen) => {
      for (const { before, after, effects } of seen) {
        const facts = factsIn(effects);
        const completed = facts.filter((fact) => fact.type === 'handoff.completed');
        const started = facts.filter((fact) => fact.type === 'agent.started');
        expect(completed.length).toBeLessThanOrEqual(1);
        expect(started.map(({ agent }) => agent)).toEqual(completed.map(({ to }) => to));
        expect(after.agent).toBe(completed[0]?.to ?? before.agent);
        for (const { from } of completed) expect(from).toBe(before.agent);
      }
    });
  });

  it('completes a handoff only after the gates let it through and the engine acknowledged its session', () => {
    always((seen) => {
      let allowed: string | null = null;
      let sent: string | null = null;
      for (const { before, event, effects } of seen) {
        if (event.type === 'allowed' && before.phase === 'deciding') {
          allowed = event.toPeople ? null : before.transfer.functionCallId;
          sent = null;
        }
        if (event.type === 'session_sent' && before.phase === 'switching')
          sent = event.instructions;
        for (const fact of factsIn(effects)) {
          if (fact.type !== 'handoff.completed') continue;
          expect(fact.functionCallId).toBe(allowed);
          expect(event).toMatchObject({ type: 'session_updated' });
          if (event.type === 'session_updated') expect([sent, null]).toContain(event.instructions);
          expect(sent).not.toBeNull();
        }
      }
    });
  });

  it('gives each request one outcome at most, and answers each refusal', () => {
    always((seen) => {
      const outcomes = [...factsOf(seen, 'handoff.completed'), ...factsOf(seen, 'handoff.refused')];
      const requested = factsOf(seen, 'handoff.requested').map(
        ({ functionCallId }) => functionCallId,
      );
      const ids = outcomes.map(({ functionCallId }) => functionCallId);
      expect(new Set(ids).size).toBe(ids.length);
      for (const id of ids) expect(requested).toContain(id);
      expect(count(seen, 'refuse')).toBe(factsOf(seen, 'handoff.refused').length);
    });
  });

  it('leaves no request without an outcome but the one under way, people’s, and those the engine failed', () => {
    always((seen) => {
      const last = seen.at(-1)?.after;
      const open =
        last?.phase === 'deciding' ||
        last?.phase === 'asking_people' ||
        last?.phase === 'switching';
      const people = seen.filter(
        ({ before, event }) => event.type === 'people_answered' && before.phase === 'asking_people',
      ).length;
      const requests = factsOf(seen, 'handoff.requested').length;
      const outcomes =
        factsOf(seen, 'handoff.completed').length +
        factsOf(seen, 'handoff.refused').length +
        count(seen, 'switch_failed') +
        count(seen, 'engine_lost') +
        people;
      expect(requests).toBe(outcomes + (open ? 1 : 0));
    });
  });

  it('opens a completed handoff once at most, and never one that was not completed', () => {
    always((seen) => {
      const completed = factsOf(seen, 'handoff.completed').map(
        ({ functionCallId }) => functionCallId,
      );
      const opened = factsOf(seen, 'handoff.opened').map(({ functionCallId }) => functionCallId);
      expect(new Set(opened).size).toBe(opened.length);
      for (const id of opened) expect(completed).toContain(id);
    });
  });

  it('takes no late audio of an earlier response for the opening', () => {
    always((seen) => {
      const stale = seen.filter(
        ({ event }) => event.type === 'audio' && event.responseId === 'resp_0',
      );
      expect(factsOf(stale, 'handoff.opened')).toEqual([]);
      for (const { before, after } of stale) expect(after).toEqual(before);
    });
  });

  it('forgets no opening: it is heard, still owed, given up aloud, or another handoff follows it', () => {
    always((seen) => {
      let owed = 0;
      for (const { before, event, after, effects } of seen) {
        const facts = factsIn(effects);
        if (before.phase === 'switching') {
          expect(effects.map(({ type }) => type)).not.toContain('stayed_silent');
        }
        owed += facts.filter((fact) => fact.type === 'handoff.completed').length;
        owed -= facts.filter((fact) => fact.type === 'handoff.opened').length;
        owed -= effects.filter(({ type }) => type === 'stayed_silent').length;
        // Handed on before a word was said: the next one owes the opening.
        if (
          event.type === 'allowed' &&
          !event.toPeople &&
          before.phase === 'deciding' &&
          before.owed
        )
          owed--;
        const owes = after.phase === 'opening' || ('owed' in after && after.owed !== null);
        expect(owed).toBe(owes ? 1 : 0);
      }
    });
  });

  it('asks a silent agent once more and no more, and an engine for its session once more', () => {
    always((seen) => {
      const handoffs = factsOf(seen, 'handoff.requested').length;
      const due = seen.filter(({ event }) => event.type === 'opening_due').length;
      expect(count(seen, 'ask')).toBeLessThanOrEqual(due + handoffs);
      expect(count(seen, 'resend_session')).toBeLessThanOrEqual(handoffs);
      expect(count(seen, 'stayed_silent')).toBeLessThanOrEqual(handoffs);
    });
  });

  it('raises the alarm exactly when the budget is exceeded, with times in order', () => {
    always((seen) => {
      for (const fact of factsOf(seen, 'handoff.opened')) {
        expect(fact.overBudget).toBe(fact.firstAudioMs > fact.budgetMs);
        expect(fact.decisionMs).toBeLessThanOrEqual(fact.sessionMs);
        expect(fact.decisionMs).toBeLessThanOrEqual(fact.firstAudioMs);
      }
    });
  });
});
