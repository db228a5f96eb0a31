import type { AudioPiece } from '../audio/index.ts';
import type { Clock, Log } from '../lib/index.ts';

/** Longest wait for a mark after its audio must have been played: then the clock is believed. */
const defaultOverdueMs = 3_000;

/** What a carrier that buffers for itself has played, known from the marks it returns. */
export interface MarkedPlayout extends Disposable {
  /** Sends audio at once, with a mark behind it. */
  play(piece: { readonly itemId: string; readonly audio: AudioPiece }): void;
  /** Drops what the carrier has not played. */
  clear(): void;
  /** The carrier returned a mark. One that nobody waits for is ignored. */
  marked(name: string): void;
  /** Heard of an item, in milliseconds: whole pieces by their marks, the one being played by the clock. */
  heardMs(itemId: string): number;
  /** True until the mark behind the last piece has come back. */
  isPlaying(): boolean;
  /** Resolves when everything sent so far has been played, or was dropped. */
  drained(): Promise<void>;
}

/** Where audio and its marks go. Must not throw, also when the carrier is gone. */
export interface MarkedSender {
  audio(audio: AudioPiece): void;
  mark(name: string): void;
  clear(): void;
}

interface Sent {
  readonly itemId: string;
  readonly mark: string;
  readonly ms: number;
}

/**
 * A carrier plays one piece after the other and says so at each mark, so the piece after the last mark
 * is the one being heard, from when that mark came. It counts as heard no further than to its end:
 * what was sent on is not heard until the marks say so, also when the carrier stalls.
 *
 * Marks that come back for audio which was dropped name nothing any more and change nothing.
 *
 * @param options.overdueMs how long a mark may be late. @default 3000
 */
export function createMarkedPlayout(options: {
  readonly clock: Clock;
  readonly log: Log;
  readonly send: MarkedSender;
  readonly overdueMs?: number;
}): MarkedPlayout {
  const { clock, log, send, overdueMs = defaultOverdueMs } = options;
  let queue: Sent[] = [];
  /** When the first of the queue began to be heard. */
  let fromMs = 0;
  let count = 0;
  const waiting: (() => void)[] = [];
  let cancelOverdue = (): void => undefined;
  const wholeMs = new Map<string, number>();

  const add = (itemId: string, ms: number): void =>
    void wholeMs.set(itemId, (wholeMs.get(itemId) ?? 0) + ms);
  const partMs = ({ ms }: Sent): number => Math.max(0, Math.min(ms, clock.monotonicMs() - fromMs));

  function next(): void {
    cancelOverdue();
    const first = queue[0];
    if (!first) {
      for (const resolve of waiting.splice(0)) resolve();
      return;
    }
    fromMs = clock.monotonicMs();
    cancelOverdue = clock.setTimer(first.ms + overdueMs, () => {
      log.warn('a carrier returns no mark, the clock is believed');
      confirm(1);
    });
  }

  function confirm(pieces: number): void {
    for (const { itemId, ms } of queue.splice(0, pieces)) add(itemId, ms);
    next();
  }

  return {
    play({ itemId, audio }) {
      count += 1;
      const mark = count.toString(36);
      queue.push({ itemId, mark, ms: audio.ms });
      send.audio(audio);
      send.mark(mark);
      if (queue.length === 1) next();
    },
    clear() {
      const first = queue[0];
      if (!first) return;
      add(first.itemId, partMs(first));
      queue = [];
      send.clear();
      next();
    },
    marked(name) {
      const at = queue.findIndex(({ mark }) => mark === name);
      if (at >= 0) confirm(at + 1); // a mark that got lost is made up for by the next
    },
    heardMs(itemId) {
      const first = queue[0];
      const whole = wholeMs.get(itemId) ?? 0;
      return first?.itemId === itemId ? whole + partMs(first) : whole;
    },
    isPlaying: () => queue.length > 0,
    drained: () =>
      new Promise((resolve) => {
        if (queue.length === 0) resolve();
        else waiting.push(resolve);
      }),
    [Symbol.dispose]() {
      cancelOverdue();
      queue = [];
      for (const resolve of waiting.splice(0)) resolve();
    },
  };
}
