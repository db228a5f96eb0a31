import type { CountedHop } from './handoff-limits.ts';

/** An agent the caller can be brought back to. */
export interface WayBack {
  readonly agent: string;
  /** What the caller wanted from that agent; empty when nobody said. */
  readonly wanted: string;
  /** Number of handoffs at the time the agent got the caller. */
  readonly since: number;
}

/** Whom the caller has had, in the order in which they can be gone back to. */
export interface ReturnStack {
  /** Who had the caller before the one who has them now. */
  last(): WayBack | null;
  /** A handoff took place; `wanted` is what the caller wants from the agent it led to. */
  arrived(hop: CountedHop, wanted: string): void;
}

/**
 * Works like the way back of a browser: each handoff adds the agent it left, going back removes the
 * last one, and who was gone back from cannot be gone forward to.
 *
 * @param wantedFirst what the caller wanted at first; asked for when it is needed
 */
export function createReturnStack(firstAgent: string, wantedFirst: () => string): ReturnStack {
  const stack: { agent: string; wanted: () => string; since: number }[] = [];
  let count = 0;
  let now: (typeof stack)[number] = { agent: firstAgent, wanted: wantedFirst, since: 0 };
  return {
    last() {
      const top = stack.at(-1);
      return top ? { ...top, wanted: top.wanted() } : null;
    },
    arrived({ to, by }, wanted) {
      count += 1;
      const back = by === 'return' ? stack.pop() : undefined;
      if (back) {
        now = back;
        return;
      }
      stack.push(now);
      now = { agent: to, wanted: () => wanted, since: count };
    },
  };
}
