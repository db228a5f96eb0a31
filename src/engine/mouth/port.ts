/** The mouth speaks PCM 16 bit mono at this rate. */
export const mouthRateHz = 24_000;

/** A word and its place in a chunk. */
export interface SpokenWord {
  /** With the space that follows it. */
  readonly text: string;
  /** From the start of the chunk's samples. */
  readonly startMs: number;
  readonly endMs: number;
}

/** A piece of speech with the words it covers. Chunks of one text come in order. */
export interface SpokenChunk {
  readonly samples: Int16Array;
  /** The part of the text heard in this chunk, with the space that follows it. */
  readonly text: string;
  /** Where its words lie, in order; their texts joined are `text`. Absent when the voice cannot tell. */
  readonly words?: readonly SpokenWord[];
}

/** Turns text into speech. */
export interface Mouth extends AsyncDisposable {
  /**
   * Speaks clause by clause; the first chunk comes before the rest is made.
   *
   * All chunk texts joined are the text, to the character. A text with nothing to say (empty, only
   * signs) gives no chunk. Aborting ends the iteration quietly; the rest is never made.
   *
   * @param options.voice an OpenAI voice name; unknown names get the default voice.
   * @param options.speed 0.25 to 1.5, 1 is normal.
   * @throws SwitchboardError speech_failed
   */
  speak(
    text: string,
    options: { readonly voice: string; readonly speed: number; readonly signal: AbortSignal },
  ): AsyncIterable<SpokenChunk>;
}
