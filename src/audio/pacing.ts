import type { Clock } from '../lib/index.ts';

/** The rate and frame that every leg plays at. */
export const playoutRateHz = 24_000;
/** One frame: 20 ms. */
export const frameSamples = 480;
const frameMs = 20;
const samplesPerMs = playoutRateHz / 1_000;

/** Plays queued audio to one caller in real time and knows what has been heard. */
export interface Playout extends Disposable {
  /** Queues audio behind what is queued already. An empty piece is ignored. */
  play(audio: { readonly itemId: string; readonly samples: Int16Array }): void;
  /**
   * Stops at once and drops the queue. Frames sent ahead of time count as unheard: the owner tells
   * the far end to throw them away.
   */
  clear(): void;
  /** How much of an item's audio has been heard, in milliseconds. 0 for an unknown item. */
  heardMs(itemId: string): number;
  /** True while audio is queued or being heard. */
  isPlaying(): boolean;
  /** Resolves when everything queued so far has been heard or cleared. */
  drained(): Promise<void>;
}

/** What a {@link Playout} needs from its leg. */
export interface PlayoutOptions {
  readonly clock: Clock;
  /** Takes one frame of 480 samples, its own from then on. Must not throw. */
  readonly send: (frame: Int16Array) => void;
  /**
   * How far ahead of being heard a frame is sent: what the far end can buffer against network jitter.
   * @default 0
   */
  readonly leadMs?: number;
  /**
   * How long after its first frame could be sent a stretch begins to be heard. As much as `leadMs` where
   * the far end holds audio back by itself: then nothing is sent in a burst. @default 0
   */
  readonly startDelayMs?: number;
  /**
   * How late a frame may be heard before the time base moves instead of catching up.
   * Bounds a burst to `leadMs + catchUpMs`. @default 100
   */
  readonly catchUpMs?: number;
}

interface Piece {
  readonly itemId: string;
  readonly samples: Int16Array;
}

/** A stretch of sent audio of one item, and when its first sample is heard (monotonic time). */
interface Sent {
  readonly itemId: string;
  readonly fromMs: number;
  readonly samples: number;
}

/**
 * A playout on a fixed time base: frame k is heard at `t0 + k · 20 ms` and sent `leadMs` earlier.
 *
 * Timers fire late; the frames then due go out together, so the stream never drifts. Only a stall
 * beyond `catchUpMs` moves `t0`, because what the far end ran out of it has already played as a gap.
 * A timer exists only while there is something to send or hear.
 */
export function createPlayout(options: PlayoutOptions): Playout {
  const { clock, send, leadMs = 0, startDelayMs = 0, catchUpMs = 100 } = options;
  const queue: Piece[] = [];
  let headSamples = 0; // of queue[0], already sent
  let sent: Sent[] = [];
  const heardSamples = new Map<string, number>();
  let base: { t0Ms: number; k: number } | undefined;
  let cancelTimer: (() => void) | undefined;
  let queuedTotal = 0;
  let doneTotal = 0; // heard or cleared
  let waiters: { readonly through: number; readonly resolve: () => void }[] = [];

  /** When the next frame would be heard without a gap. */
  const nextFrameMs = (current: { t0Ms: number; k: number }): number =>
    current.t0Ms + current.k * frameMs;

  function account(itemId: string, samples: number): void {
    heardSamples.set(itemId, (heardSamples.get(itemId) ?? 0) + samples);
  }

  /** Moves what has been heard in full out of `sent`, and wakes whoever waited for it. */
  function settle(nowMs: number): void {
    while (sent[0] && sent[0].fromMs + sent[0].samples / samplesPerMs <= nowMs + 1e-6) {
      account(sent[0].itemId, sent[0].samples);
      doneTotal += sent[0].samples;
      sent.shift();
    }
    const ready = waiters.filter((waiter) => waiter.through <= doneTotal);
    waiters = waiters.filter((waiter) => waiter.through > doneTotal);
    for (const waiter of ready) waiter.resolve();
  }

  function sendFrame(heardFromMs: number): void {
    const frame = new Int16Array(frameSamples);
    let filled = 0;
    for (let head = queue[0]; head && filled < frameSamples; head = queue[0]) {
      const part = head.samples.subarray(headSamples, headSamples + frameSamples - filled);
      frame.set(part, filled);
      const fromMs = heardFromMs + filled / samplesPerMs;
      sent.push({ itemId: head.itemId, fromMs, samples: part.length });
      filled += part.length;
      headSamples += part.length;
      if (headSamples >= head.samples.length) {
        queue.shift();
        headSamples = 0;
      }
    }
    send(frame);
  }

  function run(): void {
    cancelTimer?.();
    cancelTimer = undefined;
    const nowMs = clock.monotonicMs();
    settle(nowMs);
    base ??= { t0Ms: nowMs + startDelayMs, k: 0 };
    if (queue.length > 0 && nowMs - nextFrameMs(base) > catchUpMs) {
      base = { t0Ms: nowMs + startDelayMs, k: 0 };
    }
    // `base` is looked at anew each time, because `send` may call clear().
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- for that reason
    while (base && queue.length > 0 && nextFrameMs(base) - leadMs <= nowMs + 1e-6) {
      const heardFromMs = nextFrameMs(base);
      base.k += 1;
      sendFrame(heardFromMs);
    }
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- `send` may have called clear()
    if (!base) return;
    const endMs = nextFrameMs(base);
    if (queue.length > 0) wakeAt(endMs - leadMs);
    else if (sent.length > 0) wakeAt(endMs);
    else base = undefined;
  }

  function wakeAt(atMs: number): void {
    cancelTimer?.(); // `send` may have called play(), which has set one already
    cancelTimer = clock.setTimer(Math.max(0, atMs - clock.monotonicMs()), run);
  }

  function clear(): void {
    cancelTimer?.();
    cancelTimer = undefined;
    const nowMs = clock.monotonicMs();
    for (const piece of sent) {
      const samples = Math.floor((nowMs - piece.fromMs) * samplesPerMs);
      if (samples > 0) account(piece.itemId, Math.min(piece.samples, samples));
    }
    sent = [];
    queue.length = 0;
    headSamples = 0;
    base = undefined;
    doneTotal = queuedTotal;
    settle(nowMs);
  }

  return {
    play({ itemId, samples }) {
      if (samples.length === 0) return;
      const idle = queue.length === 0;
      queue.push({ itemId, samples });
      queuedTotal += samples.length;
      if (!idle) return;
      // After a pause that was heard as such, the new audio starts now, not in the past.
      if (base && nextFrameMs(base) < clock.monotonicMs()) base = undefined;
      run();
    },
    clear,
    heardMs(itemId) {
      const nowMs = clock.monotonicMs();
      let samples = heardSamples.get(itemId) ?? 0;
      for (const piece of sent) {
        if (piece.itemId !== itemId) continue;
        const soFar = Math.max(0, (nowMs - piece.fromMs) * samplesPerMs);
        samples += Math.min(piece.samples, soFar);
      }
      return samples / samplesPerMs;
    },
    isPlaying() {
      settle(clock.monotonicMs());
      return queue.length > 0 || sent.length > 0;
    },
    drained() {
      const through = queuedTotal;
      settle(clock.monotonicMs());
      if (doneTotal >= through) return Promise.resolve();
      return new Promise((resolve) => waiters.push({ through, resolve }));
    },
    [Symbol.dispose]: clear,
  };
}
