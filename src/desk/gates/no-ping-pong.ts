import { allow, refuse, type Gate, type Hop } from '../gate.ts';

/** How much to and fro is too much. */
export interface NoPingPongOptions {
  /** An edge is not used again within this time of its last use. */
  readonly cooldownMs: number;
  /**
   * How often the same edge may be used again while the caller has been with nobody but these two.
   * A third agent in between means that their matter moved on. @default 1
   */
  readonly maxReturns?: number;
}

/** Refuses to send the caller to and fro between the same two, as agents do that each think it is for the other. */
export function noPingPong({ cooldownMs, maxReturns = 1 }: NoPingPongOptions): Gate {
  return {
    name: 'no_ping_pong',
    canHandoff({ from, to, call }) {
      const used = lastBetween(call.hops, from, to).filter((hop) => hop.to === to);
      const last = used.at(-1);
      const tooSoon = last !== undefined && call.elapsedMs() - last.atMs < cooldownMs;
      if (!tooSoon && used.length <= maxReturns) return allow;
      return refuse('ping_pong', 'They have just sent you to me. Let me see what I can do here.');
    },
    neverOpens: () =>
      maxReturns >= 0 ? null : `${maxReturns} returns let not even a first through`,
    faults: () => (cooldownMs >= 0 ? [] : [`the cooldown of ${cooldownMs} ms is no time`]),
  };
}

/** The end of the hops in which nobody but the two had the caller. */
function lastBetween(hops: readonly Hop[], one: string, other: string): readonly Hop[] {
  const among = (hop: Hop): boolean =>
    (hop.from === one && hop.to === other) || (hop.from === other && hop.to === one);
  return hops.slice(hops.findLastIndex((hop) => !among(hop)) + 1);
}
