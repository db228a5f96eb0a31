/** A function tool as the protocol carries it. */
export interface ToolSpec {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of the arguments. */
  readonly parameters: unknown;
}

/** The conversation as any model would see it, oldest first. */
export type MindItem =
  | {
      readonly type: 'message';
      readonly role: 'user' | 'assistant' | 'system';
      readonly text: string;
      /** How sure the ears are of a user's message, 0 to 1. */
      readonly confidence?: number;
      /** What an assistant's message would have gone on to say, had the caller not cut it off. */
      readonly unsaid?: string;
    }
  | {
      readonly type: 'function_call';
      readonly name: string;
      readonly callId: string;
      readonly arguments: string;
    }
  | { readonly type: 'function_call_output'; readonly callId: string; readonly output: string };

/** Everything a mind may know. There is no other channel. */
export interface MindInput {
  readonly instructions: string;
  readonly tools: readonly ToolSpec[];
  readonly toolChoice: 'auto' | 'none' | 'required' | { readonly name: string };
  readonly items: readonly MindItem[];
}

/** One thing to do, in order. A call is normally the last act of a response. */
export type MindAct =
  | { readonly type: 'say'; readonly text: string }
  | { readonly type: 'call'; readonly name: string; readonly arguments: string };

/** Decides what to say and which tool to call. Stateless: the conversation is the state. */
export interface Mind extends AsyncDisposable {
  respond(input: MindInput, signal: AbortSignal): AsyncIterable<MindAct>;
}
