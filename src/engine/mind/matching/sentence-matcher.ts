import { stopWords, wordsOf } from '../language/index.ts';
import { alike, type WordVectors } from '../vectors/index.ts';
import { background } from './background.ts';
import type { Document } from './documents.ts';

/**
 * How near what was said as a whole is to what documents say: to the nearest passage of each, and by
 * how much nearer than any talk is. Empty without vectors.
 */
export function sentenceMatcher(
  documents: readonly Document[],
  vectors: WordVectors | undefined,
): (text: string) => readonly number[] {
  if (!vectors) return () => [];
  const space = spaceOf(vectors);
  const passages = documents.map((document) =>
    document.passages.flatMap(({ text }) => space.of(text) ?? []),
  );
  const nearest = (vector: Float32Array): number[] =>
    passages.map((all) => all.reduce((best, one) => Math.max(best, alike(vector, one)), -1));
  const idle = documents.map(() => 0);
  for (const vector of space.background)
    for (const [index, near] of nearest(vector).entries())
      idle[index] = (idle[index] ?? 0) + near / space.background.length;
  return (text) => {
    const vector = space.of(text);
    return vector ? nearest(vector).map((near, index) => near - (idle[index] ?? 0)) : [];
  };
}

/** A text as a whole, to be compared with others. */
export interface Whole {
  /** How near another text is as a whole, 1 at most; 0 where nothing is known. */
  to(other: Whole): number;
  readonly vector: Float32Array | undefined;
}

/** Compares texts as wholes; without vectors nothing is near. */
export function nearnessBy(vectors: WordVectors | undefined): (text: string) => Whole {
  const space = vectors && spaceOf(vectors);
  return (text) => {
    const vector = space?.of(text);
    return {
      vector,
      to: (other) => (vector && other.vector ? alike(vector, other.vector) : 0),
    };
  };
}

interface Space {
  /** Direction of a text; undefined when it has no word that is known. */
  of(text: string): Float32Array | undefined;
  readonly background: readonly Float32Array[];
}

const spaces = new WeakMap<WordVectors, Space>();

/** Texts as directions, centred on what people say of anything. Made once for a table. */
function spaceOf(vectors: WordVectors): Space {
  const made = spaces.get(vectors);
  if (made) return made;
  const raw = (text: string): Float32Array | undefined => {
    const sum = new Float32Array(vectors.dimensions);
    for (const word of wordsOf(text.replaceAll('_', ' ')).flatMap((one) => one.split(/[-/.']/))) {
      const vector = stopWords.has(word) ? undefined : vectors.of(word);
      if (!vector) continue;
      const weight = commonness(vectors.rank(word) ?? 0);
      for (let index = 0; index < sum.length; index += 1)
        sum[index] = (sum[index] ?? 0) + (vector[index] ?? 0) * weight;
    }
    return ofLengthOne(sum);
  };
  const all = background.flatMap((text) => raw(text) ?? []);
  const mean = new Float32Array(vectors.dimensions);
  for (const vector of all)
    for (let index = 0; index < mean.length; index += 1)
      mean[index] = (mean[index] ?? 0) + (vector[index] ?? 0) / all.length;
  const centred = (vector: Float32Array): Float32Array | undefined =>
    ofLengthOne(vector.map((value, index) => value - (mean[index] ?? 0)));
  const space: Space = {
    of: (text) => {
      const vector = raw(text);
      return vector && centred(vector);
    },
    background: all.flatMap((vector) => centred(vector) ?? []),
  };
  spaces.set(vectors, space);
  return space;
}

const smoothing = 1e-3;

/** Common words say less: smooth inverse frequency, by Zipf's law. */
export const commonness = (rank: number): number =>
  smoothing / (smoothing + 1 / ((rank + 2.7) * 11));

function ofLengthOne(vector: Float32Array): Float32Array | undefined {
  const length = Math.sqrt(alike(vector, vector));
  return length === 0 ? undefined : vector.map((value) => value / length);
}
