import { messageOf, withDeadline, type Spawn } from '../../lib/index.ts';
import {
  earsRateHz,
  type Recognizer,
  type Utterance,
  type UtteranceOptions,
} from '../ears/port.ts';

/** What became of a turn. */
export type TurnResult =
  | {
      readonly type: 'transcribed';
      readonly itemId: string;
      readonly text: string;
      readonly confidence: number;
      readonly durationMs: number;
    }
  | {
      readonly type: 'transcription_failed';
      readonly itemId: string;
      readonly message: string;
      readonly durationMs: number;
    };

/**
 * Turns on their way through a recogniser that takes one at a time. A turn that begins while the one
 * before is still being finished (or the recogniser is not ready) is kept, not lost.
 */
export interface TurnQueue extends Disposable {
  /** Use it from now on. */
  attach(recognizer: Recognizer): void;
  /** There will be no recogniser: turns fail, those waiting and those to come. */
  fail(message: string): void;
  begin(options?: UtteranceOptions): void;
  /** Audio of the turn that is open, 16 kHz. */
  push(samples: Int16Array): void;
  /** Length of the open turn; 0 when none is open. */
  openMs(): number;
  /** Ends the open turn; its result follows. */
  finish(itemId: string): void;
  /** Drops the open turn, if any. */
  cancel(): void;
}

/** Longest turn that is recognised; what comes after is dropped. */
export const maxTurnMs = 60_000;
/** Longest a recogniser may take to finish. */
const finishTimeoutMs = 10_000;

interface Turn {
  readonly options: UtteranceOptions;
  readonly waiting: Int16Array[];
  samples: number;
  utterance: Utterance | null;
  itemId: string | null;
}

const newTurn = (options: UtteranceOptions): Turn => ({
  ...{ options, waiting: [], samples: 0, utterance: null, itemId: null },
});

/** @returns an empty queue; results go to `report`. */
export function createTurnQueue(options: {
  readonly spawn: Spawn;
  readonly report: (result: TurnResult) => void;
}): TurnQueue {
  const { spawn, report } = options;
  let recognizer: Recognizer | null = null;
  let broken: string | null = null;
  /** Being finished, first one at the recogniser. */
  let closing: readonly Turn[] = [];
  let open: Turn | null = null;
  let disposed = false;

  /** Gives the recogniser the next turn, as soon as it is free. */
  function advance(): void {
    const turn = closing[0] ?? open;
    if (broken !== null && turn && turn === closing[0]) {
      settle(turn, { message: broken });
      return;
    }
    if (!turn || turn.utterance || !recognizer || disposed) return;
    try {
      turn.utterance = recognizer.begin(turn.options);
      for (const samples of turn.waiting.splice(0)) turn.utterance.push(samples);
    } catch (thrown) {
      if (turn === open) open = null;
      else settle(turn, { message: messageOf(thrown) });
      return;
    }
    if (turn.itemId !== null) conclude(turn, turn.utterance);
  }

  function conclude(turn: Turn, utterance: Utterance): void {
    spawn('finish a turn', async () => {
      try {
        const { text, confidence } = await withDeadline(() => utterance.finish(), {
          timeoutMs: finishTimeoutMs,
          onTimeout: () => new Error('the recogniser took too long'),
        });
        settle(turn, { text, confidence });
      } catch (thrown) {
        utterance.cancel();
        settle(turn, { message: messageOf(thrown) });
      }
    });
  }

  function settle(
    turn: Turn,
    outcome: { readonly text: string; readonly confidence: number } | { readonly message: string },
  ): void {
    closing = closing.filter((other) => other !== turn);
    const { itemId } = turn;
    if (itemId !== null && !disposed) {
      const durationMs = Math.round((turn.samples * 1_000) / earsRateHz);
      report(
        'message' in outcome
          ? { type: 'transcription_failed', itemId, durationMs, ...outcome }
          : { type: 'transcribed', itemId, durationMs, ...outcome },
      );
    }
    advance();
  }

  return {
    attach(ready) {
      recognizer = ready;
      broken = null;
      advance();
    },
    fail(message) {
      broken = message;
      advance();
    },
    begin(options = {}) {
      this.cancel();
      open = newTurn(options);
      advance();
    },
    push(samples) {
      if (!open || open.samples * 1_000 > maxTurnMs * earsRateHz) return;
      open.samples += samples.length;
      if (open.utterance) open.utterance.push(samples);
      else open.waiting.push(samples);
    },
    openMs: () => (open ? (open.samples * 1_000) / earsRateHz : 0),
    finish(itemId) {
      const turn = open ?? newTurn({});
      open = null;
      turn.itemId = itemId;
      closing = [...closing, turn];
      if (turn.utterance) conclude(turn, turn.utterance);
      else advance();
    },
    cancel() {
      open?.utterance?.cancel();
      open = null;
    },
    [Symbol.dispose]() {
      disposed = true;
      for (const turn of closing) turn.utterance?.cancel();
      this.cancel();
    },
  };
}
