import type { WeightedSentence } from './arpa.ts';
import { inflect } from './inflection.ts';
import type { RecognizerContext } from './port.ts';
import { drawSentence, seededRandom } from './spoken-grammar.ts';

/** Words that neither name a matter nor an action; they end a noun phrase. */
const functionWords = new Set(
  (
    'a an the and or but if then else when while as at by for from in into of off on onto out over ' +
    'to up with without within about after before between during until than so that this these those ' +
    'there here it its is are was were be been being am do does did done have has had having will ' +
    'would can could may might must shall should not no nor never always only just also too very more ' +
    'most less least any all each every some such both either neither one ones once again you your ' +
    'yours yourself i me my mine we us our ours they them their theirs he him his she her hers who whom ' +
    'whose which what where why how other others another same own per via etc say says saying said tell ' +
    'tells told ask asks asking asked use uses using used let lets make makes sure keep keeps go goes ' +
    'going give gives given take takes get gets put try answer answers reply speak talk caller callers ' +
    'agent agents assistant tool tools hand handle handles line sentence sentences short word words ' +
    'please first next last unless because instead rather whatever anything something nothing everything ' +
    "it's don't can't that's today already under way whether handed example status file look like want wants need needs like likes " +
    'helps help exactly long wait invent read reads back transfer transfers returned'
  ).split(' '),
);

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
/** How much less is expected of what an earlier agent of the call was for. */
const earlierShare = 0.4;
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
  const { things, actions, texts } = readMatters(subject.context, subject.earlier);
  const sentences: WeightedSentence[] = texts.map(({ words, share }) => ({
    words,
    weight: 0.2 * share,
  }));
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
  const objects = names.slice(0, 20);
  const words = [...actions.map((one) => [one, 4] as const), ...ranked].filter(
    ([word]) => !word.includes(' '),
  );
  const seen = new Set<string>();
  for (const [word, score] of words.slice(0, most.inflected)) {
    const { verb, past, nouns } = inflect(word, subject.known);
    const weight = formShare * Math.min(3, 0.5 + 0.25 * score);
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
      if (!things.has(noun)) {
        sayAll(relatedThing, () => ({ V: any(commonActions), N: noun }), weight);
      }
    }
  }
  return sentences;
}

interface Matters {
  readonly things: ReadonlyMap<string, number>;
  readonly actions: readonly string[];
  readonly texts: readonly { readonly words: readonly string[]; readonly share: number }[];
}

function readMatters(now: RecognizerContext, earlier: readonly RecognizerContext[]): Matters {
  const things = new Map<string, number>();
  const actions = new Set<string>();
  const texts: { words: readonly string[]; share: number }[] = [];
  const read = (text: string, weight: number, share: number): void => {
    for (const words of clauses(text)) {
      if (words.length > 1) texts.push({ words, share });
      for (const thing of thingsIn(words)) {
        things.set(thing, (things.get(thing) ?? 0) + weight * share);
      }
    }
  };
  const readContext = (context: RecognizerContext, share: number): void => {
    read(context.instructions, 1, share);
    for (const tool of context.tools) {
      read(tool.description, 2, share);
      for (const text of textsIn(tool.parameters)) read(text, 2, share);
      const [action = '', ...object] = nameWords(tool.name);
      if (action === 'transfer') {
        read(object.slice(1).join(' '), 1, share);
      } else if (object.length > 0) {
        actions.add(action);
        read(object.join(' '), 3, share);
      }
    }
  };
  readContext(now, 1);
  for (const context of earlier) readContext(context, earlierShare);
  for (const action of actions) things.delete(action);
  return { things, actions: [...actions], texts };
}

/** Noun-like runs: up to two content words in a row, each word alone too, and its singular. */
function thingsIn(clause: readonly string[]): Set<string> {
  const found = new Set<string>();
  let before = '';
  for (const word of clause) {
    if (functionWords.has(word) || word.length < 3) {
      before = '';
      continue;
    }
    const one = singular(word);
    found.add(one);
    if (before) found.add(`${before} ${one}`);
    before = word;
  }
  return found;
}

/** Lower-case words by clause. Words with digits, placeholders and markup are left out. */
function clauses(text: string): string[][] {
  return text
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/`[^`]*`|\b\w*[\d_]\w*\b/g, ' , ')
    .split(/[^a-z' \t-]+/)
    .map((clause) => clause.match(/[a-z]+(?:'[a-z]+)?/g) ?? [])
    .filter((words) => words.length > 0);
}

function nameWords(name: string): string[] {
  return name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word && word !== 'id');
}

/** Descriptions, enum values and property names anywhere in a JSON Schema. */
function textsIn(schema: unknown): string[] {
  if (Array.isArray(schema)) return schema.flatMap(textsIn);
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]: [string, unknown]) => {
    if (key === 'description' && typeof value === 'string') return [value];
    if (key === 'enum' && Array.isArray(value)) {
      return value.filter((one) => typeof one === 'string').map((one) => nameWords(one).join(' '));
    }
    if (key === 'properties' && typeof value === 'object' && value !== null) {
      return [...Object.keys(value).map((name) => nameWords(name).join(' ')), ...textsIn(value)];
    }
    return textsIn(value);
  });
}

function singular(word: string): string {
  if (/(ss|us|is)$/.test(word) || !word.endsWith('s') || word.length < 4) return word;
  if (word.endsWith('ies')) return word.slice(0, -3) + 'y';
  if (/(x|ch|sh|ss)es$/.test(word)) return word.slice(0, -2);
  return word.slice(0, -1);
}

function plural(phrase: string): string {
  if (/(x|ch|sh|s)$/.test(phrase)) return phrase + 'es';
  if (/[^aeiou]y$/.test(phrase)) return phrase.slice(0, -1) + 'ies';
  return phrase + 's';
}

function withArticle(phrase: string): string {
  return `${/^[aeiou]/.test(phrase) ? 'an' : 'a'} ${phrase}`;
}
