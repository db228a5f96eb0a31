import { likeness, stem, wordsOf, type Term } from '../language/index.ts';
import type { WordVectors } from '../vectors/index.ts';
import type { Document } from './documents.ts';
import { meaningBy } from './meaning.ts';

/** How well a document answers a word. */
export interface Match {
  /** 0 is not at all; what stands in a name or a rule counts more. */
  readonly weight: number;
  /** How far it is the same word, 0 to 1. */
  readonly likeness: number;
  /** By the word itself, the lexicon or its sound rather than by vectors alone. */
  readonly isPlain: boolean;
}

/** Matches a word with each document, in their order. */
export type WordMatcher = (term: Term, pairs: ReadonlyMap<string, string>) => readonly Match[];

/** The very word says more than its stem: "book" is not "booking". */
const sameWord = 1.2;
/** Only the word itself may say outright what is to be done, and what is only near may say less. */
const mostByLexicon = 2;
const mostByVectors = 1.3;

/** Matches single words with documents: the same word, one that means nearly the same, or sounds like it. */
export function wordMatcher(
  documents: readonly Document[],
  vectors: WordVectors | undefined,
): {
  readonly match: WordMatcher;
  readonly joined: (text: string, terms: readonly Term[]) => ReadonlyMap<string, string>;
} {
  const stems = new Set(documents.flatMap(({ entries }) => [...entries.keys()]));
  const vocabulary = [...stems].filter((word) => word.length >= 4);
  const meaning = meaningBy(vectors);
  const plainly = meaningBy(undefined);
  const kept = new Map<string, readonly Match[]>();

  const match: WordMatcher = (term, pairs) => {
    const pair = pairs.get(term.stem);
    const key = `${term.word} ${pair ?? ''}`;
    const known = kept.get(key);
    if (known) return known;
    const heard = stems.has(term.stem) || term.concept !== undefined ? [] : soundsLike(term);
    const found = documents.map(({ tool, entries, words }): Match => {
      let best: Match = { weight: 0, likeness: 0, isPlain: false };
      const consider = (weight: number, likely: number, isPlain = true): void => {
        if (weight * likely > best.weight)
          best = { weight: weight * likely, likeness: Math.min(1, likely), isPlain };
      };
      consider(entries.get(term.stem)?.weight ?? 0, words.has(term.word) ? sameWord : 1);
      for (const entry of entries.values()) {
        const { weight } = entry;
        const known = plainly(term, entry);
        if (known > 0) consider(Math.min(mostByLexicon, weight), known);
        else if (!tool.notes && pair === undefined)
          consider(Math.min(mostByVectors, weight), meaning(term, entry), false);
      }
      for (const [word, likely] of heard) consider(entries.get(word)?.weight ?? 0, likely * 0.8);
      if (pair !== undefined) consider(entries.get(pair)?.weight ?? 0, 0.8);
      return best;
    });
    if (kept.size > 2000) kept.clear();
    kept.set(key, found);
    return found;
  };

  const soundsLike = (term: Term): readonly (readonly [string, number])[] =>
    vocabulary.flatMap((word): [string, number][] => {
      const likely = Math.max(likeness(term.stem, word), likeness(term.word, word));
      return likely > 0 ? [[word, likely]] : [];
    });

  /** Two words heard for one ("in voice"): the second word's stem leads to the joined one. */
  const joined = (text: string, terms: readonly Term[]): ReadonlyMap<string, string> => {
    const found = new Map<string, string>();
    const words = wordsOf(text);
    for (const [index, word] of words.entries()) {
      const before = words[index - 1];
      const term = terms.find((one) => one.word === word);
      if (before === undefined || !term || stems.has(term.stem)) continue;
      const root = stem(before + word);
      const like = stems.has(root)
        ? root
        : vocabulary.find((other) => likeness(root, other) >= 0.7);
      if (like !== undefined) found.set(term.stem, like);
    }
    return found;
  };
  return { match, joined };
}
