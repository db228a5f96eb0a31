import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { copyCounts, countSentence, emptyCounts, writeArpa, type NgramCounts } from './arpa.ts';
import { domainSentences } from './domain-phrases.ts';
import type { RecognizerContext } from './port.ts';
import { genericSentences } from './spoken-grammar.ts';

/** A language model for one session's subject. */
export interface LanguageModel {
  /** Equal for equal contexts. */
  readonly id: string;
  /** ARPA text. */
  readonly arpa: string;
  /** Words that occur in it, in dictionary spelling. */
  readonly words: readonly string[];
}

let generic: NgramCounts | undefined;

/** Counts of what callers say on any line; made once a process, at start. */
export function genericCounts(): NgramCounts {
  if (!generic) {
    generic = emptyCounts();
    for (const words of genericSentences(4)) countSentence(generic, { words, weight: 0.25 });
  }
  return generic;
}

/** @returns the identity of the model that {@link buildLanguageModel} makes for `context`. */
export function languageModelId(context: RecognizerContext): string {
  // Dates and times change from call to call and say nothing about the subject.
  const text = JSON.stringify([context.instructions.replace(/\d+/g, '0'), context.tools]);
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/**
 * Builds the model: some 80 ms of work, in pieces, because audio goes through the same thread.
 */
export async function buildLanguageModel(context: RecognizerContext): Promise<LanguageModel> {
  const sentences = domainSentences(context);
  await setImmediate();
  const counts = copyCounts(genericCounts());
  for (const sentence of sentences) countSentence(counts, sentence);
  await setImmediate();
  return {
    id: languageModelId(context),
    arpa: writeArpa(counts),
    words: [...counts.single.keys()].filter((word) => word !== '</s>'),
  };
}
