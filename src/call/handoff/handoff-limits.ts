import type { DeskLimits, Hop, RefusalCode } from '../../desk/index.ts';
import type { Verdict } from './gate-keeper.ts';

/** A handoff that took place, with the number of turns the caller had had by then. */
export interface CountedHop extends Hop {
  readonly callerTurns: number;
}

/** What limits look at. */
export interface LimitedRequest {
  readonly from: string;
  readonly to: string;
  /** Milliseconds since the call began, monotonic. */
  readonly atMs: number;
  /** The caller's turns so far. */
  readonly callerTurns: number;
  /** Oldest first. */
  readonly hops: readonly CountedHop[];
}

type Limits = Pick<DeskLimits, 'maxHops' | 'hopsPerTurn' | 'edgeCooldownMs'>;

/** What a desk bounds of handoffs, whatever its gates say. Pure. */
export function withinLimits(limits: Limits, request: LimitedRequest): Verdict {
  const { from, to, atMs, callerTurns, hops } = request;
  if (hops.length >= limits.maxHops) {
    return no('hop_budget', 'You have been passed on enough. Let me help you here.');
  }
  const thisTurn = hops.filter((hop) => hop.callerTurns === callerTurns).length;
  if (thisTurn >= limits.hopsPerTurn) {
    return no('hops_per_turn', 'Let me first hear from you what you need.');
  }
  const last = hops.findLast((hop) => hop.from === from && hop.to === to);
  if (last && atMs - last.atMs < limits.edgeCooldownMs) {
    return no('edge_cooldown', 'You have only just come from there. Let me help you here.');
  }
  return { allow: true };
}

function no(code: RefusalCode, say: string): Verdict {
  return { allow: false, gate: code, code, say };
}
