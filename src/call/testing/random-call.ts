import fc from 'fast-check';
import { countedIds, manualClock, silentLog } from '../../lib/index.ts';
import type { TrailEvent } from '../../protocol/index.ts';
import { manualLeg } from '../../testing/manual-leg.ts';
import { fakeOperators, type FakeOperator } from '../../testing/fake-operators.ts';
import { memoryServices } from '../../testing/memory-services.ts';
import { memoryTrailStore } from '../../testing/memory-trail-store.ts';
import type { CallEnd } from '../call.ts';
import { startCall } from '../start-call.ts';
import type {
  GivenCall,
  ModelAct,
  ModelEngine,
  ModelSession,
  PlayedModel,
  SessionTool,
} from './model-engine.ts';
import {
  agentName,
  deskOf,
  deskPlan,
  queueName,
  type DeskPlan,
  type Effect,
} from './random-desk.ts';

/** What the model does in a response, before the names are known that it could call. */
export type ActPlan =
  | { readonly act: 'say'; readonly ms: number }
  | { readonly act: 'pause' }
  | {
      readonly act: 'call';
      /** `current`: of the session's tools. The others are names the session does not have, or has no more. */
      readonly of: 'current' | 'transfer' | 'pay' | 'any agent' | 'nobody';
      readonly pick: number;
      readonly arguments: 'good' | 'bad' | 'empty' | 'not JSON';
      readonly twice: boolean;
    };

/** What happens to the call from outside. */
export type StepPlan = {
  /** Let everything that is on its way arrive first. */
  readonly settled: boolean;
} & (
  | { readonly do: 'speak'; readonly words: string; readonly long: boolean }
  | { readonly do: 'type'; readonly words: string }
  | { readonly do: 'hear' | 'wait'; readonly ms: number }
  | { readonly do: 'go on' | 'again' | 'acknowledge' }
  | { readonly do: 'stray'; readonly acts: readonly ActPlan[] }
  /** A handoff through the API; above the number of agents: to people. */
  | { readonly do: 'hand off'; readonly to: number }
  | { readonly do: 'accept' | 'decline' }
  | { readonly do: 'leave'; readonly handBack: boolean }
);

/** One call from beginning to end. */
export interface CallPlan {
  readonly desk: DeskPlan;
  /** Responses of the model, in order; after them it says something and nothing else. */
  readonly responses: readonly (readonly ActPlan[])[];
  /** The model reads back what it wants to write, and writes it after the next turn of the caller. */
  readonly readsBack: boolean;
  /** Sessions that are not acknowledged, by their number. */
  readonly unacknowledged: readonly number[];
  readonly steps: readonly StepPlan[];
}

const actPlan: fc.Arbitrary<ActPlan> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ act: fc.constant('say' as const), ms: fc.constantFrom(40, 200, 900) }),
  },
  { weight: 2, arbitrary: fc.constant<ActPlan>({ act: 'pause' }) },
  {
    weight: 6,
    arbitrary: fc.record({
      act: fc.constant('call' as const),
      of: fc.constantFrom<Extract<ActPlan, { act: 'call' }>['of']>(
        'transfer',
        'transfer',
        'transfer',
        'transfer',
        'current',
        'current',
        'pay',
        'pay',
        'any agent',
        'nobody',
      ),
      pick: fc.nat(40),
      arguments: fc.constantFrom<Extract<ActPlan, { act: 'call' }>['arguments']>(
        'good',
        'good',
        'good',
        'good',
        'bad',
        'empty',
        'not JSON',
      ),
      twice: fc.nat(5).map((n) => n === 0),
    }),
  },
);
const acts = fc.oneof(
  { weight: 1, arbitrary: fc.constant<ActPlan[]>([]) },
  { weight: 9, arbitrary: fc.array(actPlan, { minLength: 1, maxLength: 4, size: 'max' }) },
);
const words = fc.constantFrom('yes', 'yes, please', 'no', 'hello there', 'what?', '');
const stepPlan: fc.Arbitrary<StepPlan> = fc
  .tuple(
    fc.boolean(),
    fc.oneof(
      {
        weight: 4,
        arbitrary: fc.record({ do: fc.constant('speak' as const), words, long: fc.boolean() }),
      },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('type' as const), words }) },
      {
        weight: 3,
        arbitrary: fc.record({
          do: fc.constantFrom('hear' as const, 'wait' as const),
          ms: fc.constantFrom(30, 400, 3_100, 6_100),
        }),
      },
      { weight: 4, arbitrary: fc.constant({ do: 'go on' as const }) },
      {
        weight: 1,
        arbitrary: fc.constantFrom({ do: 'again' as const }, { do: 'acknowledge' as const }),
      },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('stray' as const), acts }) },
      {
        weight: 1,
        arbitrary: fc.record({ do: fc.constant('hand off' as const), to: fc.nat(6) }),
      },
      {
        weight: 2,
        arbitrary: fc.constantFrom(
          { do: 'accept' as const },
          { do: 'accept' as const },
          { do: 'decline' as const },
          { do: 'leave' as const, handBack: true },
          { do: 'leave' as const, handBack: false },
        ),
      },
    ),
  )
  .map(([settled, step]) => ({ settled, ...step }));

/** Any call on any desk. */
export const callPlan: fc.Arbitrary<CallPlan> = fc.record({
  desk: deskPlan,
  responses: fc.array(acts, { minLength: 4, maxLength: 16, size: 'max' }),
  readsBack: fc.boolean(),
  unacknowledged: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { maxLength: 3 }) },
  ),
  steps: fc.array(stepPlan, { minLength: 4, maxLength: 14, size: 'max' }),
});

/** A call as it went. */
export interface PlayedCall {
  readonly plan: CallPlan;
  readonly trail: readonly TrailEvent[];
  readonly end: CallEnd;
  readonly session: ModelSession;
  readonly effects: readonly Effect[];
  /** Responses that were asked for between two turns of the caller. */
  readonly mostAsked: number;
  /** Function calls that were given out while the call could still answer them. */
  readonly owed: readonly GivenCall[];
}

/** Holds the call. */
export async function playCall(engine: ModelEngine, plan: CallPlan): Promise<PlayedCall> {
  const effects: Effect[] = [];
  const desk = deskOf(plan.desk, effects);
  const clock = manualClock();
  const leg = manualLeg();
  const store = memoryTrailStore();
  const operators = fakeOperators();
  let operator: FakeOperator | null = null;
  const model = modelOf(plan);
  const playing = engine.play(model);
  const call = await startCall({
    desk,
    engine: engine.endpoint,
    leg,
    store,
    services: memoryServices({ operators }),
    clock,
    newId: countedIds(),
    log: silentLog,
  });
  const session = await playing;
  let mostAsked = 0;
  const life: { over: boolean } = { over: false };
  void call.ended.then(() => (life.over = true));
  for (const [index, step] of plan.steps.entries()) {
    if (step.settled) await session.settled();
    if (life.over) break;
    mostAsked = Math.max(mostAsked, session.asked());
    await take(step, `turn_${index}`);
  }
  model.calmDown();
  if (operators.isAsked()) operators.decline();
  await session.settled();
  leave(true);
  // Long enough for every deadline of the call to pass, one after the other.
  for (let round = 0; round < 10 && !life.over; round++) {
    await session.settled();
    session.goOn();
    session.acknowledge();
    await session.settled();
    leg.hearAll();
    clock.advance(2_000);
  }
  await session.settled();
  mostAsked = Math.max(mostAsked, session.asked());
  // What an ended call leaves unanswered is nobody's any more.
  const owed = life.over ? [] : session.given;
  call.hangUp();
  const end = await call.ended;
  const trail = await store.read(call.id);
  return { plan, trail, end, session, effects, mostAsked, owed };

  function leave(handBack: boolean): void {
    operator?.leave({ handBack });
    operator = null;
  }
  async function take(step: StepPlan, itemId: string): Promise<void> {
    switch (step.do) {
      case 'speak':
        session.speechStarted(itemId);
        if (step.long) await session.settled();
        return session.speechStopped(itemId, step.words);
      case 'type':
        session.callerTyped();
        return call.type(step.words);
      case 'hear':
        leg.hear(step.ms);
        return clock.advance(step.ms);
      case 'wait':
        return clock.advance(step.ms);
      case 'go on':
        return session.goOn();
      case 'again':
        return session.again();
      case 'acknowledge':
        return session.acknowledge();
      case 'stray':
        return session.stray(step.acts.map((act) => model.resolve(act)));
      case 'hand off': {
        const to = step.to < plan.desk.agents.length ? agentName(step.to) : queueName;
        void call.handOff(to, { reason: 'because', topic: 'a' });
        return;
      }
      case 'accept':
        if (operators.isAsked()) operator = operators.accept();
        return;
      case 'decline':
        if (operators.isAsked()) operators.decline();
        return;
      case 'leave':
        return leave(step.handBack);
    }
  }
}

interface RandomModel extends PlayedModel {
  resolve(act: ActPlan): ModelAct;
  /** From now on it speaks, and every session is acknowledged. */
  calmDown(): void;
}

function modelOf(plan: CallPlan): RandomModel {
  let responses = 0;
  let sessions = 0;
  let calm = false;
  let tools: readonly SessionTool[] = [];
  let payment: { readonly act: ModelAct; readonly read: boolean } | null = null;
  const everybodys = plan.desk.agents.flatMap((_, index) => {
    const name = agentName(index);
    return [`transfer_to_${name}`, `write_${name}`, `pay_${name}`, `go_back`, `end_call`];
  });
  const namesOf = (of: Extract<ActPlan, { act: 'call' }>['of']): readonly string[] => {
    switch (of) {
      case 'current':
        return tools.map(({ name }) => name);
      case 'transfer':
        return namesOf('current').filter((name) => /^(?:transfer_to_|go_back|move_)/.test(name));
      case 'pay':
        return namesOf('current').filter((name) => name.startsWith('pay_'));
      case 'any agent':
        return everybodys;
      case 'nobody':
        return ['transfer_to_nobody', 'run_shell'];
    }
  };
  const resolve = (act: ActPlan): ModelAct => {
    if (act.act === 'pause') return 'pause';
    if (act.act === 'say') return { say: 'Something is said.', ms: act.ms };
    const names = namesOf(act.of);
    const call = names[act.pick % Math.max(1, names.length)] ?? 'transfer_to_nobody';
    const schema = tools.find(({ name }) => name === call)?.parameters;
    return { call, arguments: argumentsOf(schema, act), twice: act.twice };
  };
  /** Says what was read back to it, then calls the tool again. */
  const paying = (): readonly ModelAct[] | null => {
    if (!payment) return null;
    const { act, read } = payment;
    payment = read ? null : { act, read: true };
    return read ? [act] : [{ say: 'Shall I?', ms: 200 }];
  };
  return {
    resolve,
    calmDown: () => void (calm = true),
    acknowledges: () => calm || !plan.unacknowledged.includes(sessions++),
    respond(given) {
      tools = given;
      // The greeting is not the model's to leave out.
      const payingNow = calm ? null : paying();
      if (payingNow) return payingNow;
      const planned = responses === 0 ? undefined : plan.responses[responses - 1];
      responses++;
      if (calm || planned === undefined) return [{ say: 'How can I help?', ms: 200 }];
      const response = planned.map(resolve);
      const pays = response.find(
        (act) => typeof act === 'object' && 'call' in act && act.call.startsWith('pay_'),
      );
      if (plan.readsBack && pays) payment = { act: pays, read: false };
      return response;
    },
  };
}

function argumentsOf(
  schema: SessionTool['parameters'] | undefined,
  act: Extract<ActPlan, { act: 'call' }>,
): string {
  switch (act.arguments) {
    case 'not JSON':
      return '{"reason":';
    case 'empty':
      return '{}';
    case 'bad':
      return JSON.stringify({ reason: 7, what: 'three', topic: 'z' });
    case 'good': {
      const fields = Object.entries(schema?.properties ?? {}).map(([name, field]) => {
        if (field.enum) return [name, field.enum[act.pick % 4 === 0 ? 1 : 0]];
        return [name, field.type === 'string' ? 'because' : act.pick];
      });
      return JSON.stringify(Object.fromEntries(fields));
    }
  }
}
