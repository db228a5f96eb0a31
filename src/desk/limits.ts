/** What a desk bounds, in code, whatever a model does. Every one has a default. */
export interface DeskLimits {
  /** Handoffs in one call. */
  readonly maxHops: number;
  /** One and the same edge is not used again within this time of its last use. */
  readonly edgeCooldownMs: number;
  /** Handoffs between two turns of the caller. */
  readonly hopsPerTurn: number;
  /** Longest all gates of one handoff may take together. */
  readonly gateTimeoutMs: number;
  /** From the request of a handoff to the next agent's first audio; longer raises an alarm. */
  readonly handoffBudgetMs: number;
  /** Longest wait for the engine to acknowledge the next agent, before it is asked once more. */
  readonly sessionTimeoutMs: number;
  /** Longest wait for the next agent's first audio, before it is asked once more. */
  readonly openingTimeoutMs: number;
  /** Longest a tool may run. */
  readonly toolTimeoutMs: number;
  /** The caller hears a phrase when a tool has run for this long. */
  readonly fillerAfterMs: number;
  /** Tool calls between two turns of the caller. */
  readonly toolCallsPerTurn: number;
  /** The same tool with the same arguments between two turns of the caller. */
  readonly sameCallPerTurn: number;
  /** Wrong attempts to prove who is calling, after which nothing more is compared. Counted across calls. */
  readonly maxFailedVerifications: number;
  /** How long a wrong attempt counts. */
  readonly verificationWindowMs: number;
  /** A caller who says nothing for this long is asked whether they are there. */
  readonly callerSilenceMs: number;
  /** One who still says nothing for this long hears a goodbye, and the call ends. */
  readonly silenceGoodbyeMs: number;
  /** A longer prompt is a finding: every turn pays for it. Estimated, four characters a token. */
  readonly promptTokens: number;
}

/** What holds where a desk says nothing. */
export const defaultLimits: DeskLimits = {
  maxHops: 12,
  edgeCooldownMs: 0,
  hopsPerTurn: 3,
  gateTimeoutMs: 2_000,
  handoffBudgetMs: 1_500,
  sessionTimeoutMs: 3_000,
  openingTimeoutMs: 6_000,
  toolTimeoutMs: 8_000,
  fillerAfterMs: 1_200,
  toolCallsPerTurn: 8,
  sameCallPerTurn: 2,
  maxFailedVerifications: 3,
  verificationWindowMs: 15 * 60_000,
  callerSilenceMs: 60_000,
  silenceGoodbyeMs: 15_000,
  promptTokens: 4_000,
};
