import { countedIds, manualClock, silentLog } from '../../lib/index.ts';
import type { TrailEvent } from '../../protocol/index.ts';
import { manualLeg } from '../../testing/manual-leg.ts';
import { fakeOperators, type FakeOperator } from '../../testing/fake-operators.ts';
import { memoryServices } from '../../testing/memory-services.ts';
import { memoryTrailStore } from '../../testing/memory-trail-store.ts';
import type { CallEnd } from '../call.ts';
import { startCall } from '../start-call.ts';
import type { CallPlan, StepPlan } from './call-plan.ts';
import type { GivenCall, ModelEngine, ModelSession } from './model-engine.ts';
import { agentName, deskOf, queueName, type Effect } from './random-desk.ts';
import { randomModel } from './random-model.ts';

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
  const model = randomModel(plan);
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
