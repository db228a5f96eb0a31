import type { SpokenWord } from './port.ts';
import type { Voice } from './voices.ts';

/** One clause for a worker to synthesise. */
export interface SpeechJob {
  /** As written. */
  readonly text: string;
  /** Words only, as normalised. */
  readonly spoken: string;
  readonly speaker: Voice['speaker'];
  readonly size: number;
  readonly pitchHz?: number;
  /** Above 1 is slower. */
  readonly stretch: number;
  /** Silence put behind the words. */
  readonly pauseMs: number;
}

/** What became of it. */
export interface Spoken {
  readonly samples: Int16Array<ArrayBuffer>;
  readonly words: readonly SpokenWord[];
}

/** A worker's answer. Id 0 is its first message: it is ready. */
export type SpeechReply =
  | { readonly id: number; readonly ok: true; readonly spoken: Spoken }
  | { readonly id: number; readonly ok: false; readonly message: string };
