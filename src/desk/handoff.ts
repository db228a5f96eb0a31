import type { z } from 'zod';
import type { CallContext } from './call-context.ts';
import type { Gate } from './gate.ts';

/**
 * How much of the conversation the next agent gets to see.
 * - `all`: everything.
 * - `{ lastTurns: n }`: the caller's last n turns and what was said and done from the first of them on.
 * - `summary`: a short account in place of it.
 * - `packet`: nothing but the packet.
 */
export type ContextRule = 'all' | 'summary' | 'packet' | { readonly lastTurns: number };

/** What an edge carries: an object of fields that the model fills in. */
export type PacketSchema = z.ZodObject<Readonly<Record<string, z.ZodType>>>;

/** An edge: one agent may hand the caller to another, or to people. */
export interface Handoff<Name extends string = string> {
  readonly to: Name;
  /** When to hand over along this edge. @default the target's `handoffDescription` */
  readonly description?: string;
  /** @default `transfer_to_<to>` */
  readonly toolName?: string;
  /** @default an object with `reason` */
  readonly packet?: PacketSchema;
  /** @default 'all' */
  readonly context?: ContextRule;
  /** Asked after the desk's own gates, in order; the first refusal counts. */
  readonly gates?: readonly Gate[];
  /** Runs once all gates are open, before the next agent has the call. A throw refuses the handoff. */
  readonly onHandoff?: (
    packet: Readonly<Record<string, unknown>>,
    call: CallContext,
  ) => void | Promise<void>;
}
