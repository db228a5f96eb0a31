import type { Cepstra } from './pocketsphinx.ts';
import { meanOf, type Line } from './telephone.ts';

/**
 * What one caller's voice and line look like on average, learnt over a session.
 *
 * PocketSphinx subtracts a mean from every frame and learns it far too slowly for a telephone call:
 * starting each utterance from the trained mean costs a fifth more word errors than this.
 */
export interface VoiceMean {
  /** Says what the voice comes through; what was learnt before counts as of that line. */
  assume(line: Line): void;
  current(): Float32Array;
  /** True until there is a second of speech to go by. */
  isFresh(): boolean;
  learn(cepstra: Cepstra): void;
  /** The mean if `cepstra` were learnt, without learning them. */
  preview(cepstra: Cepstra): Float32Array;
}

/** How many frames of speech the trained mean is worth; measured best on short first turns. */
const priorFrames = 20;
/** Older speech fades beyond this much, 15 s. */
const memoryFrames = 1_500;
const enoughFrames = 100;

/** @returns the mean of a wide-band line, ready to learn. */
export function createVoiceMean(): VoiceMean {
  let sum = new Float64Array(meanOf.wide.length);
  let frames = 0;
  let prior = meanOf.wide;

  const meanWith = (more: Cepstra | null): Float32Array =>
    prior.map(
      (trained, i) =>
        (trained * priorFrames + (sum[i] ?? 0) + (more?.sum[i] ?? 0)) /
        (priorFrames + frames + (more?.frames ?? 0)),
    );

  return {
    assume(line) {
      prior = meanOf[line];
    },
    current: () => meanWith(null),
    isFresh: () => frames < enoughFrames,
    learn(cepstra) {
      sum = sum.map((value, i) => value + (cepstra.sum[i] ?? 0));
      frames += cepstra.frames;
      if (frames > memoryFrames) {
        const kept = memoryFrames / frames;
        sum = sum.map((value) => value * kept);
        frames = memoryFrames;
      }
    },
    preview: (cepstra) => meanWith(cepstra),
  };
}
