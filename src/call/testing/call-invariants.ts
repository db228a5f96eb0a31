import { edgesOf, type Desk } from '../../desk/index.ts';
import type { TrailEvent, TrailEventType } from '../../protocol/index.ts';
import type { ModelSession } from './model-engine.ts';
import type { PlayedCall } from './random-call.ts';
import { agentName, deskOf, type Effect } from './random-desk.ts';

type Event<T extends TrailEventType> = Extract<TrailEvent, { type: T }>;

function of<T extends TrailEventType>(trail: readonly TrailEvent[], type: T): readonly Event<T>[] {
  return trail.filter((event): event is Event<T> => event.type === type);
}

/** Numbered without gaps, times in order, begun and ended once, the end last. */
export function trailFaults({ trail }: PlayedCall): readonly string[] {
  const faults: string[] = [];
  for (const [index, event] of trail.entries()) {
    if (event.seq !== index + 1) faults.push(`event ${index + 1} has the number ${event.seq}`);
  }
  if (trail[0]?.type !== 'call.started') faults.push('does not begin with call.started');
  if (trail.at(-1)?.type !== 'call.ended') faults.push('does not end with call.ended');
  if (of(trail, 'call.ended').length !== 1) faults.push('ends more or less than once');
  return faults;
}

/**
 * At any time one agent has the call: each next one only by a handoff that was completed from the one
 * before, and after people the one who had it.
 */
export function activeAgentFaults({ trail }: PlayedCall): readonly string[] {
  const faults: string[] = [];
  let active: string | null = null;
  let before: TrailEvent | undefined;
  for (const event of trail) {
    if (event.type === 'agent.started') {
      const { agent } = event;
      if (active === null) {
        if (agent !== agentName(0)) faults.push(`${agent} begins the call`);
      } else if (before?.type === 'person.left') {
        if (agent !== active || before.to !== agent)
          faults.push(`${agent} has the call after people`);
      } else if (before?.type !== 'handoff.completed' || before.to !== agent) {
        faults.push(`${agent} has the call without a handoff (event ${event.seq})`);
      } else if (before.from !== active) {
        faults.push(`${before.from} hands over a call that ${active} has (event ${event.seq})`);
      }
      active = agent;
    }
    if (before?.type === 'handoff.completed' && event.type !== 'agent.started') {
      faults.push(`nobody has the call after event ${before.seq}`);
    }
    before = event;
  }
  return faults;
}

/** A tool runs only for the agent who has the call, and only a tool of that agent's. */
export function toolFaults({ trail, effects }: PlayedCall): readonly string[] {
  return effects.flatMap((effect) => {
    const called = of(trail, 'tool.called').find(
      ({ functionCallId }) => functionCallId === effect.functionCallId,
    );
    if (!called) return [`${effect.tool} ran without being called`];
    const active = trail.findLast(
      (event): event is Event<'agent.started'> =>
        event.type === 'agent.started' && event.seq < called.seq,
    )?.agent;
    const faults: string[] = [];
    if (called.agent !== effect.agent) faults.push(`${called.agent} ran ${effect.tool}`);
    if (active !== effect.agent) faults.push(`${effect.tool} ran while ${active} had the call`);
    return faults;
  });
}

/**
 * Every function call is answered, and nobody answers what was not asked. That none is answered twice
 * is the engine's to see: what a handoff took away may be put back.
 */
export function answerFaults({ session, owed }: PlayedCall): readonly string[] {
  const outputs = callIdsOf(session, 'function_call_output');
  // A handoff that a tool asked for is told to the model as a call of its own.
  const asked = [
    ...session.given.map(({ callId }) => callId),
    ...callIdsOf(session, 'function_call'),
  ];
  return [
    ...owed
      .filter(({ callId }) => !outputs.includes(callId))
      .map(({ callId, name }) => `${name} (${callId}) was not answered`),
    ...outputs
      .filter((callId) => !asked.includes(callId))
      .map((callId) => `${callId} was answered, which nobody called`),
  ];
}

function callIdsOf(
  { received }: ModelSession,
  type: 'function_call' | 'function_call_output',
): readonly string[] {
  return received.flatMap((event) =>
    event.type === 'conversation.item.create' && event.item.type === type
      ? [event.item.call_id]
      : [],
  );
}

/** Whoever is refused is told so: the code and the sentence are in the answer. */
export function refusalFaults({ trail, session, owed }: PlayedCall): readonly string[] {
  return of(trail, 'handoff.refused').flatMap(({ functionCallId, code, say }) => {
    if (!owed.some(({ callId }) => callId === functionCallId)) return [];
    const answer = session.received.find(
      (event) =>
        event.type === 'conversation.item.create' &&
        event.item.type === 'function_call_output' &&
        event.item.call_id === functionCallId,
    );
    const text = JSON.stringify(answer ?? null);
    const told = text.includes(code) && text.includes(JSON.stringify(say).slice(1, -1));
    return told ? [] : [`the refusal of ${functionCallId} (${code}) is not in its answer: ${text}`];
  });
}

/**
 * Every completed handoff is opened once: the next agent is heard, or its silence is on the trail, or
 * it hands the caller on before it has said a word, or the call ends.
 */
export function openingFaults({ trail, end }: PlayedCall): readonly string[] {
  const completed = of(trail, 'handoff.completed');
  const opened = of(trail, 'handoff.opened');
  const silent = of(trail, 'engine.failed').filter(({ code }) => code === 'silent_opening');
  const twice = opened.filter(
    ({ functionCallId }, index) =>
      opened.findIndex((other) => other.functionCallId === functionCallId) !== index,
  );
  const foreign = opened.filter(
    ({ functionCallId }) => !completed.some((other) => other.functionCallId === functionCallId),
  );
  const unopened = completed.filter(({ functionCallId, seq }, index) => {
    if (opened.some((other) => other.functionCallId === functionCallId)) return false;
    const toPeople = of(trail, 'person.accepted').some((taken) => taken.seq > seq);
    if (completed[index + 1] || toPeople) return false; // it handed the caller on
    return !silent.some((failure) => failure.seq > seq) && end.reason === 'caller_hung_up';
  });
  return [
    ...twice.map(({ functionCallId }) => `${functionCallId} was opened twice`),
    ...foreign.map(({ functionCallId }) => `${functionCallId} was opened and not completed`),
    ...unopened.map(({ functionCallId }) => `${functionCallId} was never opened`),
  ];
}

/** No more handoffs than the desk allows, in the call and between two turns of the caller; only along edges. */
export function hopFaults({ trail, plan }: PlayedCall): readonly string[] {
  const faults: string[] = [];
  const { maxHops, hopsPerTurn } = plan.desk;
  const desk: Desk = deskOf(plan.desk, []);
  let hops = 0;
  let sinceTurn = 0;
  for (const event of trail) {
    if (event.type === 'turn.caller') sinceTurn = 0;
    if (event.type !== 'handoff.completed') continue;
    hops++;
    sinceTurn++;
    const requested = of(trail, 'handoff.requested').find(
      ({ functionCallId }) => functionCallId === event.functionCallId,
    );
    const along = edgesOf(desk, event.from).some(({ to }) => to === event.to);
    if (!along && requested?.by !== 'return') {
      faults.push(`there is no edge from ${event.from} to ${event.to}`);
    }
    if (sinceTurn > hopsPerTurn) faults.push(`${sinceTurn} handoffs in one turn (${hopsPerTurn})`);
  }
  if (hops > maxHops) faults.push(`${hops} handoffs in one call (${maxHops})`);
  return faults;
}

/** People are asked for one caller once at a time, and every offer and every stay comes to an end. */
export function peopleFaults({ trail }: PlayedCall): readonly string[] {
  const faults: string[] = [];
  let state: 'with agents' | 'asked' | 'with people' = 'with agents';
  const after = {
    'person.requested': { from: 'with agents', to: 'asked' },
    'person.accepted': { from: 'asked', to: 'with people' },
    'person.declined': { from: 'asked', to: 'with agents' },
    'person.left': { from: 'with people', to: 'with agents' },
  } as const;
  for (const { type, seq } of trail) {
    if (type === 'handoff.completed' && state !== 'with agents') {
      faults.push(`handed over while ${state} (event ${seq})`);
    }
    if (!(type in after)) continue;
    const { from, to } = after[type as keyof typeof after]; // as just looked at
    if (state !== from) faults.push(`${type} while ${state} (event ${seq})`);
    state = to;
  }
  return faults;
}

/** A function call writes once; what needs a yes is read back and agreed to before, one yes for one write. */
export function writeFaults({ trail, effects }: PlayedCall): readonly string[] {
  const twice = effects.filter(
    ({ functionCallId }, index) =>
      effects.findIndex((other) => other.functionCallId === functionCallId) !== index,
  );
  const used = new Set<number>();
  const unasked = effects.filter((effect) => {
    if (!effect.tool.startsWith('pay_')) return false;
    const yes = yesFor(effect, trail).find((seq) => !used.has(seq));
    if (yes === undefined) return true;
    used.add(yes);
    return false;
  });
  return [
    ...twice.map(({ tool, functionCallId }) => `${tool} ran twice for ${functionCallId}`),
    ...unasked.map(({ tool, functionCallId }) => `${tool} ran without a yes (${functionCallId})`),
  ];
}

/** The caller's yeses between the first read-back of the same write and the write. */
function yesFor(effect: Effect, trail: readonly TrailEvent[]): readonly number[] {
  const returned = of(trail, 'tool.returned').filter(({ tool }) => tool === effect.tool);
  const readBack = returned.find(({ output }) => output.includes('"confirm"'));
  const wrote = returned.find(({ functionCallId }) => functionCallId === effect.functionCallId);
  if (!wrote || !readBack) return [];
  return of(trail, 'turn.caller')
    .filter(({ seq, text }) => seq > readBack.seq && seq < wrote.seq && text.startsWith('yes'))
    .map(({ seq }) => seq);
}

/** What a call may ask of the engine between two turns of the caller, whatever the model does. */
const mostResponses = 30;

/** The engine is sent what the protocol allows, and is not asked for responses without end. */
export function engineFaults({ session, mostAsked }: PlayedCall): readonly string[] {
  return [
    ...session.faults,
    ...(mostAsked > mostResponses ? [`${mostAsked} responses asked for in one turn`] : []),
  ];
}
