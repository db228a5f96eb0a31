import type { Clock } from '../../lib/index.ts';
import type { CallServerMessage } from '../../protocol/index.ts';

/** Follows who has the floor in a call, as `status` messages tell it. */
export interface TurnTaking {
  /** Feeds a message from the server. */
  follow(message: CallServerMessage): void;
  /** The caller's turn begins: from now on an answer is expected. */
  callerBegins(): void;
  /** The caller has said everything; an answer that is under way already counts. */
  callerEnds(): void;
  /**
   * Resolves when the agent has answered the latest turn and has been quiet for `quietMs` since.
   * Also resolves, with false, when no answer has begun after `patienceMs`, or when one takes over
   * a minute.
   */
  answered(options: { readonly quietMs: number; readonly patienceMs: number }): Promise<boolean>;
  /** Resolves `afterMs` into the agent's next speech; at once when it speaks for longer already. */
  speakingFor(afterMs: number): Promise<void>;
}

const longestAnswerMs = 60_000;

/** @returns a follower that takes the call's opening as a turn to be answered: by the greeting. */
export function createTurnTaking(clock: Clock): TurnTaking {
  let agent: 'listening' | 'thinking' | 'speaking' = 'listening';
  let callerSpeaks = false;
  let answerBegun = false;
  let sinceMs = clock.monotonicMs(); // of the present floor
  let waiters: (() => void)[] = [];

  function changed(): void {
    sinceMs = clock.monotonicMs();
    wake();
  }

  function wake(): void {
    const woken = waiters;
    waiters = [];
    for (const waiter of woken) waiter();
  }

  /** Resolves at the next change, or after `ms`. */
  function changeWithin(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = clock.setTimer(Math.max(0, ms), resolve);
      waiters.push(() => {
        cancel();
        resolve();
      });
    });
  }

  return {
    follow(message) {
      if (message.type === 'trail' && message.event.type === 'turn.agent') {
        answerBegun = true; // also one too short to be seen speaking
        wake();
        return;
      }
      if (message.type !== 'status') return;
      if (message.agent !== 'listening') answerBegun = true;
      const speaks = message.caller === 'speaking';
      if (message.agent === agent && speaks === callerSpeaks) return;
      agent = message.agent;
      callerSpeaks = speaks;
      changed();
    },
    callerBegins() {
      answerBegun = false;
      changed();
    },
    callerEnds() {
      answerBegun = agent !== 'listening';
      changed();
    },
    async answered({ quietMs, patienceMs }) {
      const beganMs = clock.monotonicMs();
      for (;;) {
        const nowMs = clock.monotonicMs();
        const quietForMs = agent === 'listening' && !callerSpeaks ? nowMs - sinceMs : 0;
        const waitedMs = nowMs - beganMs;
        if (answerBegun && agent === 'listening' && quietForMs >= quietMs) return true;
        if (waitedMs >= (answerBegun ? longestAnswerMs : patienceMs)) return false;
        await changeWithin(answerBegun ? Math.max(1, quietMs - quietForMs) : patienceMs - waitedMs);
      }
    },
    async speakingFor(afterMs) {
      for (;;) {
        const speakingForMs = agent === 'speaking' ? clock.monotonicMs() - sinceMs : -1;
        if (speakingForMs >= afterMs) return;
        await changeWithin(speakingForMs < 0 ? 60_000 : afterMs - speakingForMs);
      }
    },
  };
}
