/** What a webhook says, beside whose call it is of. */
export type News = Readonly<Record<string, unknown>>;

/** A media socket to be opened. */
export interface StreamVerb {
  readonly name: 'Stream';
  readonly url: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** What an answer tells a carrier to do, one thing after the other. */
export type Verb =
  | StreamVerb
  /** To be asked for the rest. */
  | { readonly name: 'Redirect'; readonly url: string; readonly news: News }
  | { readonly name: 'Pause'; readonly seconds: number }
  | { readonly name: 'Say'; readonly text: string }
  | { readonly name: 'Dial'; readonly numbers: readonly string[]; readonly action: string | null }
  /** What is asked for by keys; nobody presses any here, so its time runs out. */
  | { readonly name: 'Gather'; readonly say: string }
  | { readonly name: 'Hangup' }
  | { readonly name: 'Reject' };
