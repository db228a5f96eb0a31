import type { WeightedSentence } from './arpa.ts';
import { readMatters } from './domain-matters.ts';
import { inflect } from './inflection.ts';
import type { RecognizerContext } from './port.ts';
import { drawSentence, seededRandom } from './spoken-grammar.ts';

/** What callers of any business do with what it deals in. */
const commonActions = (
  'book cancel change move check pay get make find order return see send reschedule confirm ask ' +
  'arrange update report'
).split(' ');

const aboutThing: readonly (readonly [weight: number, template: string])[] = [
  [3, '[hi|hello|yes|hey] i have a question about {A}'],
  [2, "(i have a question|it is|it's|i'm calling|i am calling) about (my|the|your) {N}"],
  [1, "(about|it's about) {NS}"],
  [1, "(i have|i've got) a {N} (question|problem)"],
  [2, "(i want|i would like|i'd like|i need) {A} [please|for {A2}]"],
  [1, "(i want|i would like|i'd like|i need) (the|my) {N}"],
  [1, '(can|could) (you send me|you give me|i get|i have) {A} [please]'],
  [
    1,
    "(there is|there's|i have|i got) (a problem|something wrong|a mistake) (with|on) (my|the) {N}",
  ],
  [1, "i (don't understand|didn't get|can't find|lost) (my|the|this) {N}"],
  [1, 'i need (help with|some help with|information about) (my|the|{A2}) {N}'],
  [1, '(what|when|where|how much) is (my|the) {N}'],
  [1, "[it's|for|the|my] {N} [please]"],
  [1, 'do you (have|do|offer) {NS}'],
  [1, '{A}'],
];

const doThing: readonly (readonly [weight: number, template: string])[] = [
  [
    4,
    "[thanks|thank you|okay|hi|hello|now|actually|yes|thanks now] i('d like| would like| want| need) to {V} {A} [please]",
  ],
  [
    3,
    "[thanks|okay|actually|now|thanks now] i('d like| would like| want| need| have) to {V} (my|the) {N} [please]",
  ],
  [2, "[thanks now|okay|now] i('d like| would like| want) to {V} {A} (for|on) {DAY}"],
  [2, '(can|could) (you|i|we) [please] {V} (my|the|{A2}) {N} [please]'],
  [2, '(can|could) (you|i|we) [please] {V} {A} [please|for {DAY}|on {DAY}]'],
  [1, '[yes] please {V} (my|the) {N}'],
  [1, '(how (do|can) i|is it possible to) {V} (my|the|{A2}) {N}'],
];

/** A second matter in one breath. */
const andThen: readonly (readonly [weight: number, template: string])[] = [
  [2, '(and|and then|then) i (also need|also want|also need|need|want) {A} [too|as well]'],
  [1, "and [then] (i'd also like|i would also like|i also need|can i also|i also want) to {V} {A}"],
];

/** Where, how and when something can be done that a desk speaks of as a thing: parking, to park. */
const askedHow: readonly (readonly [draws: number, template: string])[] = [
  [3, '[and] where (can|do) i {V}'],
  [1, '[and] (how|when) (can|do) i {V}'],
];

/** Of what callers are asked for: they say it, look for it and ask which one, but want nothing done with it. */
const askedThing: readonly (readonly [draws: number, template: string])[] = [
  [3, "[it's|that's|for] (my|the) {N} [please|is]"],
  [2, "(what is|what's|when is|which is) (my|the|your) {N}"],
  [1, '(what|which) {N} (is it|do you need|do you mean|do you have)'],
  [2, "i (don't have|don't know|can't find|forgot|have|gave you) (my|the|a) {N}"],
  [1, '(can|could) you (tell me|repeat|check) (my|the) {N} [please]'],
  [1, 'i have a question about (my|the) {N}'],
];
/** Whole dates, as people give those of the past. */
const wholeDate: readonly (readonly [draws: number, template: string])[] = [
  [240, "[it's|it is|i was born on|that's] (the {ORDINAL} of {MONTH}|{MONTH} {ORDINAL}) {YEAR}"],
];

/** With the noun of what is done, `{N}`: a text may say “to book” where callers say “my booking”. */
const relatedThing: readonly (readonly [draws: number, template: string])[] = [
  [3, "i ('d like|want|need|would like) to {V} (my|the|a) {N} [please]"],
  [2, '(can|could) (you|i) [please] {V} (my|the|a) {N} [please|(to|for|on) {DAY}]'],
  [1, "(i have a question|it's|i'm calling) about (my|the|a) {N}"],
  [1, '(my|the|a) {N}'],
];
/** With the action, `{V}`, and its past, `{P}`. */
const action: readonly (readonly [draws: number, template: string])[] = [
  [2, "i ('d like|want|need|would like) to {V} (it|one|{A}|my {T}|the {T}) [please]"],
  [1, '(can|could) (you|i) [please] {V} (it|that|one|{A}|my {T}) [please]'],
  [1, '[please] {V} (it|that|my {T}|the {T}) [please]'],
];
const done: readonly (readonly [draws: number, template: string])[] = [
  [1, "(i was|it was|i've|i have|i've been|was|it's|i already) {P} [twice|already|it|wrong]"],
  [1, '(i|i have|i already) {P} (it|{A}|my {T}|the {T})'],
];
/** How much less is expected of another form of a word than of the word itself. */
const formShare = 0.3;
/** What a sentence that a desk quotes as its callers' counts. */
const quotedWeight = 4;
/** Things that phrases are made of, the most spoken of first; and how many of them change their form. */
const most = { things: 60, inflected: 50 };

/**
 * Sentences a caller of this session is likely to say, made from its instructions and tools alone:
 * the things they speak of in the phrases people use on the telephone.
 *
 * @param subject.earlier what the session held before: a caller may come back to it at any time.
 * @param subject.known whether a word is in the dictionary.
 */
export function domainSentences(subject: {
  readonly context: RecognizerContext;
  readonly earlier: readonly RecognizerContext[];
  readonly known: (word: string) => boolean;
}): WeightedSentence[] {
  const random = seededRandom(11);
  const { things, asked, elsewhere, actions, texts, quoted, takesDates } = readMatters(
    subject.context,
    subject.earlier,
  );
  const sentences: WeightedSentence[] = texts.map(({ words, share }) => ({
    words,
    weight: 0.2 * share,
  }));
  for (const { words, share } of quoted) sentences.push({ words, weight: quotedWeight * share });
  const ranked = [...things].sort((a, b) => b[1] - a[1]).slice(0, most.things);
  const names = ranked.map(([thing]) => thing);
  const any = (from: readonly string[]): string => from[Math.floor(random() * from.length)] ?? '';
  const say = (template: string, words: Readonly<Record<string, string>>, weight: number): void => {
    const filled = template.replace(/\{([A-Z]2?)\}/g, (all, name: string) => words[name] ?? all);
    sentences.push({ words: drawSentence(filled, random), weight });
  };
  const sayAll = (
    templates: readonly (readonly [draws: number, template: string])[],
    words: () => Readonly<Record<string, string>>,
    weight: number,
  ): void => {
    for (const [draws, template] of templates) {
      for (let i = 0; i < draws; i += 1) say(template, words(), weight);
    }
  };
  const about = (thing: string): Record<string, string> => ({
    A: withArticle(thing),
    A2: withArticle(any(names)),
    NS: plural(thing),
    N: thing,
  });
  const usual = actions.length > 0 ? actions : commonActions;
  for (const [thing, score] of ranked) {
    const weight = Math.min(3, 0.5 + 0.25 * score);
    sayAll(aboutThing, () => about(thing), weight);
    sayAll(doThing, () => ({ ...about(thing), V: any(usual) }), weight * 0.5);
    sayAll(doThing, () => ({ ...about(thing), V: any(commonActions) }), weight * 0.5);
  }
  for (const [thing, score] of asked) {
    sayAll(askedThing, () => about(thing), Math.min(3, 0.5 + 0.25 * score));
  }
  if (takesDates) sayAll(wholeDate, () => ({}), 0.125);
  const objects = names.slice(0, 20);
  const words = [...actions.map((one) => [one, 4] as const), ...ranked].filter(
    ([word]) => !word.includes(' '),
  );
  const seen = new Set<string>();
  for (const [word, score] of words.slice(0, most.inflected)) {
    const { verb, past, nouns } = inflect(word, subject.known);
    const full = Math.min(3, 0.5 + 0.25 * score);
    const weight = formShare * full;
    // “To book” in what an agent is for is “my booking” with every caller, whatever they want of it.
    const related = elsewhere.has(word) ? { times: 5, weight: full } : { times: 1, weight };
    if (!verb || seen.has(verb)) continue;
    seen.add(verb);
    const act = (): Record<string, string> => {
      const object = any(objects);
      return { V: verb, P: past ?? verb, A: withArticle(object), T: object };
    };
    // Most words that could be done are only spoken of: “a refund” rather than “to refund”.
    sayAll(action, act, weight * 0.3);
    if (past) sayAll(done, act, weight * 0.3);
    for (const noun of nouns) {
      if (!things.has(noun) && !asked.has(noun)) {
        for (let i = 0; i < related.times; i += 1) {
          const words = (): Record<string, string> => ({ V: any(commonActions), N: noun });
          sayAll(relatedThing, words, related.weight / related.times);
        }
      }
    }
  }
  for (const [thing] of things) {
    const { verb } = inflect(thing, subject.known);
    if (verb && thing === `${verb}ing`) sayAll(askedHow, () => ({ V: verb }), 1.5);
  }
  for (const [thing, score] of ranked) {
    const weight = Math.min(3, 0.5 + 0.25 * score);
    sayAll(andThen, () => ({ ...about(thing), V: any(usual) }), weight * 0.5);
  }
  return sentences;
}

function plural(phrase: string): string {
  if (/(x|ch|sh|s)$/.test(phrase)) return phrase + 'es';
  if (/[^aeiou]y$/.test(phrase)) return phrase.slice(0, -1) + 'ies';
  return phrase + 's';
}

function withArticle(phrase: string): string {
  return `${/^[aeiou]/.test(phrase) ? 'an' : 'a'} ${phrase}`;
}
