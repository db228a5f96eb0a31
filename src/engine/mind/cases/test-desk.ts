import type { ToolSpec } from '../port.ts';

type Args = Readonly<Record<string, unknown>>;

/** What a canned tool may know of its call. */
export interface CannedCall {
  /** Counts an attempt: the answer that a verifying tool gives for who it found, or nobody. */
  claim(name: string | undefined): unknown;
}

/** A tool of a test desk with its canned work and what the runtime enforces around it. */
export interface CannedTool extends ToolSpec {
  readonly run: (args: Args, call: CannedCall) => unknown;
  /** Runs only for a caller who has proved who they are. */
  readonly verified?: boolean;
  readonly verifies?: boolean;
  /** The sentence to read back before it runs, or why it cannot be done. */
  readonly confirm?: (args: Args) => string | { readonly error: string };
}

/** A refused handover. */
export interface CannedRefusal {
  readonly say: string;
  readonly code: string;
}

/** People behind a transfer. */
export interface CannedQueue {
  readonly label: string;
  readonly handoffDescription: string;
  /** Why nobody takes the caller; null when somebody does. */
  readonly refusal: CannedRefusal | null;
}

/** An agent as test data. */
export interface CannedAgent {
  readonly handoffDescription: string;
  readonly instructions: string;
  readonly tools: readonly CannedTool[];
  /** Agents and queues of people. */
  readonly handoffs: readonly string[];
  readonly canEndCall?: boolean;
  readonly canReturn?: boolean;
  /** What transfers to it carry beside the reason, as JSON Schema properties. */
  readonly packet?: Readonly<Record<string, unknown>>;
}

/** A desk as test data, of the same shape as a real one. */
export interface TestDesk {
  readonly firstAgent: string;
  readonly greeting: string;
  readonly agents: Readonly<Record<string, CannedAgent>>;
  readonly people?: Readonly<Record<string, CannedQueue>>;
  /** Decides about handovers; `hops` are those that took place. */
  readonly gate?: (request: {
    readonly from: string;
    readonly to: string;
    readonly hops: readonly string[];
    readonly isVerified: boolean;
  }) => CannedRefusal | undefined;
}
