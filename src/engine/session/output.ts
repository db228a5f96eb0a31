import type { AudioFormat } from '../../audio/index.ts';

/** Where in a response a piece of speech belongs; as events name it. */
export interface SoundPlace {
  readonly response_id: string;
  readonly output_index: number;
  readonly item_id: string;
  readonly content_index: number;
}

/** A piece of what an agent says, PCM 24 kHz. */
export interface Sound {
  readonly at: SoundPlace;
  readonly samples: Int16Array;
  /** What a client wants it in. */
  readonly format: AudioFormat;
}

/** Speech that was cut off, and how much of it the caller has heard. */
export interface CutSpeech {
  /** Whose sound was being played. */
  readonly responseIds: readonly string[];
  readonly items: readonly { readonly itemId: string; readonly heardMs: number }[];
}

/** Where an agent's speech goes, and what is known of its being heard. */
export interface Output extends Disposable {
  say(sound: Sound): void;
  /** No more of an item is to come: all of it was said, or it was broken off. */
  endItem(end: {
    readonly at: SoundPlace;
    readonly format: AudioFormat;
    readonly isWhole: boolean;
  }): void;
  /** No more of a response is to come. */
  endResponse(responseId: string): void;
  /**
   * What was not played yet never will be.
   *
   * @returns what was cut; null when nothing was, or when only the client can know.
   */
  cut(): CutSpeech | null;
  /** How much is still to be heard; 0 when all was. */
  unheardMs(): number;
}
