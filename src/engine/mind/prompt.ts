import { exactWords } from './exact-words.ts';
import { linesOf, sentencesOf, termsOf, type Line } from './language/index.ts';
import type { Day } from './values/index.ts';

/** What a mind reads in its instructions besides plain guidance. */
export interface Prompt {
  readonly today: Day | undefined;
  /** What the clock shows, `HH:MM`, when given. */
  readonly time: string | undefined;
  /** IANA zone, when given. */
  readonly timeZone: string | undefined;
  /** The sentence to open the call with, when given. */
  readonly opening: string | undefined;
  /** All that is to be said now, to the letter, when the instructions are that and nothing else. */
  readonly exactly: string | undefined;
  /** Sentences, without headings. */
  readonly sentences: readonly string[];
  /** The same with the heading that each stands under. */
  readonly lines: readonly Line[];
}

const monthNames =
  'january february march april may june july august september october november december'.split(
    ' ',
  );

/** Reads instructions. Nothing is assumed about their wording but the runtime's own lines. */
export function readPrompt(instructions: string): Prompt {
  const date = /\bToday is (?:\w+, )?(\d{1,2}) (\w+) (\d{4})/i.exec(instructions);
  const month = monthNames.indexOf((date?.[2] ?? '').toLowerCase()) + 1;
  return {
    today: date && month > 0 ? { year: Number(date[3]), month, day: Number(date[1]) } : undefined,
    time: /\bThe time is (\d{2}:\d{2})\b/i.exec(instructions)?.[1],
    timeZone: /\bTime zone: ([A-Za-z_]+(?:\/[A-Za-z_+-]+)*)/.exec(instructions)?.[1],
    opening: openingOf(instructions),
    exactly: exactWords(instructions),
    sentences: sentencesOf(instructions),
    lines: linesOf(instructions),
  };
}

function openingOf(instructions: string): string | undefined {
  const match =
    /\b(?:open|start|begin|answer|greet)\b[^."“\n]*?(?:by saying|with|say)\s*:?\s*(?:"((?:[^"\\]|\\.)+)"|“([^”]+)”)/i.exec(
      instructions,
    );
  const text = (match?.[1] ?? match?.[2])?.replaceAll('\\"', '"').trim();
  return text === '' ? undefined : text;
}

/** Sentences that tell the mind what to do rather than what is so. */
const directive =
  /\b(?:you|caller'?s?|customers? (?:want|ask|say)|tools?|transfer|hand over|never|do not|don't|always|ask|say|tell|if|when(?:ever)?|before|after you|today is|time zone|the time is)\b/i;
const stating =
  /\b(?:is|are|was|were|has|have|opens?|closes?|closed|costs?|takes?|offers?|accepts?|lies|stands?|can|includes?)\b/i;

/** Words that ask where, when or how much, and the words that answers to them have. */
const askedFor: readonly (readonly [RegExp, RegExp])[] = [
  [
    /\b(?:opening|open|close|closing|hours|when|weekend|sunday|saturday)\b/i,
    /\b(?:opens?|opened|closed|closes|hours|monday|daily)\b/i,
  ],
  [
    /\b(?:where|address|located|location|directions|find you|situated)\b/i,
    /\b(?:street|road|avenue|lane|square|address|located|beside|opposite|next to)\b/i,
  ],
  [/\b(?:park|parking)\b/i, /\bpark/i],
  [
    /\b(?:emergenc\w*|urgent|bleeding|ambulance|hospital)\b/i,
    /\b(?:emergenc\w*|hospital|911|112|999)\b/i,
  ],
  [
    /\b(?:cost|price|how much|charge|fee)\b/i,
    /[$£€]|\b(?:dollars|pounds|euros|costs?|free of charge)\b/i,
  ],
];

/**
 * The sentence of the instructions that answers a question, if one plainly does.
 *
 * A deliberately strict match: a wrong answer is worse than none.
 */
export function factFor(prompt: Prompt, question: string): string | undefined {
  const kinds = askedFor.filter(([words]) => words.test(question));
  // Words that only say what kind of answer is wanted need not be in it.
  const asked = termsOf(question)
    .filter(({ word, concept }) => concept !== 'find' && !kinds.some(([words]) => words.test(word)))
    .map(({ stem }) => stem);
  if (asked.length === 0 && kinds.length === 0) return undefined;
  let best: { readonly sentence: string; readonly score: number } | undefined;
  for (const sentence of prompt.sentences) {
    if (directive.test(sentence) || !stating.test(sentence)) continue;
    const told = new Set(termsOf(sentence).map(({ stem }) => stem));
    const shared = asked.filter((word) => told.has(word)).length;
    const kind = kinds.some(([, answers]) => answers.test(sentence)) ? 1 : 0;
    const coverage = asked.length === 0 ? 0 : shared / asked.length;
    const score = coverage + kind;
    const enough =
      kind > 0 ? asked.length === 0 || coverage >= 0.5 : shared >= 2 && coverage >= 0.6;
    if (enough && (!best || score > best.score)) best = { sentence, score };
  }
  return best?.sentence;
}
