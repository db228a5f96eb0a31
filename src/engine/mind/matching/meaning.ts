import type { Term } from '../language/index.ts';
import { alike, type WordVectors } from '../vectors/index.ts';

/** What two words of one concept count for, next to 1 for the same word. */
const byLexicon = 0.7;
/** What two words count for that are as near as can be in the table. */
const byVectors = 0.65;
const farthest = 0.35;
const nearest = 0.85;

/** "Book" is something to do, "booking" something to do it to. */
const nominal = /(?:ings?|ations?|ments?)$/;
const ofOtherUse = 0.6;
/** What is left of one word for another that means the same but is used otherwise. */
export const sameUse = (heard: Term, known: Term): number =>
  nominal.test(heard.word) === nominal.test(known.word) ? 1 : ofOtherUse;

/** How far one word may stand for another, by what they mean: 0 not at all. */
export type Meaning = (heard: Term, known: Term) => number;

/**
 * By the lexicon, then by word vectors.
 *
 * Two wishes that the lexicon tells apart (to keep, to cancel) are not alike, however near they are.
 */
export function meaningBy(vectors: WordVectors | undefined): Meaning {
  return (heard, known) => {
    if (heard.concept !== undefined && known.concept !== undefined)
      return heard.concept === known.concept ? byLexicon * sameUse(heard, known) : 0;
    const own = vectors?.of(heard.word);
    const other = own && vectors?.of(known.word);
    if (!own || !other) return 0;
    const near = (alike(own, other) - farthest) / (nearest - farthest);
    return Math.max(0, Math.min(1, near)) * byVectors;
  };
}
