import { spokenWord, type Decoded } from './decoder.ts';
import type { Transcript } from './port.ts';

/**
 * How much likelier (log base 1.0001) the domain's sentence has to be for each word that it has
 * otherwise, and at most: its vocabulary is small, so each of its words is likely in itself, and it
 * makes a sentence of its own out of anything. Where both agree there is nothing to be made up for.
 */
const domainHandicap = { perWord: 100, most: 300 };

/** How far a decoder's words can stand alone. */
export type Standing = 'sure' | 'likely' | 'doubtful' | 'silent';

/**
 * How sure of its words a decoder has to be to stand alone. Of sentences that a domain's decoder heard
 * rightly eight in ten are sure and 97 % at least likely; of what it makes of talk that its desk does
 * not foresee, one in eight is; of noise, next to nothing.
 */
const sureFrom = 0.85;
const likelyFrom = 0.7;
/** What counts for agreement when there is nobody to agree. */
const loneAgreement: Readonly<Record<Standing, number>> = {
  sure: 0.5,
  likely: 0.2,
  doubtful: 0,
  silent: 0,
};

/**
 * The same for the sentence of a decoder that knows nothing but answers to what was asked. Where one
 * was given, its path is some thousand better; where not, two hundred worse.
 */
const answerHandicapPerWord = 100;
/**
 * It prefers every answer of the kind by a thousand, also a wrong one: where the others agree on words
 * nearly the same (“Jane” for “Kate”), or are sure of a name that was asked for, they are believed.
 */
const firmWords = { differing: 1, handicap: 1_000 };

/**
 * Chooses between what two decoders heard, or three where something was asked, and says how sure that is.
 *
 * Both searched the same audio with the same acoustic model and each with a language model that sums
 * to one, so their path scores compare directly: the likelier sentence wins.
 */
export function judge(
  domain: Decoded | null,
  general: Decoded | null,
  answers: Decoded | null = null,
  isNameAsked = false,
): Transcript {
  const near = domain ? wordsOf(domain) : [];
  const wide = general ? wordsOf(general) : [];
  const { perWord, most } = domainHandicap;
  const handicap = Math.min(most, perWord * editDistance(near, wide));
  const winner = !domain || (general && general.score > domain.score - handicap) ? general : domain;
  if (!winner || winner.words.length === 0) return { text: '', confidence: 0 };
  const words = wordsOf(winner);
  if (answers && answers.words.length > 0) {
    const answer = wordsOf(answers);
    const differing = editDistance(answer, words);
    const isFirm =
      (isNameAsked && standing(winner) === 'sure') ||
      (domain && general && near.join() === wide.join());
    const needed =
      winner.score +
      (isFirm && differing <= firmWords.differing
        ? firmWords.handicap
        : answerHandicapPerWord * differing);
    if (answers.score > needed) {
      const shared =
        (similarity(answer, near) + similarity(answer, wide)) / (domain && general ? 2 : 1);
      return transcript(answers, Math.max(shared, loneAgreement[standing(answers)]));
    }
  }
  const agreement = domain && general ? similarity(near, wide) : loneAgreement[standing(winner)];
  return transcript(winner, agreement);
}

function transcript(winner: Decoded, agreement: number): Transcript {
  // Noise gives each decoder its own nonsense, with high posteriors: agreement has to weigh more. Its
  // root, because the general decoder often misses a word or two of what the domain heard rightly.
  const confidence = sureness(winner) * (0.25 + 0.75 * Math.sqrt(agreement));
  const text = wordsOf(winner).join(' ');
  return { text, confidence: Math.round(100 * Math.min(1, confidence)) / 100 };
}

/**
 * Music and rooms give hours of audio a word here and there, on which decoders even agree: what fills so
 * little of a turn is asked for again.
 */
const leastFilled = { share: 0.1, fromMs: 3_000, confidence: 0.2 };

/** @param spokenMs length of the turn. @returns the transcript, less sure where its words fill too little. */
export function doubtSparse(
  { text, confidence }: Transcript,
  decoders: readonly (Decoded | null)[],
  spokenMs: number,
): Transcript {
  const filledMs = decoders.map((one) =>
    (one?.words ?? []).reduce((ms, word) => ms + 10 * (word.endFrame - word.startFrame + 1), 0),
  );
  const isSparse =
    spokenMs >= leastFilled.fromMs && Math.max(...filledMs) < leastFilled.share * spokenMs;
  return { text, confidence: isSparse ? Math.min(confidence, leastFilled.confidence) : confidence };
}

/** How far the domain's words can stand without the general decoder's, where answers were listened for. */
export function standingWith(domain: Decoded, answers: Decoded | null): Standing {
  const alone = standing(domain);
  if (!answers || wordsOf(answers).join() !== wordsOf(domain).join()) return alone;
  if (alone === 'likely') return 'sure';
  return alone === 'doubtful' ? 'likely' : alone;
}

/** How far a decoder's words can stand alone. A single word cannot: noise makes one just as well. */
export function standing(decoded: Decoded): Standing {
  if (decoded.words.length === 0) return 'silent';
  if (decoded.words.length === 1) return 'doubtful';
  const sure = sureness(decoded);
  if (sure > sureFrom) return 'sure';
  return sure > likelyFrom ? 'likely' : 'doubtful';
}

/** How sure a decoder is of its own words, 0 to 1. */
function sureness(decoded: Decoded): number {
  const { words } = decoded;
  return words.reduce((sum, { posterior }) => sum + posterior, 0) / Math.max(1, words.length);
}

function wordsOf(decoded: Decoded): readonly string[] {
  return decoded.words.map(({ word }) => spokenWord(word));
}

/** One minus the share of words that differ. */
function similarity(left: readonly string[], right: readonly string[]): number {
  const longest = Math.max(left.length, right.length);
  return longest === 0 ? 0 : 1 - editDistance(left, right) / longest;
}

/** Substitutions, insertions and deletions that turn one list of words into the other. */
export function editDistance(left: readonly string[], right: readonly string[]): number {
  let before = Array.from({ length: right.length + 1 }, (_, j) => j);
  for (const [i, word] of left.entries()) {
    const row = [i + 1];
    for (const [j, other] of right.entries()) {
      row.push(
        Math.min(
          (before[j] ?? 0) + (word === other ? 0 : 1),
          (before[j + 1] ?? 0) + 1,
          (row[j] ?? 0) + 1,
        ),
      );
    }
    before = row;
  }
  return before[right.length] ?? 0;
}
