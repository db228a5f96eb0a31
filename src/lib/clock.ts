/** Time as the rest of the code sees it, so that tests can hold it still. */
export interface Clock {
  /** Wall clock, milliseconds since the epoch. For records only, never for durations. */
  nowMs(): number;
  /** Monotonic milliseconds from an arbitrary start. For durations and deadlines. */
  monotonicMs(): number;
  /** Runs `task` once after `delayMs`; the returned function cancels it. */
  setTimer(delayMs: number, task: () => void): () => void;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  setTimer(delayMs, task) {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};

/** A clock that moves only when a test says so. */
export interface ManualClock extends Clock {
  /** Moves time forward, running due timers in order. */
  advance(byMs: number): void;
}

/** @returns a clock that starts at `startMs` (epoch milliseconds) and stands still until advanced. */
export function manualClock(startMs = Date.UTC(2026, 10, 23, 9, 0, 0)): ManualClock {
  let elapsedMs = 0;
  let timers: { readonly dueMs: number; readonly task: () => void }[] = [];
  return {
    nowMs: () => startMs + elapsedMs,
    monotonicMs: () => elapsedMs,
    setTimer(delayMs, task) {
      const timer = { dueMs: elapsedMs + delayMs, task };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    advance(byMs) {
      const untilMs = elapsedMs + byMs;
      for (;;) {
        const next = timers
          .filter((timer) => timer.dueMs <= untilMs)
          .sort((a, b) => a.dueMs - b.dueMs)[0];
        if (!next) break;
        timers = timers.filter((other) => other !== next);
        elapsedMs = Math.max(elapsedMs, next.dueMs);
        next.task();
      }
      elapsedMs = untilMs;
    },
  };
}
