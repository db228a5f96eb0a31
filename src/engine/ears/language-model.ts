import { createHash } from 'node:crypto';
import { copyCounts, countSentence, emptyCounts, writeArpa, type NgramCounts } from './arpa.ts';
import type { Dictionary } from './dictionary.ts';
import { domainSentences } from './domain-phrases.ts';
import type { RecognizerContext } from './port.ts';
import { genericSentences } from './spoken-grammar.ts';

/** A language model for one session's subject. */
export interface LanguageModel {
  /** ARPA text. */
  readonly arpa: string;
  /** Pronunciations of its words, in the form of CMU's dictionary. */
  readonly dictionary: string;
  /** Words in it. */
  readonly size: number;
}

let generic: NgramCounts | undefined;

/** Counts of what callers say on any line; made once a process, at start. */
export function genericCounts(): NgramCounts {
  if (!generic) {
    generic = emptyCounts();
    for (const sentence of genericSentences()) countSentence(generic, sentence);
  }
  return generic;
}

/** What a session's callers may speak of. */
export interface Subject {
  readonly context: RecognizerContext;
  /** What the session held before, each at most once. */
  readonly earlier: readonly RecognizerContext[];
}

/** @returns the identity of the model that {@link buildLanguageModel} makes for `subject`. */
export function languageModelId({ context, earlier }: Subject): string {
  const ids = [contextId(context), ...earlier.map(contextId).sort()];
  return createHash('sha256').update(ids.join()).digest('hex').slice(0, 16);
}

/** @returns an identity, equal for contexts that speak of the same. */
export function contextId(context: RecognizerContext): string {
  // Dates and times change from call to call and say nothing about the subject.
  const text = JSON.stringify([context.instructions.replace(/\d+/g, '0'), context.tools]);
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** Builds the model: some 150 ms of work, so not for a thread that audio goes through. */
export function buildLanguageModel(subject: Subject, dictionary: Dictionary): LanguageModel {
  const counts = copyCounts(genericCounts());
  const known = (word: string): boolean => dictionary.has(word);
  for (const sentence of domainSentences({ ...subject, known })) countSentence(counts, sentence);
  const words = [...counts.single.keys()].filter((word) => word !== '</s>');
  return {
    arpa: writeArpa(counts),
    dictionary: words.flatMap((word) => dictionary.lines(word)).join('\n') + '\n',
    size: words.length,
  };
}
