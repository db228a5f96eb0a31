import type { Clock } from '../lib/index.ts';

/** Why a token opens nothing. */
export type TokenRefusal = 'missing' | 'unknown' | 'expired' | 'of_another_call';

/** Tokens that each open one stream of one call, once. */
export interface OneTimeTokens {
  /** A call's token: the same one, with new time, until it is used or expires. */
  give(carrierCallId: string): string;
  /** Uses a token up. One shown for another call stays good for its own. */
  use(token: string | null, carrierCallId: string): TokenRefusal | null;
  /** The call's token is good no more. */
  forget(carrierCallId: string): void;
}

/**
 * @param options.newToken must be beyond guessing
 * @param options.expireMs how long a token is good
 */
export function createOneTimeTokens(options: {
  readonly clock: Clock;
  readonly newToken: () => string;
  readonly expireMs: number;
}): OneTimeTokens {
  const { clock, newToken, expireMs } = options;
  const calls = new Map<string, { readonly carrierCallId: string; readonly untilMs: number }>();
  const tokens = new Map<string, string>();

  function forget(carrierCallId: string): void {
    const token = tokens.get(carrierCallId);
    if (token !== undefined) calls.delete(token);
    tokens.delete(carrierCallId);
  }

  return {
    give(carrierCallId) {
      // Nobody knows which of two answers to a repeated request arrived, so both must be good.
      const nowMs = clock.monotonicMs();
      const given = tokens.get(carrierCallId);
      const known = given === undefined ? undefined : calls.get(given);
      const token = given !== undefined && known && nowMs < known.untilMs ? given : newToken();
      if (token !== given) forget(carrierCallId);
      tokens.set(carrierCallId, token);
      calls.set(token, { carrierCallId, untilMs: nowMs + expireMs });
      return token;
    },
    use(token, carrierCallId) {
      if (token === null) return 'missing';
      const known = calls.get(token);
      if (!known) return 'unknown';
      if (known.carrierCallId !== carrierCallId) return 'of_another_call';
      forget(carrierCallId);
      return clock.monotonicMs() < known.untilMs ? null : 'expired';
    },
    forget,
  };
}
