import type { Clock } from '../../lib/index.ts';

/** Says whether something may still pass; what does not must be dropped. */
export type Allowance = (amount: number) => boolean;

/**
 * A token bucket: lets `burst` through at once and `perSecond` for ever.
 * Real-time audio always passes; a client that floods is cut down to the same rate.
 */
export function createAllowance(options: {
  readonly clock: Clock;
  readonly perSecond: number;
  readonly burst: number;
}): Allowance {
  const { clock, perSecond, burst } = options;
  let level = burst;
  let atMs = clock.monotonicMs();
  return (amount) => {
    const nowMs = clock.monotonicMs();
    level = Math.min(burst, level + ((nowMs - atMs) / 1000) * perSecond);
    atMs = nowMs;
    if (amount > level) return false;
    level -= amount;
    return true;
  };
}
