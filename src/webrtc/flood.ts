/** Counts what a far end sends, in windows of one second. */
export interface FloodGuard {
  /** @returns false when this is more than anybody may send. */
  take(amount: { readonly bytes: number }, nowMs: number): boolean;
}

/** @param limit per second */
export function createFloodGuard(limit: {
  readonly items: number;
  readonly bytes: number;
}): FloodGuard {
  let windowMs = -Infinity;
  let items = 0;
  let bytes = 0;
  return {
    take(amount, nowMs) {
      if (nowMs - windowMs >= 1_000) {
        windowMs = nowMs;
        items = 0;
        bytes = 0;
      }
      items += 1;
      bytes += amount.bytes;
      return items <= limit.items && bytes <= limit.bytes;
    },
  };
}
