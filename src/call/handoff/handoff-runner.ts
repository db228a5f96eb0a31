import type {
  CallContext,
  ContextRule,
  Desk,
  DeskLimits,
  Edge,
  Gate,
  GateCall,
  HandoffBy,
  Refusal,
} from '../../desk/index.ts';
import { labelOf, limitsOf } from '../../desk/index.ts';
import {
  messageOf,
  SwitchboardError,
  whenReady,
  withDeadline,
  type Clock,
  type Eventually,
  type Log,
} from '../../lib/index.ts';
import type { CallEndReason, TrailFact } from '../../protocol/index.ts';
import { askGates, cannotPutThrough, type Verdict } from './gate-keeper.ts';
import { withinLimits, type CountedHop } from './handoff-limits.ts';
import type { OpeningEvent } from './handoff-opening.ts';
import {
  stepHandoff,
  type HandoffEffect,
  type HandoffEvent,
  type HandoffState,
} from './handoff.ts';
import { answerFrom, refusalAnswer, refusalIn, type ToolAnswer } from '../tools/tool-answer.ts';

/** Where a handoff leads and what is asked on the way: an edge, or the way back. */
export interface Route extends Pick<Edge, 'from' | 'to' | 'toPeople' | 'gates' | 'onHandoff'> {
  /** `since`: what the agent had to see at its own handoff, which was so many handoffs into the call. */
  readonly context: ContextRule | { readonly since: number };
  /** The edge itself, where people are at its end. */
  readonly edge: Edge | null;
}

/** `startedMs`: when the engine had finished the function call, monotonic. */
export interface TransferRequest {
  readonly functionCallId: string;
  readonly by: HandoffBy;
  /** Checked against the edge's schema. */
  readonly packet: Readonly<Record<string, unknown>>;
  readonly startedMs: number;
  /** What the caller wants, for the trail. */
  readonly reason: string;
  /** What the next agent is told beside. */
  readonly more?: Readonly<Record<string, unknown>>;
  /** Sends what must be in the conversation before the next agent's session. */
  readonly announce?: () => void;
}

/** How a handoff went. `answer` is for the model; a refusal is on the trail already. */
export type TransferOutcome =
  /** `opens`: an agent is to speak next, not a person. */
  | { readonly ok: true; readonly answer: ToolAnswer; readonly opens: boolean }
  | {
      readonly ok: false;
      readonly answer: ToolAnswer;
      readonly code: string;
      readonly say: string;
    };

/** What handoffs need of their call. */
export interface HandoffHost {
  readonly desk: Desk;
  readonly clock: Clock;
  readonly log: Log;
  /** Aborts when the call ends. */
  readonly signal: AbortSignal;
  record(fact: TrailFact): void;
  /** What tools and gates see of the call. */
  context(): CallContext;
  /** The caller's turns so far. */
  callerTurns(): number;
  /** The caller speaks, or has spoken and the engine is about to answer by itself. */
  callerHasFloor(): boolean;
  /** A function call is not answered. */
  isWorking(): boolean;
  /** Makes an agent's instructions, so that what fails does so before anything is changed. */
  prepare(agent: string): Eventually<string>;
  /** Sends the engine the agent's session. @throws Error when it cannot be sent */
  switchTo(agent: string, instructions: string): void;
  /** Sends the last session again as it was. */
  resendSession(): void;
  /** Silences an agent that still speaks; the desk wants it so. */
  cutSpeech(): void;
  cancelResponse(): void;
  requestResponse(): void;
  /** Takes from the engine what the next agent is not to see, and gives it what it is. */
  carry(route: Route, functionCallId: string): void;
  /** Asks people at the end of an edge to take the caller. */
  bringInPeople(edge: Edge, request: TransferRequest): Promise<ToolAnswer>;
  /** A handoff took place. */
  arrived(hop: CountedHop, request: TransferRequest): void;
  end(reason: CallEndReason, detail: string): void;
  changed(): void;
}

/** One call's handoffs: the controller's state and what runs its effects. */
export interface Handoffs {
  /** Who has the call. */
  active(): string;
  /** True from a request to the engine's acknowledgement. */
  isSwitching(): boolean;
  /** Whether the agent no longer has the caller, or is about to have them no longer. */
  isGone(agent: string): boolean;
  /** True while the next agent owes its opening turn. */
  owesOpening(): boolean;
  move(event: HandoffEvent): void;
  responseBegan(responseId: string): void;
  /** Who spoke in a response. */
  agentOf(responseId: string): string;
  /** Silence before this, monotonic, is none of a handoff's that nobody in the call asked for. */
  askedMs(): number;
  /** The first or any later audio of a response reaches the caller's leg after so much silence. */
  audio(responseId: string, silenceMs: number): void;
  /** All function calls of a response are answered: asks the engine to go on. */
  respond(): void;
  /**
   * Hands the caller over, if limits and gates agree. At once, where nothing is to be waited for: the
   * next agent's session is then on its way before anything else happens. Never rejects.
   */
  transfer(route: Route, request: TransferRequest): Eventually<TransferOutcome>;
  readonly hops: readonly CountedHop[];
  /** Waits for nothing any more. */
  close(): void;
}

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

/** One timer, for whatever the call waits for in its phase. */
function createPhaseTimer(
  clock: Clock,
  limits: Pick<DeskLimits, 'sessionTimeoutMs' | 'openingTimeoutMs'>,
): { follow(state: HandoffState, overdue: () => void): void; stop(): void } {
  let key = '';
  let cancel = (): void => undefined;
  return {
    follow(state, overdue) {
      const next = waitOf(state);
      if (next === key) return;
      key = next;
      cancel();
      if (next === '') return;
      const delayMs =
        state.phase === 'switching' ? limits.sessionTimeoutMs : limits.openingTimeoutMs;
      cancel = clock.setTimer(delayMs, overdue);
    },
    stop: () => cancel(),
  };
}

/** Names what is being waited for; empty when nothing is. */
function waitOf(state: HandoffState): string {
  if (state.phase === 'switching') return state.update ? `session ${state.update.eventId}` : '';
  if (state.phase !== 'opening') return '';
  return `opening ${state.opening.transfer.functionCallId} ${state.opening.wait}`;
}
