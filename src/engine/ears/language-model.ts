import { createHash } from 'node:crypto';
import { copyCounts, countSentence, emptyCounts, writeArpa, type NgramCounts } from './arpa.ts';
import type { AnswerKind } from './asked.ts';
import type { Dictionary } from './dictionary.ts';
import { domainSentences } from './domain-phrases.ts';
import type { RecognizerContext } from './port.ts';
import { answerSentences } from './spoken-answers.ts';
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

/** What callers say to a question. */
export interface Answers {
  readonly answers: readonly AnswerKind[];
}

/** @returns the identity of the model that {@link buildLanguageModel} makes. */
export function languageModelId(subject: Subject | Answers): string {
  if ('answers' in subject) return ['answers', ...subject.answers].join('-');
  const { context, earlier } = subject;
  const ids = [contextId(context), ...earlier.map(contextId).sort()];
  return createHash('sha256').update(ids.join()).digest('hex').slice(0, 16);
}

/** @returns an identity, equal for contexts that speak of the same. */
export function contextId(context: RecognizerContext): string {
  // Dates and times change from call to call and say nothing about the subject.
  const text = JSON.stringify([context.instructions.replace(/\d+/g, '0'), context.tools]);
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** Builds the model: some 80 ms of work, so not for a thread that audio goes through. */
export function buildLanguageModel(
  subject: Subject | Answers,
  dictionary: Dictionary,
): LanguageModel {
  const counts = 'answers' in subject ? emptyCounts() : copyCounts(genericCounts());
  const known = (word: string): boolean => dictionary.has(word);
  const sentences =
    'answers' in subject
      ? answerSentences(subject.answers)
      : domainSentences({ ...subject, known });
  for (const sentence of sentences) countSentence(counts, sentence);
  const words = [...counts.single.keys()].filter((word) => word !== '</s>');
  return {
    arpa: writeArpa(counts),
    dictionary: words.flatMap((word) => dictionary.lines(word)).join('\n') + '\n',
    size: words.length,
  };
}
