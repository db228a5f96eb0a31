import type { Clock } from '../../lib/index.ts';

/**
 * What the caller is hearing of what was spoken to them. An engine makes speech faster than it is
 * played and is not told what was: a client is taken to play on at once, without a gap.
 */
export interface Playback {
  /** So much more speech has left. */
  add(ms: number): void;
  /** What was not played yet never will be. */
  cut(): void;
  /** How much is still to be played; 0 when all was heard. */
  unheardMs(): number;
}

/** @returns a playback in which nothing is playing. */
export function createPlayback(clock: Clock): Playback {
  let untilMs = 0;
  return {
    add(ms) {
      untilMs = Math.max(untilMs, clock.monotonicMs()) + ms;
    },
    cut() {
      untilMs = 0;
    },
    unheardMs: () => Math.max(0, untilMs - clock.monotonicMs()),
  };
}
