/** All ears work on PCM 16 bit mono at this rate. */
export const earsRateHz = 16_000;

/** A change noticed by the voice detector; times count from the first sample pushed. */
export type VoiceBoundary =
  | { readonly type: 'started'; readonly atMs: number }
  | { readonly type: 'stopped'; readonly atMs: number };

/** Settings of `server_vad`. */
export interface VoiceDetectorSettings {
  /** 0 to 1. */
  readonly threshold: number;
  /** Silence that ends a turn. */
  readonly silenceMs: number;
}

/** Tells speech from everything else in one caller's audio. Synchronous, under 1 ms a window. */
export interface VoiceDetector extends Disposable {
  /** Feeds audio of any length; returns the boundaries it completed, in order. */
  push(samples: Int16Array): readonly VoiceBoundary[];
  /** Applies from the next window on. */
  configure(settings: VoiceDetectorSettings): void;
  /** Forgets everything heard; times start from zero again. */
  reset(): void;
}

/** What a recogniser may lean on: exactly what the session holds, nothing of any desk. */
export interface RecognizerContext {
  readonly instructions: string;
  readonly tools: readonly {
    readonly name: string;
    readonly description: string;
    readonly parameters: unknown; // JSON Schema
  }[];
}

/** What a turn may be begun with. */
export interface UtteranceOptions {
  /** What the caller was asked last, as it was said: its likely answers are listened for. */
  readonly asked?: string;
  /**
   * Told the words so far, in the form of {@link Transcript.text}, whenever they have changed; later
   * ones may take back earlier ones. Never called after `finish` or `cancel`.
   */
  readonly onPartial?: (text: string) => void;
}

export interface Transcript {
  /** Lower case words separated by single spaces; empty when nothing was understood. */
  readonly text: string;
  /** 0 to 1. */
  readonly confidence: number;
}

/** One caller turn being recognised while it is spoken. */
export interface Utterance {
  push(samples: Int16Array): void;
  /** Ends the turn. Resolves soon after, because most of the work was done while speaking. */
  finish(): Promise<Transcript>;
  /** Drops the turn. Idempotent. */
  cancel(): void;
}

/** The ears of one session. */
export interface Recognizer extends AsyncDisposable {
  /** Adapts to new instructions and tools; holds for the next utterance once resolved. */
  adapt(context: RecognizerContext): Promise<void>;
  /** Begins a turn. Only one at a time. */
  begin(options?: UtteranceOptions): Utterance;
}

/** The ears of a whole engine: shared models, decoder pool. */
export interface Ears extends AsyncDisposable {
  detector(settings: VoiceDetectorSettings): VoiceDetector;
  /** @param options.line what the caller is heard through, where it is known. @default by the caller's speech */
  recognizer(options?: { readonly line?: 'wide' | 'telephone' }): Promise<Recognizer>;
}
