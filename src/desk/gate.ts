import type { CallStateStore, Customer } from './call-context.ts';

/** Who asked for a handoff: the model, the way back, a tool of the desk, the API, or a person. */
export type HandoffBy = 'agent' | 'return' | 'tool' | 'api' | 'person';

/** A handoff that took place. */
export interface Hop {
  readonly from: string;
  readonly to: string;
  readonly by: HandoffBy;
  /** Milliseconds since the call began, monotonic. */
  readonly atMs: number;
}

/** A handoff that a gate refused. */
export interface Refusal {
  readonly from: string;
  readonly to: string;
  readonly code: string;
  /** Milliseconds since the call began, monotonic. */
  readonly atMs: number;
}

/** What a gate may know of the call. */
export interface GateCall {
  readonly callId: string;
  readonly desk: string;
  /** IANA zone of the desk. */
  readonly timeZone: string;
  /** Wall clock, milliseconds since the epoch. */
  nowMs(): number;
  /** Milliseconds since the call began, monotonic. */
  elapsedMs(): number;
  customer(): Customer | null;
  readonly callerNumber: string | null;
  /** What the caller keyed in last; null until then. */
  keyed(): string | null;
  readonly state: CallStateStore;
  /** Oldest first. */
  readonly hops: readonly Hop[];
  /** Oldest first. */
  readonly refusals: readonly Refusal[];
  /** The caller's turns so far. */
  readonly callerTurns: number;
}

/** What a gate is asked. */
export interface GateRequest {
  readonly from: string;
  readonly to: string;
  readonly by: HandoffBy;
  /** What the edge carries, checked against its schema. Values in it come from the conversation: untrusted. */
  readonly packet: Readonly<Record<string, unknown>>;
  readonly call: GateCall;
  /** Aborts at the deadline and at the end of the call. */
  readonly signal: AbortSignal;
}

/** Stable code of a refusal, for the trail, and a sentence the agent may say. */
export type GateDecision =
  { readonly allow: true } | { readonly allow: false; readonly code: string; readonly say: string };

/** Code that decides about a handoff. An error or a missed deadline refuses (`gate_failed`, `gate_timeout`). */
export interface Gate {
  /** For the trail and for findings, e.g. `business_hours`. */
  readonly name: string;
  canHandoff(request: GateRequest): GateDecision | Promise<GateDecision>;
  /** Why no call could ever pass, e.g. hours that hold no minute; null when some could. */
  readonly neverOpens?: () => string | null;
  /** Fields of the packet without which it refuses: an edge with this gate must carry them. */
  readonly needs?: readonly string[];
  /** It lets nobody through who has not proved who they are. @default false */
  readonly needsCustomer?: boolean;
  /** What is wrong with how it was made, such as a time of day that does not exist. */
  readonly faults?: () => readonly string[];
}

/** The handoff may go on to the next gate, or through. */
export const allow: GateDecision = { allow: true };

/**
 * The handoff may not be.
 *
 * @param code stable, lower case with underscores; on the trail and in metrics
 * @param say a sentence for the caller's ears
 */
export function refuse(code: string, say: string): GateDecision {
  return { allow: false, code, say };
}
