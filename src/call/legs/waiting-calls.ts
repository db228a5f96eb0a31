import type { Clock } from '../../lib/index.ts';

/** A call whose caller may come back. */
export interface KeptCall<Held> {
  readonly held: Held;
  /**
   * A new token for the far end. Those before it stay good until {@link KeptCall.settle}, because
   * nobody knows whether the new one arrives.
   */
  newToken(): string;
  /** The far end has the newest token: those before it are void. */
  settle(): void;
  /** The way to the caller broke off: the time begins, unless it runs already. */
  away(): void;
  /** The caller is there again, or is about to be: the time stops. */
  back(): void;
  /** Nobody can come back to it any more. Idempotent. */
  release(): void;
}

/** Calls whose caller may come back, each by a token that is good for one return. */
export interface WaitingCalls<Held> {
  /**
   * @param lost called when the caller was away for `keepMs`; the call is released then. End it as
   *   `caller_lost`.
   */
  keep(held: Held, lost: () => void): KeptCall<Held>;
  /** The call that a token is for; undefined when the token is void. */
  find(token: string): KeptCall<Held> | undefined;
  /** Calls whose caller is away right now. */
  readonly awayCount: number;
}

/**
 * @param options.newToken must be beyond guessing
 * @param options.keepMs how long a caller may be away
 */
export function createWaitingCalls<Held>(options: {
  readonly clock: Clock;
  readonly newToken: () => string;
  readonly keepMs: number;
}): WaitingCalls<Held> {
  const { clock, keepMs } = options;
  const byToken = new Map<string, KeptCall<Held>>();
  let awayCount = 0;

  return {
    find: (token) => byToken.get(token),
    get awayCount() {
      return awayCount;
    },
    keep(held, lost) {
      let tokens: string[] = [];
      let cancel: (() => void) | null = null;
      let released = false;

      function stopTime(): void {
        if (!cancel) return;
        cancel();
        cancel = null;
        awayCount -= 1;
      }

      function forget(those: readonly string[]): void {
        for (const token of those) byToken.delete(token);
      }

      const call: KeptCall<Held> = {
        held,
        newToken() {
          const token = options.newToken();
          if (released) return token; // good for nothing
          tokens.push(token);
          byToken.set(token, call);
          // The far end has at most one that it was sent before and one that it did not get.
          forget(tokens.slice(0, -maxTokens));
          tokens = tokens.slice(-maxTokens);
          return token;
        },
        settle() {
          forget(tokens.slice(0, -1));
          tokens = tokens.slice(-1);
        },
        away() {
          if (cancel || released) return;
          awayCount += 1;
          cancel = clock.setTimer(keepMs, () => {
            call.release();
            lost();
          });
        },
        back: stopTime,
        release() {
          released = true;
          stopTime();
          forget(tokens);
          tokens = [];
        },
      };
      return call;
    },
  };
}

/** Tokens of one call that are good at the same time. */
const maxTokens = 4;
