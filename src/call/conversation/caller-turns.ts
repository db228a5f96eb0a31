import type { TrailFact } from '../../protocol/index.ts';
import type { CallerLeg } from '../ports.ts';
import type { Place, Timeline } from '../trail/trail-timeline.ts';

/** What the caller said, in the order in which they said it. */
export interface CallerTurns {
  callerCommitted(itemId: string): void;
  callerWords(itemId: string, text: string): void;
  /** Null: nothing could be understood. */
  callerTranscript(itemId: string, text: string | null): void;
  callerTyped(itemId: string, text: string): void;
  /** @param keyed.words what the agent is told. @param keyed.shown the keys as they may be kept */
  callerKeyed(itemId: string, keyed: { readonly words: string; readonly shown: string }): void;
  /** The caller's turns so far, understood or not. */
  callerTurns(): number;
}

/** What they need of their call. */
export interface CallerTurnsHost {
  readonly notify: CallerLeg['notify'];
  readonly timeline: Timeline;
  activeAgent(): string;
}

/** Longest wait for the words of a caller's turn before the trail goes on without them. */
const callerWordsDeadlineMs = 3_000;

/** A caller's turn whose words are not all known. */
interface CallerTurn {
  readonly itemId: string;
  /** Who was spoken to, even if another agent has the call by the time the words are known. */
  readonly agent: string;
  /** As it is shown. */
  text: string;
  /** Some of it was shown while the caller still spoke: a guess, which is no record. */
  isGuess: boolean;
  place: Place | null;
}

/** @returns the caller's side of a call in which they have said nothing. */
export function createCallerTurns({ notify, timeline, activeAgent }: CallerTurnsHost): CallerTurns {
  const callers = new Map<string, CallerTurn>();
  let count = 0;
  const factOf = ({ agent, itemId }: CallerTurn, text: string): TrailFact => ({
    type: 'turn.caller',
    agent,
    itemId,
    source: 'speech',
    text: text.trim(),
  });
  const turnOf = (itemId: string): CallerTurn => {
    const turn = callers.get(itemId) ?? {
      itemId,
      agent: activeAgent(),
      text: '',
      isGuess: false,
      place: null,
    };
    callers.set(itemId, turn);
    return turn;
  };
  const show = ({ itemId, agent }: CallerTurn, text: string): void =>
    notify({ type: 'caption', itemId, speaker: 'caller', agent, text });
  return {
    callerCommitted(itemId) {
      count += 1;
      const turn = turnOf(itemId);
      turn.place = timeline.reserve(callerWordsDeadlineMs, (final) =>
        final ? factOf(turn, turn.isGuess ? '' : turn.text) : null,
      );
    },
    callerWords(itemId, text) {
      const turn = turnOf(itemId);
      turn.text += text;
      turn.isGuess ||= turn.place === null;
      show(turn, turn.text);
    },
    callerTranscript(itemId, text) {
      const turn = turnOf(itemId);
      callers.delete(itemId);
      const words = text ?? (turn.isGuess ? '' : turn.text);
      if (words !== '') show(turn, words);
      const fact = factOf(turn, words);
      if (turn.place) turn.place.fill(fact);
      else timeline.add(fact);
    },
    callerTyped(itemId, text) {
      count += 1;
      timeline.add({ type: 'turn.caller', agent: activeAgent(), itemId, source: 'typed', text });
    },
    callerKeyed(itemId, { shown }) {
      count += 1;
      timeline.add({ type: 'caller.keyed', agent: activeAgent(), itemId, keys: shown });
    },
    callerTurns: () => count,
  };
}
