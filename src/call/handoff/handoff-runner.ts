import type { Edge, Gate, GateCall, Refusal } from '../../desk/index.ts';
import { labelOf, limitsOf } from '../../desk/index.ts';
import {
  messageOf,
  SwitchboardError,
  whenReady,
  withDeadline,
  type Eventually,
} from '../../lib/index.ts';
import type { TrailFact } from '../../protocol/index.ts';
import { askGates, cannotPutThrough, type Verdict } from './gate-keeper.ts';
import { withinLimits, type CountedHop } from './handoff-limits.ts';
import type { OpeningEvent } from './handoff-opening.ts';
import {
  stepHandoff,
  type HandoffEffect,
  type HandoffEvent,
  type HandoffState,
} from './handoff.ts';
import type { HandoffHost, Handoffs, Route, TransferOutcome, TransferRequest } from './handoffs.ts';
import { createPhaseTimer } from './phase-timer.ts';
import { answerFrom, refusalAnswer, refusalIn, type ToolAnswer } from '../tools/tool-answer.ts';

/** @returns the handoffs of a call that its first agent has. */
export function createHandoffs(host: HandoffHost): Handoffs {
  const { desk, clock } = host;
  const limits = limitsOf(desk);
  const beganMs = clock.monotonicMs();
  const hops: CountedHop[] = [];
  const refusals: Refusal[] = [];
  const timer = createPhaseTimer(clock, limits);
  const speakers = new Map<string, string>();
  let state: HandoffState = { phase: 'steady', agent: desk.firstAgent };
  let request: TransferRequest | null = null;

  const elapsedMs = (): number => clock.monotonicMs() - beganMs;
  /** Runs what can be run at once; the rest is for who asked. */
  const step = (event: HandoffEvent): readonly HandoffEffect[] => {
    if (host.signal.aborted) return []; // the trail has had its last word
    const early = state.phase === 'switching' ? state.opening.turn : null;
    const next = stepHandoff(state, event);
    state = next.state;
    // Begun before its agent was acknowledged.
    if (early?.of === 'answering' && state.phase !== 'switching') {
      speakers.set(early.responseId, state.agent);
    }
    for (const effect of next.effects) run(effect);
    timer.follow(state, () => overdue());
    host.changed();
    return next.effects;
  };
  const overdue = (): void => {
    if (state.phase === 'switching') step({ type: 'session_overdue' });
    else step({ type: 'opening_overdue', busy: host.callerHasFloor() || host.isWorking() });
  };
  const fail = (code: string, message: string): void => {
    host.log.warn('handoff in trouble', { code });
    host.record({ type: 'engine.failed', code, message });
  };
  function run(effect: HandoffEffect): void {
    switch (effect.type) {
      case 'record':
        return write(effect.fact);
      case 'completed': {
        const { from, to, by } = effect.transfer;
        const hop = { from, to, by, atMs: elapsedMs(), callerTurns: host.callerTurns() };
        hops.push(hop);
        if (request) host.arrived(hop, request);
        return;
      }
      case 'ask':
        if (effect.cancel) host.cancelResponse();
        return host.requestResponse();
      case 'resend_session':
        host.log.warn('the engine did not acknowledge a handoff; asking once more');
        return host.resendSession();
      case 'switch_failed':
        return host.end('failed', `The engine rejected the session of "${effect.to}".`);
      case 'engine_lost': {
        const message = `The engine did not acknowledge the session of "${effect.to}".`;
        fail('handoff_unacknowledged', message);
        return host.end('engine_lost', message);
      }
      case 'stayed_silent':
        return fail('silent_opening', `"${effect.to}" did not speak after a handoff.`);
      default: // for who asked
    }
  }
  function write(fact: TrailFact): void {
    if (fact.type === 'handoff.refused') {
      const { from, to, code } = fact;
      refusals.push({ from, to, code, atMs: elapsedMs() });
    }
    if (fact.type === 'handoff.opened' && fact.overBudget) {
      const { from, to, firstAudioMs, silenceMs, budgetMs } = fact;
      host.log.warn('handoff over budget', { from, to, firstAudioMs, silenceMs, budgetMs });
    }
    host.record(fact);
  }

  const gateCall = (): GateCall => {
    const call = host.context();
    return {
      callId: call.callId,
      desk: call.desk,
      timeZone: call.timeZone,
      nowMs: () => clock.nowMs(),
      elapsedMs,
      customer: () => call.customer(),
      callerNumber: call.callerNumber,
      keyed: () => call.keyed(),
      state: call.state,
      hops: [...hops],
      refusals: [...refusals],
      callerTurns: host.callerTurns(),
    };
  };
  const judge = (route: Route, { by, packet }: TransferRequest): Eventually<Verdict> => {
    const { from, to } = route;
    const callerTurns = host.callerTurns();
    const limited = withinLimits(limits, { from, to, atMs: elapsedMs(), callerTurns, hops });
    if (!limited.allow) return limited;
    const gates: readonly Gate[] = [...(desk.gates ?? []), ...route.gates];
    return askGates(
      gates,
      { from, to, by, packet, call: gateCall() },
      {
        timeoutMs: limits.gateTimeoutMs,
        signal: host.signal,
        failed: (gate, thrown) =>
          host.log.warn('gate failed', { gate, from, to, error: messageOf(thrown) }),
      },
    );
  };
  const refuse = (no: Extract<Verdict, { allow: false }>): TransferOutcome => {
    const { gate, code, say } = no;
    step({ type: 'refused', gate, code, say, nowMs: clock.monotonicMs() });
    return { ok: false, answer: refusalAnswer(code, say), code, say };
  };
  /** What a desk does on the way must end as its gates must: the caller waits for it. */
  const inTime = <T>(work: Promise<T>): Promise<T> =>
    withDeadline(() => work, {
      timeoutMs: limits.gateTimeoutMs,
      signal: host.signal,
      onTimeout: () =>
        new SwitchboardError('tool_timeout', `It ran over ${limits.gateTimeoutMs} ms.`),
    });
  const failed = (thrown: unknown): TransferOutcome => {
    host.log.warn('handoff failed', { error: messageOf(thrown) });
    const code = 'handoff_failed';
    return refuse({ allow: false, gate: code, code, say: cannotPutThrough });
  };

  return {
    active: () => state.agent,
    isSwitching: () => state.phase !== 'steady' && state.phase !== 'opening',
    isGone: (agent) => agent !== state.agent || state.phase === 'switching',
    owesOpening: () => owed(state),
    move: (event) => void step(event),
    responseBegan(responseId) {
      speakers.set(responseId, state.agent);
      if (owed(state)) step({ type: 'response_began', responseId });
    },
    agentOf: (responseId) => speakers.get(responseId) ?? state.agent,
    askedMs: () => (request?.by === 'api' ? request.startedMs : 0),
    audio(responseId, silenceMs) {
      if (!owed(state)) return;
      const event: OpeningEvent = {
        type: 'audio',
        responseId,
        nowMs: clock.monotonicMs(),
        silenceMs,
        budgetMs: limits.handoffBudgetMs,
      };
      step(event);
    },
    respond() {
      if (owed(state)) step({ type: 'opening_due', callerHasFloor: host.callerHasFloor() });
      else host.requestResponse();
    },
    transfer(route, given) {
      const { from, to } = route;
      const { functionCallId, by, startedMs, reason, packet } = given;
      const transfer = { from, to, by, functionCallId, startedMs };
      const nowMs = clock.monotonicMs();
      for (const effect of step({ type: 'requested', transfer, reason, packet, nowMs })) {
        if (effect.type !== 'refuse') continue;
        const { code, say } = effect;
        return { ok: false, answer: refusalAnswer(code, say), code, say };
      }
      return whenReady(judge(route, given), (verdict) =>
        verdict.allow ? proceed(route, given) : refuse(verdict),
      );
    },
    hops,
    close: () => timer.stop(),
  };

  /** Gates have said yes: what else can fail does so before anything is changed. */
  function proceed(route: Route, given: TransferRequest): Eventually<TransferOutcome> {
    const { edge, to } = route;
    const onTheWay = (): Eventually<void> => {
      const done = route.onHandoff?.(given.packet, host.context());
      if (done) return inTime(done);
    };
    const instructions = (): Eventually<string> => {
      const text = host.prepare(to);
      return typeof text === 'string' ? text : inTime(text);
    };
    try {
      if (edge && route.toPeople) {
        const done = whenReady(onTheWay(), () => people(edge, given));
        return done instanceof Promise ? done.catch(failed) : done;
      }
      const ready = whenReady(onTheWay(), instructions);
      return ready instanceof Promise
        ? ready.then((text) => handOver(route, given, text), failed)
        : handOver(route, given, ready);
    } catch (thrown) {
      return failed(thrown);
    }
  }
  function handOver(route: Route, given: TransferRequest, instructions: string): TransferOutcome {
    const { from, to } = route;
    request = given;
    step({ type: 'allowed', toPeople: false, nowMs: clock.monotonicMs() });
    if (desk.handoffSpeech === 'cut') host.cutSpeech();
    given.announce?.();
    try {
      host.switchTo(to, instructions);
    } catch (thrown) {
      return failed(thrown);
    }
    host.carry(route, given.functionCallId);
    const done = { assistant: labelOf(desk, to), from: labelOf(desk, from) };
    const answer = answerFrom({ ...done, caller_said: given.packet, ...given.more });
    return { ok: true, answer, opens: true };
  }
  async function people(edge: Edge, given: TransferRequest): Promise<TransferOutcome> {
    request = given;
    step({ type: 'allowed', toPeople: true, nowMs: clock.monotonicMs() });
    given.announce?.();
    let answer: ToolAnswer;
    try {
      answer = await host.bringInPeople(edge, given);
    } catch (thrown) {
      host.log.warn('people could not be asked', { error: messageOf(thrown) });
      answer = refusalAnswer('nobody', cannotPutThrough);
    }
    step({ type: 'people_answered', taken: answer.ok });
    if (!answer.ok) return { ok: false, answer, ...refusalIn(answer) };
    const { from, to } = edge;
    const { by } = given;
    hops.push({ from, to, by, atMs: elapsedMs(), callerTurns: host.callerTurns() });
    return { ok: true, answer, opens: false };
  }
}

function owed(state: HandoffState): boolean {
  if (state.phase === 'steady') return false;
  return state.phase === 'opening' || state.phase === 'switching' || state.owed !== null;
}
