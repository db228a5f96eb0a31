import type { AudioPiece } from '../audio/index.ts';
import type { Clock, Log } from '../lib/index.ts';

/** Longest wait for a mark after its audio must have been played: then the clock is believed. */
const defaultOverdueMs = 3_000;

/**
 * While speech is sent, a mark goes out this often. An engine speaks several times as fast as it is
 * heard, so that this is a mark for some half a second; each is a message there and one back.
 */
const markEveryMs = 100;

/** What a carrier that buffers for itself has played, known from the marks it returns. */
export interface MarkedPlayout extends Disposable {
  /** Sends audio at once, and a mark behind it soon. */
  play(piece: { readonly itemId: string; readonly audio: AudioPiece }): void;
  /** Drops what the carrier has not played. */
  clear(): void;
  /** The carrier returned a mark. One that nobody waits for is ignored. */
  marked(name: string): void;
  /** Heard of an item, in milliseconds: by the marks that came back, and what follows by the clock. */
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
  readonly ms: number;
  /** The mark behind it; null: none, or not yet. */
  mark: string | null;
}

/**
 * A carrier plays one piece after the other and says so at each mark, so what follows the last mark that
 * came back is being heard, from when it came. It counts as heard no further than to the next mark: what
 * was sent on is not heard until the marks say so, also when the carrier stalls.
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
  /** Null: the last piece has its mark. */
  let cancelMark: (() => void) | null = null;
  const wholeMs = new Map<string, number>();

  const add = (itemId: string, ms: number): void =>
    void wholeMs.set(itemId, (wholeMs.get(itemId) ?? 0) + ms);
  /** What is being heard: to the next mark, or to the end while there is none. */
  function underWay(): readonly Sent[] {
    const marked = queue.findIndex(({ mark }) => mark !== null);
    return marked < 0 ? queue : queue.slice(0, marked + 1);
  }
  /** Calls back with what was heard of each piece under way. */
  function eachHeard(tell: (itemId: string, ms: number) => void): void {
    let leftMs = clock.monotonicMs() - fromMs;
    for (const { itemId, ms } of underWay()) {
      if (leftMs <= 0) return;
      tell(itemId, Math.min(ms, leftMs));
      leftMs -= ms;
    }
  }

  function stopMarking(): void {
    cancelMark?.();
    cancelMark = null;
  }

  function sendMark(): void {
    stopMarking();
    const last = queue.at(-1);
    if (last?.mark !== null) return;
    count += 1;
    last.mark = count.toString(36);
    send.mark(last.mark);
    if (queue.findIndex((sent) => sent.mark !== null) === queue.length - 1) awaitMark();
  }

  /** Waits for the next mark that was sent. */
  function awaitMark(): void {
    cancelOverdue();
    const pieces = underWay();
    if (typeof pieces.at(-1)?.mark !== 'string') return; // it is awaited from when it is sent
    const dueMs = fromMs + pieces.reduce((sum, { ms }) => sum + ms, 0) - clock.monotonicMs();
    cancelOverdue = clock.setTimer(Math.max(0, dueMs) + overdueMs, () => {
      log.warn('a carrier returns no mark, the clock is believed');
      confirm(pieces.length);
    });
  }

  function next(): void {
    cancelOverdue();
    if (queue.length === 0) {
      for (const resolve of waiting.splice(0)) resolve();
      return;
    }
    fromMs = clock.monotonicMs();
    awaitMark();
  }

  function confirm(pieces: number): void {
    for (const { itemId, ms } of queue.splice(0, pieces)) add(itemId, ms);
    next();
  }

  return {
    play({ itemId, audio }) {
      const isFirst = queue.length === 0;
      queue.push({ itemId, ms: audio.ms, mark: null });
      send.audio(audio);
      if (isFirst) next();
      // The first at once: it tells soonest how far behind the carrier plays.
      if (isFirst) sendMark();
      else cancelMark ??= clock.setTimer(markEveryMs, sendMark);
    },
    clear() {
      if (queue.length === 0) return;
      eachHeard(add);
      queue = [];
      stopMarking();
      send.clear();
      next();
    },
    marked(name) {
      const at = queue.findIndex((sent) => sent.mark === name);
      if (at >= 0) confirm(at + 1); // a mark that got lost is made up for by the next
    },
    heardMs(itemId) {
      let heard = wholeMs.get(itemId) ?? 0;
      eachHeard((id, ms) => {
        if (id === itemId) heard += ms;
      });
      return heard;
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
      stopMarking();
      for (const resolve of waiting.splice(0)) resolve();
    },
  };
}
