import {
  likeness,
  plain,
  sentencesOf,
  stem,
  termsOf,
  wordsOf,
  type Term,
} from './language/index.ts';
import type { Prompt } from './prompt.ts';
import type { Param, Tool } from './toolbox.ts';
import { identifierIn, timeIn } from './values/index.ts';

/** A tool with how well it answers what was said; 0 is not at all. */
export interface Ranked {
  readonly tool: Tool;
  readonly score: number;
}

/** Scores tools for an utterance. Word vectors can take this place behind the same shape. */
export type Scorer = (text: string) => readonly Ranked[];

/** Below this nothing is understood. */
export const understood = 0.9;
/** The best must beat the next by this part of its score, or the caller is asked. */
export const margin = 0.1;

const valueWord =
  /^(?:\d.*|mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?s?$|^(?:january|february|march|april|june|july|august|september|october|november|december|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|double|triple|half|quarter|past|oclock|o'clock|noon|first|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|week|weekend|day|soon|name|number|reference|code|am|pm)$/;

type Weights = ReadonlyMap<string, number>;

/** Builds the scorer for one set of tools and instructions. */
export function scorerFor(tools: readonly Tool[], prompt: Prompt): Scorer {
  const candidates = tools.filter(({ role }) => role !== 'end' && role !== 'back');
  const documents = candidates.map((tool) => documentOf(tool, candidates, prompt));
  const frequency = new Map<string, number>();
  for (const document of documents) {
    for (const word of document.keys()) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  }
  const rarity = (word: string): number =>
    Math.log(1 + (candidates.length + 1) / (frequency.get(word) ?? 1));
  const vocabulary = [...frequency.keys()].filter(
    (word) => !/^[#=]/.test(word) && word.length >= 4,
  );
  return remembering((text) => {
    const terms = matterTerms(text);
    const near = new Map(terms.map((term) => [term.stem, soundsLike(term, vocabulary, frequency)]));
    const pairs = joined(text, { terms, known: frequency, vocabulary });
    const verbs = terms.some(({ concept }) => concept !== undefined && concept !== 'find');
    return candidates
      .map((tool, index) => {
        const document: Weights = documents[index] ?? new Map<string, number>();
        let sum = 0;
        let matched = 0;
        for (const term of terms) {
          const hit = match(term, document, { rarity, near: near.get(term.stem) ?? [], pairs });
          sum += hit.score;
          matched += hit.share;
        }
        const coverage = terms.length === 0 ? 0 : matched / terms.length;
        const evidence = valueEvidence(tool, text);
        const preference = sum > 0 && tool.role === 'own' ? (tool.reads && !verbs ? 0.4 : 0.15) : 0;
        const share = 0.5 + 0.5 * coverage;
        return { tool, score: sum * share * aptness(tool, text) + evidence + preference };
      })
      .sort((a, b) => b.score - a.score);
  });
}

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
    if (valueWord.test(word) || seen.has(root)) return false;
    seen.add(root);
    return true;
  });
};

/** Whether the words could name a matter at all: a code or a number alone does not. */
export const namesMatter = (text: string): boolean =>
  matterTerms(text).some(({ word }) => !/\d/.test(word));

function match(
  term: Term,
  document: Weights,
  help: {
    readonly rarity: (word: string) => number;
    readonly near: readonly (readonly [string, number])[];
    readonly pairs: ReadonlyMap<string, string>;
  },
): { readonly score: number; readonly share: number } {
  let best = { score: 0, share: 0 };
  const consider = (word: string, alike: number): void => {
    const score = (document.get(word) ?? 0) * help.rarity(word) * alike;
    if (score > best.score) best = { score, share: Math.min(1, alike) };
  };
  // The very word says more than its stem: "book" is not "booking".
  consider(term.stem, document.has(`=${term.word}`) ? 1.2 : 1);
  if (term.concept !== undefined) consider(`#${term.concept}`, 0.5);
  for (const [word, alike] of help.near) consider(word, alike * 0.8);
  const pair = help.pairs.get(term.stem);
  if (pair !== undefined) consider(pair, 0.8);
  return best;
}

/** Known words that a word unknown here may have been. */
function soundsLike(
  term: Term,
  vocabulary: readonly string[],
  known: ReadonlyMap<string, number>,
): [string, number][] {
  if (known.has(term.stem) || term.concept !== undefined) return [];
  return vocabulary.flatMap((word): [string, number][] => {
    const alike = Math.max(likeness(term.stem, word), likeness(term.word, word));
    return alike > 0 ? [[word, alike]] : [];
  });
}

/** Two words heard for one ("in voice"): the second word's stem leads to the joined one. */
function joined(
  text: string,
  about: {
    readonly terms: readonly Term[];
    readonly known: ReadonlyMap<string, number>;
    readonly vocabulary: readonly string[];
  },
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const words = wordsOf(text);
  for (const [index, word] of words.entries()) {
    const before = words[index - 1];
    const term = about.terms.find((one) => one.word === word);
    if (before === undefined || !term || about.known.has(term.stem)) continue;
    const root = stem(before + word);
    const like = about.known.has(root)
      ? root
      : about.vocabulary.find((other) => likeness(root, other) >= 0.7);
    if (like !== undefined) found.set(term.stem, like);
  }
  return found;
}

/** Something the caller has already ("my order"), apart from people and names. */
const existing =
  /\bmy (?!(?:name|son|daughter|child|kids?|wife|husband|partner|mother|father|mom|dad|mum|friend|self)\b)/;
const novel = /\b(?:an|a new|new|another|a) (?!(?:question|problem|minute|moment|second)\b)/;

/** A tool that wants a code is about a thing that is there; one without makes or finds new things. */
function aptness(tool: Tool, text: string): number {
  if (tool.role !== 'own') return 1;
  const said = plain(text);
  const isThere = existing.test(said);
  const isNew = novel.test(said);
  if (isThere === isNew) return 1;
  const wantsCode = tool.params.some(({ kind, required }) => kind === 'identifier' && required);
  return wantsCode === isThere ? 1 : 0.75;
}

/** A value that fits a parameter speaks for its tool. */
function valueEvidence(tool: Tool, text: string): number {
  let evidence = 0;
  const said = plain(text);
  // To come is nothing apart from when.
  const onlyDay = matterTerms(text).every(({ word }) => word === 'visit');
  const timed = /\b(?:at|around|by|after|before) /.test(said) && timeIn(text, false) !== undefined;
  for (const param of tool.params) {
    if (param.kind === 'identifier' && param.pattern && holdsIdentifier(param, text))
      evidence = Math.max(evidence, tool.reads ? 1.2 : 0.8); // looking up comes before acting
    if (param.kind === 'date' && !param.past && (dateLike.test(said) || (onlyDay && timed)))
      evidence = Math.max(evidence, onlyDay ? understood : 0.4);
  }
  // "Do you have anything next week" is for whoever has days and times to give.
  if (
    onlyDay &&
    tool.role === 'transfer' &&
    (timed || dateLike.test(said)) &&
    keepsDays.test(tool.description)
  )
    evidence = Math.max(evidence, understood);
  return evidence;
}

const keepsDays = /\b(?:times|dates|days|calendar|schedul\w*|bookings?|reservations?)\b/i;
const dateLike =
  /\b(?:today|tomorrow|(?:next|this|coming) (?:week|weekend|month|morning|afternoon)|(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|april|june|july|august|september|october|november|december)\b/;
const holdsIdentifier = (param: Param, text: string): boolean =>
  identifierIn(text, param.pattern).found === 'whole';

/** What speaks for a tool: its name, its description, its parameters, and the rules that name it. */
function documentOf(tool: Tool, all: readonly Tool[], prompt: Prompt): Map<string, number> {
  const document = new Map<string, number>();
  const add = (text: string, weight: number): void => {
    for (const { word, stem: root, concept } of termsOf(text)) {
      if (valueWord.test(word)) continue;
      document.set(`=${word}`, 0);
      for (const key of concept === undefined ? [root] : [root, `#${concept}`]) {
        document.set(key, Math.max(document.get(key) ?? 0, weight));
      }
    }
  };
  add(tool.role === 'transfer' ? tool.target : tool.name, 2);
  if (tool.role === 'transfer') add(tool.name.replace(/^.*_to_/, ''), 2);
  for (const [index, sentence] of sentencesOf(tool.description).entries()) {
    for (const clause of sentence.split(/[;:]|, (?:but|except)/)) {
      if (!negative.test(clause)) add(stripTransferWords(clause, tool), index === 0 ? 1.5 : 1);
    }
  }
  for (const param of tool.params) {
    if (tool.role === 'transfer') continue;
    add(param.name, 0.6);
    add(param.description, 0.3);
    add(param.options.join(' '), 1);
  }
  if (tool.role === 'transfer') {
    for (const clause of rulesFor(tool, all, prompt)) add(clause, 1.2);
  }
  return document;
}

const negative = /^\s*(?:not|never|do not|don't|no)\b/i;
const stripTransferWords = (clause: string, tool: Tool): string =>
  tool.role === 'transfer'
    ? clause.replace(
        /^\s*(?:hand|transfer|connect|send|pass|put|bring|forward|route)\b[^,;:]*?\bto\b/i,
        '',
      )
    : clause;

/** Clauses of the instructions that say when to hand over to a target. */
function rulesFor(tool: Tool, all: readonly Tool[], prompt: Prompt): string[] {
  const transfers = all.filter(({ role }) => role === 'transfer');
  return prompt.sentences.flatMap((sentence) =>
    sentence
      .split(/;|, and (?=[^,;]* to )/)
      .filter((clause) => !negative.test(clause))
      .filter(
        (clause) =>
          mentions(clause, tool) &&
          !transfers.some((other) => other !== tool && mentions(clause, other)),
      ),
  );
}

function mentions(clause: string, tool: Tool): boolean {
  const text = plain(clause);
  const name = plain(tool.name.replace(/^.*_to_/, '').replaceAll('_', ' '));
  const target = plain(tool.target);
  return (
    text.includes(tool.name) ||
    [name, target].some(
      (label) =>
        label.length > 2 &&
        new RegExp(`(?<![\\w])${label.replaceAll(/[^\w ]/g, '.')}(?![\\w])`).test(text) &&
        /\b(?:to|handles?|for|with)\b/.test(text),
    )
  );
}
