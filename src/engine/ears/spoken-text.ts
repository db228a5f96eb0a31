import { earsRateHz, type Transcript } from './port.ts';

/** What a turn without words comes to. */
export const nothingHeard: Transcript = { text: '', confidence: 0 };

/**
 * Written speech as {@link Transcript.text} has it: lower case, single spaces, no punctuation around
 * words. What is inside a word stays (`10:30`, `24.50`, `don't`), and figures stay figures; remarks in
 * brackets (`[BLANK_AUDIO]`, `(music)`) are no words of the caller's.
 */
export function plainWords(written: string): string {
  return written
    .replaceAll(/\[[^\]]*\]|\([^)]*\)|<[^>]*>|♪/g, ' ')
    .replaceAll(/[‘’]/g, "'")
    .toLowerCase()
    .split(/[\s…—–]+/)
    .map((word) => word.replaceAll(/^[^\p{L}\p{N}$€£+]+|[^\p{L}\p{N}%]+$/gu, ''))
    .filter((word) => word !== '')
    .join(' ');
}

/** −50 dB below full scale: quieter than any voice that got through a telephone. */
const audibleLevel = 0.003;
const windowSamples = earsRateHz / 50;

/** Whether there is sound in a turn at all. Models trained on subtitles make sentences out of silence. */
export function isAudible(samples: Int16Array): boolean {
  for (let at = 0; at < samples.length; at += windowSamples) {
    const window = samples.subarray(at, at + windowSamples);
    let energy = 0;
    for (const sample of window) energy += sample * sample;
    if (Math.sqrt(energy / window.length) > audibleLevel * 32_768) return true;
  }
  return false;
}

/** More words a second than anybody says. */
const mostWordsPerSecond = 7;

/**
 * How much to believe a model that gives no probabilities: a fixed 0.75, and little where the words
 * are more than a mouth can say in the time or turn in circles, the two ways in which such models
 * make things up.
 */
export function beliefWithoutScores(text: string, spokenMs: number): number {
  if (text === '') return 0;
  const words = text.split(' ');
  const isTooFast = words.length / (spokenMs / 1_000) > mostWordsPerSecond && words.length > 3;
  const isCircling = words.length >= 8 && new Set(words).size / words.length < 0.4;
  return isTooFast || isCircling ? 0.2 : 0.75;
}

/** The mean probability of tokens, from their natural logarithms; null without any. */
export function meanProbability(logs: readonly number[]): number | null {
  if (logs.length === 0) return null;
  const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
  return Math.min(1, Math.max(0, Math.exp(mean)));
}
