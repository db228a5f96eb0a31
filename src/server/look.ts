import { messageOf, withDeadline, type Clock } from '../lib/index.ts';

/** Whether a part that is up also works, found out when someone asks. */
export interface Look {
  /** What keeps it from working, in one sentence; null when nothing does. Never rejects. */
  see(): Promise<string | null>;
  /** What was seen is no longer believed, because something failed since. */
  forget(): void;
}

/** How a part is looked at. */
export interface LookOptions {
  readonly clock: Clock;
  /** Resolves when the part works, rejects with why it does not. Ended by the signal. */
  readonly check: (signal: AbortSignal) => Promise<void>;
  /** A look that takes longer says that the part does not answer. */
  readonly timeoutMs: number;
  /** How long a good result is believed. A bad one is believed for a second. */
  readonly freshMs: number;
}

const badNewsFreshMs = 1_000;

/**
 * Looks at a part, once for everyone who asks at the same moment, so that a thousand questions cost
 * what one does.
 */
export function lookAt({ clock, check, timeoutMs, freshMs }: LookOptions): Look {
  let seen: { readonly reason: string | null; readonly untilMs: number } | null = null;
  let looking: Promise<string | null> | null = null;

  async function look(): Promise<string | null> {
    const onTimeout = (): Error => new Error(`It does not answer within ${timeoutMs} ms.`);
    const reason = await withDeadline(check, { timeoutMs, onTimeout }).then(
      () => null,
      (thrown: unknown) => messageOf(thrown),
    );
    const keepMs = reason === null ? freshMs : badNewsFreshMs;
    seen = { reason, untilMs: clock.monotonicMs() + keepMs };
    looking = null;
    return reason;
  }
  return {
    async see() {
      if (seen && clock.monotonicMs() < seen.untilMs) return seen.reason;
      return (looking ??= look());
    },
    forget() {
      seen = null;
    },
  };
}
