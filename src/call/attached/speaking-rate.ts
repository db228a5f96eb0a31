/** How fast the agents of one call speak: what a text will take where no audio passes to be measured. */
export interface SpeakingRate {
  /** How long a text is heard, in milliseconds. */
  msOf(text: string): number;
  /** A text was heard to its end. */
  learn(text: string, heardMs: number): void;
}

/** About 150 words a minute, spaces included. */
const usualMsPerChar = 66;
/** So much of the usual rate is believed before anything was heard. */
const usualChars = 60;
/** What was measured badly must not make nonsense of the rest. */
const slowestMsPerChar = 200;
const fastestMsPerChar = 25;

/** @returns a rate that begins as the usual one. */
export function createSpeakingRate(): SpeakingRate {
  let chars = usualChars;
  let ms = usualChars * usualMsPerChar;
  return {
    msOf: (text) =>
      text.length * Math.min(slowestMsPerChar, Math.max(fastestMsPerChar, ms / chars)),
    learn(text, heardMs) {
      chars += text.length;
      ms += heardMs;
    },
  };
}
