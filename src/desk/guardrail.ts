/** What a guardrail may know beside the words. */
export interface SaidBy {
  readonly agent: string;
  /** Nothing more of this sentence will come; until then its last word may be half written. */
  readonly complete: boolean;
  /**
   * What the agent may lean on: its instructions and what the desk's tools returned in this call
   * (JSON texts). Nothing a caller said is among it.
   */
  readonly sources: readonly string[];
}

/** What an agent may not say. Judged on the words before they are heard, and cut when they may not be. */
export interface OutputGuardrail {
  /** For the trail, e.g. `no_promises`. */
  readonly name: string;
  /**
   * Judges what the agent has begun to say; called again as it grows, so it must be quick.
   * Null: fine so far. Otherwise why it is not, for the model to do better.
   */
  check(text: string, about: SaidBy): string | null;
  /** What the caller hears in its place. */
  readonly say: string;
}
