import {
  isOpen,
  labelOf,
  limitsOf,
  type Customer,
  type Desk,
  type Edge,
  type PeopleQueue,
} from '../../desk/index.ts';
import type { AudioConverter, AudioPiece } from '../../audio/index.ts';
import { messageOf, type Clock, type Log, type Spawn } from '../../lib/index.ts';
import type { CallEndReason, TrailFact } from '../../protocol/index.ts';
import type {
  CallServices,
  CallerLeg,
  Operators,
  PersonAnswer,
  PersonLine,
  PersonOffer,
} from '../ports.ts';
import { errorAnswer, sentences, type ToolAnswer } from '../tools/tool-answer.ts';
import { createBriefing } from './briefing.ts';
import {
  stepPerson,
  type Ask,
  type PersonEffect,
  type PersonEvent,
  type PersonRefusal,
  type PersonState,
} from './person.ts';
import { acceptedAnswer, refusalAnswer } from './refusal.ts';

const defaultAcceptWithinMs = 25_000;
/** A caller who waits hears from time to time that they are not forgotten. */
const holdEveryMs = 12_000;
/** The phrase waits for a caller who is speaking. */
const holdAgainMs = 1_000;
const defaultHoldPhrase = 'One moment please, I am seeing whether somebody is free.';
/** Longest wait for what an operator said last to have been heard. */
const lastWordsMs = 5_000;

/** The people of one call: not asked, asked, or there. */
export interface People {
  /**
   * Asks the edge's queue to take the caller; its gates have been asked before. Resolves once somebody
   * has the caller (`ok`, and the agent must say nothing), or nobody will. Never rejects.
   */
  bringIn(edge: Edge, request: PersonRequest): Promise<ToolAnswer>;
  /** Takes the caller's audio while no agent has them. False: it is the engine's. */
  hearCaller(audio: AudioPiece): boolean;
  /** True from when a person has the caller until an agent has them again: engines say nothing. */
  isAgentOff(): boolean;
  /** The queue whose operator has the caller; null while an agent has them. */
  queue(): string | null;
  /** Takes what goes onto the trail, for briefings. */
  observe(fact: TrailFact): void;
  /** The call is over. Idempotent. */
  end(): void;
}

/** A handoff to people that passed its gates. */
export interface PersonRequest {
  readonly functionCallId: string;
  readonly packet: Readonly<Record<string, unknown>>;
}

/** What people need of their call. */
export interface PeopleHost {
  readonly callId: string;
  readonly desk: Desk;
  readonly operators: CallServices['operators'];
  readonly clock: Clock;
  readonly log: Log;
  readonly spawn: Spawn;
  readonly leg: Pick<CallerLeg, 'play' | 'drained'>;
  /** Between the leg's audio and what operators hear and say. */
  readonly converter: AudioConverter;
  customer(): Customer | null;
  record(fact: TrailFact): void;
  /** Lets the caller hear a sentence without a turn of the agent. */
  say(text: string): void;
  /** The caller speaks, or is about to be answered. */
  callerHasFloor(): boolean;
  /** The engine stops speaking and forgets what it was hearing. */
  silence(): void;
  /** The agent speaks next; `note` tells it what happened meanwhile. */
  goOn(note: string): void;
  end(reason: CallEndReason): void;
  changed(): void;
}

/** A request that is not settled. */
interface Open {
  readonly queue: PeopleQueue;
  readonly offer: PersonOffer;
  readonly withdrawn: AbortController;
  readonly answer: PromiseWithResolvers<ToolAnswer>;
  stopTimers: () => void;
}

/** @returns the people of a call in which nobody was asked for yet. */
export function createPeople(host: PeopleHost): People {
  const { desk, clock, operators } = host;
  const briefing = createBriefing(desk);
  let state: PersonState = { phase: 'none' };
  let open: Open | null = null;
  let asks = 0;

  const step = (event: PersonEvent): void => {
    const next = stepPerson(state, event);
    state = next.state;
    for (const effect of next.effects) run(effect);
    host.changed();
  };
  const settle = (answer: ToolAnswer): void => {
    open?.stopTimers();
    open?.answer.resolve(answer);
    open = null;
  };
  function run(effect: PersonEffect): void {
    switch (effect.type) {
      case 'record':
        return host.record(effect.fact);
      case 'offer':
        return offer(effect.ask);
      case 'withdraw':
        open?.stopTimers();
        return open?.withdrawn.abort(new Error('The caller waits no more.'));
      case 'refuse': {
        const reason = { code: effect.code, nowMs: clock.nowMs() };
        return settle(refusalAnswer(desk, effect.ask, reason));
      }
      case 'connect':
        host.silence();
        settle(acceptedAnswer(desk, effect.ask));
        return watch(effect.ask, effect.line);
      case 'take_back':
        return host.goOn(
          `${labelOf(desk, effect.ask.queue)} has spoken with the caller and has left the line. The caller is back with you: go on with their matter. Do not greet again.`,
        );
      case 'end_call':
        return endCall(effect.reason);
      case 'hang_up':
        return effect.line.hangUp();
    }
  }
  function offer(ask: Ask): void {
    const asked = open;
    if (!asked || !operators) return; // a request is refused at once when there is nobody to ask
    asked.stopTimers = startTimers(ask, asked.queue);
    const play = (samples: Int16Array): void => {
      // What an operator says before they have the caller, or after, is not for the caller's ears.
      if (state.phase !== 'with_person' || state.ask.number !== ask.number) return;
      const audio = host.converter.toPiece(samples);
      host.leg.play({ itemId: `person_${ask.number}`, audio, isLive: true });
      host.changed();
    };
    host.spawn('offer a caller to people', async () => {
      const answer = await answerOf(operators, asked, play);
      step({ type: 'answered', ask, answer, nowMs: clock.monotonicMs() });
    });
  }
  async function answerOf(
    asked: Operators,
    { offer: offered, withdrawn }: Open,
    play: (samples: Int16Array) => void,
  ): Promise<PersonAnswer> {
    const { signal } = withdrawn;
    try {
      return await asked.offer(offered, { signal, play, heard: () => host.leg.drained() });
    } catch (thrown) {
      if (!signal.aborted) host.log.warn('people could not be asked', { error: messageOf(thrown) });
      return { accepted: false, code: 'nobody' };
    }
  }
  function startTimers(ask: Ask, queue: PeopleQueue): () => void {
    const expired = (): void => step({ type: 'expired', ask, nowMs: clock.monotonicMs() });
    const cancelDeadline = clock.setTimer(queue.acceptWithinMs ?? defaultAcceptWithinMs, expired);
    const hold = (): void => {
      const isSpeaking = host.callerHasFloor();
      if (!isSpeaking) host.say(queue.holdPhrase ?? defaultHoldPhrase);
      cancelHold = clock.setTimer(isSpeaking ? holdAgainMs : holdEveryMs, hold);
    };
    // Nothing is said to a caller whose wait is over before the sentence would be.
    let cancelHold = clock.setTimer(limitsOf(desk).fillerAfterMs, hold);
    return () => {
      cancelDeadline();
      cancelHold();
    };
  }
  function watch(ask: Ask, line: PersonLine): void {
    host.spawn('wait for an operator to leave', async () => {
      const left = await line.left.catch(() => ({ handBack: true }));
      step({ type: 'left', ask, ...left });
    });
  }
  function endCall(reason: 'person_ended' | 'referred'): void {
    host.spawn('let an operator’s last words be heard', async () => {
      const capped = Promise.withResolvers<null>();
      const cancel = clock.setTimer(lastWordsMs, () => capped.resolve(null));
      await Promise.race([host.leg.drained(), capped.promise]);
      cancel();
      host.end(reason);
    });
  }
  function refusalBefore({ hours }: PeopleQueue): PersonRefusal | null {
    if (hours && !isOpen(hours, desk.timeZone, clock.nowMs())) return 'out_of_hours';
    return operators ? null : 'nobody';
  }
  return {
    async bringIn(edge, { functionCallId, packet }) {
      const queue = desk.people?.[edge.to];
      asks += 1;
      const askedMs = clock.monotonicMs();
      const ask: Ask = { number: asks, queue: edge.to, from: edge.from, functionCallId, askedMs };
      if (!queue || state.phase !== 'none') {
        const reason = { code: 'declined', nowMs: clock.nowMs() } as const;
        return refusalAnswer(desk, ask, reason);
      }
      const customer = host.customer();
      const text = briefing.text({ customer, packet });
      const answer = Promise.withResolvers<ToolAnswer>();
      open = {
        queue,
        offer: {
          ...{ callId: host.callId, desk: desk.name, queue: edge.to },
          ...{
            skills: queue.skills ?? [],
            phones: queue.phones ?? [],
            packet,
            briefing: text,
            customer,
          },
        },
        withdrawn: new AbortController(),
        answer,
        stopTimers: () => undefined,
      };
      step({ type: 'asked', ask, packet, briefing: text, refusal: refusalBefore(queue) });
      return answer.promise;
    },
    hearCaller(audio) {
      if (state.phase === 'with_person') {
        state.line.hearCaller(host.converter.toSamples(audio));
      }
      return state.phase === 'with_person' || state.phase === 'over';
    },
    isAgentOff: () => state.phase === 'with_person' || state.phase === 'over',
    queue: () => (state.phase === 'with_person' ? state.ask.queue : null),
    observe: briefing.observe,
    end() {
      step({ type: 'call_over' });
      settle(errorAnswer(sentences.stopped));
    },
  };
}
