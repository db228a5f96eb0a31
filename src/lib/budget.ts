import type { Clock } from './clock.ts';

/** A token bucket: `burst` at once, `perSecond` for ever. */
export interface Budget {
  /** Takes all of it, or nothing. */
  spend(amount: number): boolean;
  /** Takes as much of it as there is. @returns how much that was */
  spendUpTo(amount: number): number;
}

/** @returns a full budget. */
export function createBudget(options: {
  readonly clock: Clock;
  readonly perSecond: number;
  readonly burst: number;
}): Budget {
  const { clock, perSecond, burst } = options;
  let level = burst;
  let atMs = clock.monotonicMs();
  const refill = (): void => {
    const nowMs = clock.monotonicMs();
    level = Math.min(burst, level + ((nowMs - atMs) / 1000) * perSecond);
    atMs = nowMs;
  };
  return {
    spend(amount) {
      refill();
      if (amount > level) return false;
      level -= amount;
      return true;
    },
    spendUpTo(amount) {
      refill();
      const spent = Math.max(0, Math.min(level, amount));
      level -= spent;
      return spent;
    },
  };
}
