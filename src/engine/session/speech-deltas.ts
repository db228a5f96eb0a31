import { mouthRateHz, type SpokenChunk } from '../mouth/port.ts';
import type { PlacedWord } from './state.ts';

/** Longest audio in one delta. */
export const deltaMs = 100;
const deltaSamples = (mouthRateHz * deltaMs) / 1_000;

/** One delta: the words that begin in it, then its sound. */
export interface SpeechDelta {
  /** Empty when no word begins here. */
  readonly text: string;
  /** PCM 24 kHz. */
  readonly samples: Int16Array;
}

/**
 * Cuts a chunk of speech so that text and sound keep pace: each word is told when its sound begins.
 *
 * @param startMs audio of the item before this chunk.
 */
export function speechDeltas(
  chunk: SpokenChunk,
  startMs: number,
): {
  readonly deltas: readonly SpeechDelta[];
  readonly words: readonly PlacedWord[];
  /** Audio of the item with this chunk. */
  readonly endMs: number;
} {
  const totalMs = (chunk.samples.length * 1_000) / mouthRateHz;
  const words =
    chunk.words?.map((word) => ({
      text: word.text,
      startMs: startMs + word.startMs,
      endMs: startMs + word.endMs,
    })) ?? placeWords(chunk.text, startMs, totalMs);
  const deltas: SpeechDelta[] = [];
  let told = 0;
  for (let offset = 0; offset < chunk.samples.length; offset += deltaSamples) {
    const piece = chunk.samples.subarray(offset, offset + deltaSamples);
    const endMs = startMs + ((offset + piece.length) * 1_000) / mouthRateHz;
    let text = '';
    const isLast = offset + deltaSamples >= chunk.samples.length;
    for (let word = words[told]; word && (isLast || word.startMs < endMs); word = words[++told]) {
      text += word.text;
    }
    deltas.push({ text, samples: piece });
  }
  return { deltas, words, endMs: startMs + totalMs };
}

/** For a voice that cannot tell: places words by their share of the letters. */
function placeWords(text: string, startMs: number, totalMs: number): readonly PlacedWord[] {
  const parts = text.match(/\s*\S+\s*/g) ?? [];
  const letters = parts.reduce((sum, part) => sum + part.length, 0);
  let before = 0;
  return parts.map((part) => {
    const wordStartMs = startMs + (before / letters) * totalMs;
    before += part.length;
    return { text: part, startMs: wordStartMs, endMs: startMs + (before / letters) * totalMs };
  });
}
