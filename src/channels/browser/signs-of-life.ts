import type { Clock } from '../../lib/index.ts';
import type { PageConnection } from './page-connection.ts';

/** What is known of whether a page is still there. */
export interface SignsOfLife {
  /** Something came from the page. */
  came(): void;
  /** It was sound. */
  sound(): void;
  /** When anything came from the page last (monotonic). */
  lastMs(): number;
  /** When the page is believed to have been there last: what was sent later was not heard. */
  thereUntilMs(): number;
  /** Nothing has come for so long that the connection is taken for broken. */
  isGone(): boolean;
  /**
   * What comes now is silence put in where steady sound stopped coming. Who listens must not take it
   * for the end of a sentence: the caller may be cut off in the middle of it, and go on when they are back.
   */
  isHole(): boolean;
}

/**
 * A microphone is a sign of life every few milliseconds; without one there are few signs, and then it is
 * this long at most that a page is believed to be gone before its connection is.
 */
const goneUnnoticedMs = 2_000;
/** Sound that came this long before the last sign of life came steadily. */
const steadyWithinMs = 1_000;
/**
 * A connection from which nothing came for this long is taken for broken until something comes: one
 * with a microphone, and one without, of which the browser reports every few seconds.
 */
const brokenAfterMs = { steady: 2_500, sparse: 12_000 };
/** More than there is between two packets, also from a far end that sends few while it is silent. */
const holeMs = 450;

/** @returns the signs of a page that has just connected. */
export function createSignsOfLife(connection: PageConnection, clock: Clock): SignsOfLife {
  const connectedMs = clock.monotonicMs();
  let anyMs = connectedMs;
  let soundMs = 0;

  /** A connection that outlives the page fills what does not come, so it is asked what really came. */
  function last(): { readonly atMs: number; readonly isSteady: boolean } {
    const from = connection.lastFrom?.() ?? { anyMs, soundMs };
    const isSteady = from.soundMs > 0 && from.anyMs - from.soundMs <= steadyWithinMs;
    return { atMs: Math.max(from.anyMs, connectedMs), isSteady };
  }

  return {
    came() {
      anyMs = clock.monotonicMs();
    },
    sound() {
      soundMs = clock.monotonicMs();
    },
    lastMs: () => last().atMs,
    thereUntilMs() {
      const { atMs, isSteady } = last();
      return isSteady ? atMs : Math.max(atMs, clock.monotonicMs() - goneUnnoticedMs);
    },
    isGone() {
      const { atMs, isSteady } = last();
      const patienceMs = isSteady ? brokenAfterMs.steady : brokenAfterMs.sparse;
      return clock.monotonicMs() - atMs > patienceMs;
    },
    isHole() {
      const { atMs, isSteady } = last();
      return connection.lastFrom !== undefined && isSteady && clock.monotonicMs() - atMs > holeMs;
    },
  };
}
