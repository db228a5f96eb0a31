/** What an agent may not say. Judged on the words before they are heard, and cut when they may not be. */
export interface OutputGuardrail {
  /** For the trail, e.g. `no_promises`. */
  readonly name: string;
  /**
   * Judges what the agent has begun to say; called again as it grows, so it must be quick.
   * Null: fine so far. Otherwise why it is not, for the model to do better.
   */
  check(text: string, about: { readonly agent: string }): string | null;
  /** What the caller hears in its place. */
  readonly say: string;
}
