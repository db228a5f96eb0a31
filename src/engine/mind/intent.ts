import { plain, termsOf, thingConcepts, wordsOf, type Term } from './language/index.ts';
import {
  aptness,
  commonness,
  documentsOf,
  isValueWord,
  moodOf,
  sentenceMatcher,
  takesCode,
  toolTalk,
  valueEvidence,
  wordMatcher,
} from './matching/index.ts';
import type { Prompt } from './prompt.ts';
import type { Tool } from './toolbox.ts';
import type { WordVectors } from './vectors/index.ts';

/** A tool with how well it answers what was said; 0 is not at all. */
export interface Ranked {
  readonly tool: Tool;
  readonly score: number;
}

/** Scores tools for an utterance. */
export type Scorer = (text: string) => readonly Ranked[];

/** Below this nothing is understood. */
export const understood = 0.9;
/** The same for a matter that is known to be for one of these tools. */
export const understoodHere = 0.4;
/** The best must beat the next by this part of its score, or the caller is asked. */
export const margin = 0.1;

/** What any talk reaches by vectors alone. */
const idleScore = 0.6;
/** What a sentence of the instructions counts for, next to a tool, in how common a word is. */
const ofInstructions = 0.5;
/**
 * What is left of a score when nearly nothing of what was said belongs to the tool. Without vectors
 * a word may belong to it all the same.
 */
const uncovered = 0.3;
const uncoveredBlind = 0.5;
/** How near to a tool any talk may come as a whole, and what each further step counts. */
const chance = 0.1;
const ofWhole = 4;
/** A tool of the agent's own is taken before a way to another agent that is hardly better; looking up before doing. */
const preferred = 0.4;
const readsFirst = 0.4;
const ownFirst = 0.15;

/**
 * Builds the scorer for one set of tools and instructions.
 *
 * Three things speak for a tool: words of what was said that it shares or that mean the same, what
 * was said as a whole, and the values in it. Without vectors there are fewer of the first and none of the second.
 */
export function scorerFor(tools: readonly Tool[], prompt: Prompt, vectors?: WordVectors): Scorer {
  const candidates = tools.filter(({ role }) => role !== 'end' && role !== 'back');
  const documents = documentsOf(candidates, prompt);
  const names = candidates.map(({ target }) => new Set(wordsOf(target)));
  const { match, joined } = wordMatcher(documents, vectors);
  const near = sentenceMatcher(documents, vectors);
  const moodIn = moodOf(documents);
  const idle = vectors ? idleScore : 0;
  const least = vectors ? uncovered : uncoveredBlind;
  // A word that the instructions are full of tells nothing of a wish.
  const common = new Map<string, number>();
  const isGuidance = toolTalk(candidates);
  for (const { text } of prompt.lines)
    if (!isGuidance(text))
      for (const root of new Set(termsOf(text).map(({ stem }) => stem)))
        common.set(root, (common.get(root) ?? 0) + ofInstructions);
  return remembering((text) => {
    const terms = matterTerms(text);
    const pairs = joined(text, terms);
    const verbs = terms.some(({ concept }) => concept !== undefined && !thingConcepts.has(concept));
    const onlyDay = terms.every(({ word }) => word === 'visit');
    const sums = candidates.map(() => 0);
    const matched = candidates.map(() => 0);
    const plainly = candidates.map(() => 0);
    let weights = 0;
    // What is done, and the words that it is done to, by candidate.
    const doing = candidates.map(() => 0);
    const things = candidates.map(() => 0);
    const rarest = Math.log(2 + candidates.length);
    for (const term of terms) {
      const found = match(term, pairs);
      const most = Math.max(...found.map(({ weight }) => weight));
      // What the lexicon knows is a wish, however common; what was misheard is another word.
      const isKnown = term.concept !== undefined || pairs.has(term.stem);
      const rank = isKnown ? undefined : vectors?.rank(term.word);
      // Nearly every wish can be called a question or a look at something.
      const usual = term.concept === 'find' ? 0.6 : 1;
      const telling = (rank === undefined ? 1 : commonness(rank)) * usual;
      const spread =
        most === 0
          ? 1
          : found.reduce((sum, { weight }) => sum + weight / most, common.get(term.stem) ?? 0);
      const rarity = Math.log(1 + (candidates.length + 1) / spread);
      weights += (telling * rarity) / rarest;
      for (const [index, { weight, likeness, isPlain }] of found.entries()) {
        const worth = weight * rarity * telling;
        if (isDeed(term) && !names[index]?.has(term.word))
          doing[index] = (doing[index] ?? 0) + (isPlain ? worth : 0);
        else if (isPlain && isThing(term)) things[index] = (things[index] ?? 0) + worth;
        sums[index] = (sums[index] ?? 0) + worth;
        if (isPlain && (term.concept !== 'find' || (terms.length > 1 && candidates[index]?.reads)))
          plainly[index] = (plainly[index] ?? 0) + worth;
        matched[index] = (matched[index] ?? 0) + (likeness * telling * rarity) / rarest;
      }
    }
    const whole = near(text);
    const mostThings = Math.max(
      ...things.filter((_, index) => candidates[index]?.role === 'transfer'),
    );
    // Who does the same to something else is not meant.
    const otherwise = (index: number): number =>
      candidates[index]?.role === 'transfer' &&
      (things[index] ?? 0) < mostThings * 0.1 &&
      mostThings > telltale
        ? doneToOthers * (doing[index] ?? 0)
        : 0;
    const mood = moodIn(text);
    const coded = candidates.map((tool) => takesCode(tool, text));
    const isOffered = offerAsked.test(plain(text));
    const isAsked = asksForFacts.test(plain(text));
    return candidates
      .map((tool, index) => {
        const sum = sums[index] ?? 0;
        const coverage = weights === 0 ? 0 : (matched[index] ?? 0) / weights;
        const share = least + (1 - least) * coverage;
        const doubt =
          (isOffered && coverage < 0.5) || (isAsked && !verbs && tool.role === 'own' && !tool.reads)
            ? 0.6
            : // A code that was said is for who takes one.
              tool.role === 'own' && !coded[index] && coded.includes(true)
              ? 0.6
              : 1;
        const preference =
          tool.role === 'own' && !tool.notes
            ? Math.min(preferred * sum, tool.reads && !verbs ? readsFirst : ownFirst)
            : 0;
        // Of values alone no likeness tells anything.
        const sentence =
          tool.notes || terms.length === 0
            ? 0
            : Math.max(0, (whole[index] ?? 0) - chance) * ofWhole;
        const factor = doubt * (mood?.factor[index] ?? 1);
        const apt = share * aptness(tool, text);
        const plain = (plainly[index] ?? 0) - otherwise(index);
        const known = factor * plain * apt;
        const guessed = factor * ((sum - (plainly[index] ?? 0)) * apt + sentence);
        return {
          tool,
          score:
            known +
            Math.max(0, guessed + preference - idle) +
            valueEvidence(tool, text, onlyDay) +
            (mood?.extra[index] ?? 0),
        };
      })
      .sort((a, b) => b.score - a.score);
  });
}

/** What is done to things of any kind, rather than such a thing. */
const isDeed = ({ concept }: Term): boolean => concept !== undefined && !thingConcepts.has(concept);
/** What something is done to; who does it, when and for how much is no such thing. */
const isThing = ({ concept }: Term): boolean =>
  concept === undefined || concept === 'car' || concept === 'home';
/** From here on things that are named tell who deals in them. */
const telltale = 1;
/** What is taken from a deed that is done to something else. */
const doneToOthers = 0.8;

/** "Do you sell …": what is named must be there, or it is not to be had. */
const offerAsked =
  /\bdo (?:you|yous|they)(?: guys| lot| people)? (?:also |even )?(?:sell|do|stock|rent|offer|make|provide|teach|serve)\b/;

/** Who asks wants to know before anything is done. */
const asksForFacts =
  /^(?:(?:and|so|but|ok|okay|well|um|hi|hello|yes|i(?:'d| would)? (?:want|like|need) to know) )*(?:what|what's|when|when's|where|which|how much|how many|has|have|is|did|does)\b(?! (?:about|if|you|it possible))/;

/** How many scored utterances are kept: those of a long call, which is gone through at every turn. */
const remembered = 128;

/** Scores the same words once. Only speed depends on it. */
function remembering(score: Scorer): Scorer {
  const kept = new Map<string, readonly Ranked[]>();
  return (text) => {
    const known = kept.get(text);
    if (known) return known;
    if (kept.size >= remembered) kept.clear();
    const ranked = score(text);
    kept.set(text, ranked);
    return ranked;
  };
}

/** Words of an utterance that may name a matter: no numbers, days or other values. */
export const matterTerms = (text: string): Term[] => {
  const seen = new Set<string>();
  return termsOf(text).filter(({ word, stem: root }) => {
    if (isValueWord(word) || seen.has(root)) return false;
    seen.add(root);
    return true;
  });
};

/** Whether the words could name a matter at all: a code or a number alone does not. */
export const namesMatter = (text: string): boolean =>
  matterTerms(text).some(({ word }) => !/\d/.test(word));
