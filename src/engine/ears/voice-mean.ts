import { trainedMean, type Cepstra } from './pocketsphinx.ts';

/**
 * What one caller's voice and line look like on average, learnt over a session.
 *
 * PocketSphinx subtracts a mean from every frame and learns it far too slowly for a telephone call:
 * starting each utterance from the trained mean costs a fifth more word errors than this.
 */
export interface VoiceMean {
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

/** @returns the trained mean, ready to learn. */
export function createVoiceMean(): VoiceMean {
  let sum = new Float64Array(trainedMean.length);
  let frames = 0;

  const meanWith = (more: Cepstra | null): Float32Array =>
    trainedMean.map(
      (trained, i) =>
        (trained * priorFrames + (sum[i] ?? 0) + (more?.sum[i] ?? 0)) /
        (priorFrames + frames + (more?.frames ?? 0)),
    );

  return {
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
