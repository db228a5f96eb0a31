import { isEmptyTalk, plain, stopWords, termsOf, type Term } from './language/index.ts';
import { commonness, meaningBy, nearnessBy, toolTalk } from './matching/index.ts';
import type { Prompt } from './prompt.ts';
import type { Tool } from './toolbox.ts';
import type { WordVectors } from './vectors/index.ts';

/** A sentence of the instructions that answers a question, and how surely: 1 is plainly. */
export interface Answered {
  readonly sentence: string;
  readonly score: number;
  /** It is the kind of answer that was asked for (a place, a time, a price), which few tools give. */
  readonly isFitting: boolean;
  /** It is about the same, in other words: to be told where nothing else is wanted. */
  readonly isLikely?: boolean;
}
export type Answerer = (question: string) => Answered | undefined;

/** Sentences that tell the assistant what to do rather than what is so. */
const directive =
  /^so (?:do(?:es)?|is|are) |^(?:please )?(?:always|never|do not|don't|not|ask|say|tell|use|keep|be|give|transfer|hand|send|put|pass|offer|speak|answer|confirm|read|make|collect|check|find|help|follow|escalate|open(?! (?:for|from|on|daily|until|till|every|all|\w+days?)\b)|start|begin|greet|end|call|remember|let|avoid|stay|mention|explain|apologi[sz]e|take|look|only|first|then|before|after|once|today is|the time is|time zone|role|goal)\b(?!-)|\byou\b|\b(?:the )?callers?\b(?! (?:can|may|must|should|have to|need to|do not|don't|cannot) )|\b(?:customers?|somebody|someone|anybody|anyone|people|who) (?:wants?|asks?|says?|needs?|calls?)\b|\btools?\b|\b[a-z]+_[a-z_]+\b|\b(?:transfer|hand|put|pass|send)(?:ed)? (?:them|it|over|through|to)\b|\bgoe?s? to [a-z ]+\.?$|\btoday is\b|\btime zone\b/i;

/** What a question is after, how it is asked, and what an answer to it has. */
const kinds: readonly {
  readonly name: string;
  readonly asked: RegExp;
  readonly answered: RegExp;
  /** Words that ask, and need not be in the answer. */
  readonly frame: RegExp;
}[] = [
  {
    name: 'hours',
    asked:
      /\b(?:opening|open|close|closed|closing|hours|until when|when do you|how late|how early|weekends?)\b|\b(?:is|are|will) (?:anybody|anyone|somebody|someone|you(?: guys| lot)?|they)(?: be)? (?:in|there|around|working)\b/,
    answered:
      /\b(?:opens?|opened|opening|clos\w+|hours)\b.*(?:\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon|midnight|day|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mondays|sundays|weekends?|week|morning|always)\b)|\b(?:between|from) \S+ (?:and|to) \S+/i,
    frame:
      /^(?:opening|open|close|closed|closing|hour|hours|until|late|early|time|anybody|anyone|somebody|someone|around|working)$/,
  },
  {
    name: 'when',
    asked: /\b(?:when|what time|which days?|what days?)\b/,
    answered:
      /\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon|midnight|hours?|daily|every|\w+days?|mornings?|evenings?|until|morning|evening|\w+ past \w+|of the (?:week|month|year))\b/i,
    frame: /^(?:when|time|until)$/,
  },
  {
    name: 'where',
    asked:
      /\b(?:where|address|located|location|directions|find you|situated|get to|get there|how do i get)\b/,
    answered:
      /\b(?:street|road|avenue|lane|square|boulevard|address|located|beside|behind|opposite|next to|near|at the|on the|in the|in front of|floor|from the|corner|car park|between)\b|\b(?:at|on|in) [A-Z\d]/,
    frame: /^(?:where|address|located|location|directions|find|situated|get|exactly|place)$/,
  },
  {
    name: 'money',
    asked: /\b(?:cost|costs|price|prices|how much|charge|fee|fees|expensive|rate|for free)\b/,
    answered:
      /[$£€]|\b(?:dollars?|pounds?|euros?|cents?|pence|costs?|free|free of charge|extra|included|includes)\b/,
    frame: /^(?:cost|costs|price|prices|charge|fee|fees|expensive|much|rate|free)$/,
  },
  {
    name: 'count',
    asked: /\bhow many\b/,
    answered:
      /\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|fifty|hundred)\b/,
    frame: /^(?:many)$/,
  },
  {
    name: 'long',
    asked: /\bhow (?:long|soon|quickly|fast)\b/,
    answered: /\b(?:minutes?|hours?|days?|weeks?|months?|years?|until|same day)\b/,
    frame: /^(?:long|soon|quickly|fast|take|takes)$/,
  },
  {
    name: 'emergency',
    asked: /\b(?:emergenc\w*|urgent|ambulance|hospital)\b/,
    answered: /\b(?:emergenc\w*|hospital|911|112|999|ambulance)\b/i,
    frame: /^(?:emergency|urgent)$/,
  },
];

/** A sentence for certain cases only, which a question that names none of them is not after. */
const conditional = /^(?:at|on|in|if|for|after|before|outside|during|later|only|when|from)\b[^.]*/i;
/** "Do you …", "is there …": what is named in it must be named in the answer, and little else. */
const yesOrNoAsked =
  /^(?!.*\b(?:who|what|where|when|which|how|tell me|know)\b)(?:\w+ ){0,2}?(?:do|does|will|would|can|could|are|is|have|has)(?:n't)? (?:you|yous|they|there|it|the|your|i|we|my)\b/;
/** What makes the rule of a house rather than a step of a call. */
const ruling =
  /\b(?:not|no|never|free|only|allowed|accept\w*|offer\w*|welcome|included|extra|available|must|may|can|cover\w*|treat|sell|do|don't|guarantee\w*|charge|repaid|comes? with|have|has|deliver\w*)\b/i;

const likeDays = (a: Term, b: Term): boolean => dayName.test(a.word) && dayName.test(b.word);

const dayName = /^(?:mon|tues|wednes|thurs|fri|satur|sun)days?$|^weekends?$/;
/** Who answers the telephone, or what they are in: a question that names nothing else is about that. */
const ourselves =
  /^(?:we|our|it|the [a-z]+(?: [a-z]+)?) (?:is|are|opens?|closes?|lies?|stands?|has|have)\b/i;

const onDay =
  /\b(?:to(?:day|morrow|night)|(?:next|this) (?:week|month)|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b/;
const ofMine =
  /\b(?:my|our)\b(?! (?:own|wife|husband|partner|son|daughter|child|children|kids?|mother|father|mum|mom|dad|friends?|boyfriend|girlfriend|family|dog|cat)\b)|\b(?:mine|ours)\b|\b(?:do|did|have|had|am|was|should) i\b/;
/** What you do for everybody: "will you deal with my …". */
const ofYours =
  /\b(?:do|will|would) you\b|\bcan you (?:deliver|send|come)\b|\b(?:do|can|could) (?:i|we) get\b/;

/** How it is done, or what if: that is the same for everybody. */
const ofRule =
  /\bif (?:i|we|you|my|it)\b|\b(?:how|where|when) (?:do|can|should|must|would) (?:i|we)\b/;

/** "Can I bring …", "do you take …": what is the rule. */
const allowed =
  /^(?:\w+ ){0,3}?(?:(?:can|may|could) (?:i|we|my|our) (?:bring|take|pay|park|smoke|use|leave|wear|come)|(?:do|does) you (?:accept|take|allow|admit)|(?:do|must|should) (?:i|we) (?:have to|need|bring|pay)|(?:is|are) .* (?:allowed|welcome|permitted|accepted)|(?:is it|would it be) (?:ok|okay|all right|alright|possible|fine) (?:if|to)|(?:am i|are we) allowed)\b/;

/** From here on a word of a question is taken for one of a sentence, in how common it is. */
const likelySame = 0.5;
/** What the kind of answer counts, and where only a yes or a no is asked for. */
const ofKind = 0.5;
const ofKindAside = 0.35;
/** From here on a sentence is an answer at all. */
const leastScore = 0.6;

/**
 * Finds the sentence of the instructions that answers a question.
 *
 * Strict: what is asked for must be in it, and so must the kind of answer (a place, a time, a price).
 * A wrong answer is worse than none.
 */
export function answererFor(
  prompt: Prompt,
  tools: readonly Tool[] = [],
  vectors?: WordVectors,
): Answerer {
  const isGuidance = toolTalk(tools);
  const nearness = nearnessBy(vectors);
  const facts = prompt.lines
    .filter(
      ({ text }) =>
        !isGuidance(text) &&
        !directive.test(text) &&
        !isTask(text, tools) &&
        !/\?$|["“]/.test(text),
    )
    .map(({ text, heading }) => ({
      text,
      terms: wordsToMatch(text),
      headed: wordsToMatch(`${heading} ${spokenOf(text, prompt)}`),
      near: nearness(text),
    }));
  const meaning = meaningBy(vectors);
  const nearest = (term: Term, terms: readonly Term[]): number =>
    terms.reduce(
      (best, known) =>
        Math.max(
          best,
          known.stem === term.stem ? 1 : likeDays(term, known) ? 0.7 : meaning(term, known),
        ),
      0,
    );

  return (question) => {
    // Letters said one by one make a word.
    const said = plain(question).replaceAll(/\b([a-z])\.? (?=[a-z]\b(?!'))/g, '$1');
    const asked = kinds.filter((kind) => kind.asked.test(said));
    const hours = asked.some(({ name }) => name === 'hours');
    const ofMoney = asked.some(({ name }) => name === 'money');
    const terms = wordsToMatch(said).filter(
      ({ word }) =>
        !asked.some(({ frame }) => frame.test(word)) && (hours || ofMoney || !dayName.test(word)),
    );
    // Who names what is theirs, or a day, is likely to want something done.
    const wantsDone = ofMine.test(said) && !allowed.test(said) && !ofRule.test(said);
    const doubt =
      (!hours && !ofMoney && onDay.test(said) ? 0.3 : 0) +
      (wantsDone ? (ofYours.test(said) ? 0.15 : 0.45) : 0);
    // Only where we are and when we are open is asked without naming anything.
    if (terms.length === 0 && !asked.some(({ name }) => /^(?:hours|where|emergency)$/.test(name)))
      return undefined;
    if (asked.length === 0 && isEmptyTalk(said)) return undefined;
    const near = terms.map((term) =>
      facts.map(({ terms: told, headed }) =>
        Math.max(nearest(term, told), nearest(term, headed) * 0.7),
      ),
    );
    const weights = terms.map((term, index) => {
      const all = near[index] ?? [];
      const most = Math.max(0.3, ...all);
      const spread = all.reduce((sum, one) => sum + (one < likelySame ? 0 : one / most), 0);
      const rank = vectors?.rank(term.word);
      return (
        Math.log(1 + (facts.length + 1) / Math.max(1, spread)) *
        (rank === undefined ? 1 : commonness(rank))
      );
    });
    const total = weights.reduce((sum, one) => sum + one, 0);
    const isPolar = yesOrNoAsked.test(said);
    let best: Answered | undefined;
    const likely: { sentence: string; score: number; isFitting: boolean }[] = [];
    const whole = nearness(said);
    for (const [index, { text, terms: told, near: nearTo }] of facts.entries()) {
      const shared = terms.reduce(
        (sum, _term, at) => sum + (near[at]?.[index] ?? 0) * (weights[at] ?? 0),
        0,
      );
      const coverage = total === 0 ? 0.5 : shared / total;
      const fitting = asked.filter(({ answered }) => answered.test(text)).length;
      const isFitting = fitting > 0;
      const alike = whole.to(nearTo);
      if (
        coverage >= leastCoverage &&
        alike >= leastAlike &&
        (asked.length === 0 || isFitting || coverage >= 0.6)
      )
        likely.push({
          ...{ sentence: text, isFitting },
          score: coverage + alike + (isFitting ? 0.2 : 0),
        });
      if (asked.length > 0 && !isFitting) continue;
      // The rarest word of the question stands in it to the letter.
      const isNamed =
        isPolar &&
        (!wantsDone || ofYours.test(said)) &&
        ruling.test(text) &&
        rarestIn(terms, weights, told);
      const least = isFitting || isNamed ? 0.4 : allowed.test(said) ? 0.45 : 0.55;
      if (terms.length > 0 && coverage < least) continue;
      // What only sounds related answers nothing.
      if (!isFitting && !terms.some(({ stem }) => told.some((one) => one.stem === stem))) continue;
      const isNarrow =
        (conditional.test(text) || told.some(({ word }) => dayName.test(word))) &&
        !onDay.test(said) &&
        !hours &&
        !terms.some(({ word }) => dayName.test(word));
      const score =
        coverage -
        (isNarrow ? 0.12 : 0) +
        (isFitting ? (isPolar ? ofKindAside : ofKind) : 0) +
        // Nothing but the kind of answer was asked for: it is asked of us.
        (terms.length === 0 && ourselves.test(text) ? 0.3 : 0) +
        (isNamed ? 0.4 : 0) +
        0.05 * fitting -
        0.01 * Math.max(0, told.length - terms.length) -
        doubt;
      if (score >= leastScore && (!best || score > best.score))
        best = { sentence: text, score, isFitting };
    }
    if (best) return best;
    // A day is asked of a calendar, and a person is not told of by what they are near.
    const sure = onDay.test(said) || /\bwho\b/.test(said) ? undefined : outstanding(likely);
    const less = sure && sure.score - doubt - (isAsked.test(said) ? 0 : ofNoQuestion);
    return sure && less !== undefined && less > leastScore
      ? { ...sure, score: Math.min(1, less) }
      : undefined;
  };
}

/** A question, or one behind other words. */
const isAsked =
  /^(?:(?:and|so|but|ok|okay|well|um|hi|hello|hey|oh|right|sorry|also|then|now|yes|no|thanks|please)\b[, ]*)*(?:what|when|where|which|who|how|why|is|are|do|does|did|will|would|am|has|have|can|could|may|must|should|isn't|aren't|don't|doesn't|won't)\b|\b(?:what|when|where|how|why|will there|is there|are there|is it|are they|do you|do i|do we|does it|would you|will you|should i|is that|know if|wonder\w* (?:if|whether))\b/;
/** What a statement is taken to be less surely about. */
const ofNoQuestion = 0.15;

/** What a sentence in other words has at least of what was asked, by its words and as a whole. */
const leastCoverage = 0.35;
const leastAlike = 0.4;
/** The two together, and by how much the best must be better than the next. */
const leastLikely = 0.8;
const apart = 0.1;

/** The one sentence that is about what was asked, where it stands out. */
function outstanding(
  likely: readonly {
    readonly sentence: string;
    readonly score: number;
    readonly isFitting: boolean;
  }[],
): Answered | undefined {
  const [best, next] = likely.toSorted((a, b) => b.score - a.score);
  if (!best || best.score < leastLikely || (next && best.score < next.score + apart))
    return undefined;
  return { ...best, score: best.score - leastLikely + leastScore, isLikely: true };
}

/** What "it" in a sentence is: the sentence before. */
function spokenOf(text: string, { lines }: Prompt): string {
  if (!/^(?:it|they|these|those|this|that)\b/i.test(text)) return '';
  return lines[lines.findIndex((line) => line.text === text) - 1]?.text ?? '';
}

/** Whether the word that tells most is in a sentence to the letter. */
function rarestIn(
  terms: readonly Term[],
  weights: readonly number[],
  told: readonly Term[],
): boolean {
  const most = Math.max(0, ...weights);
  return terms.some(
    ({ stem }, at) =>
      (weights[at] ?? 0) >= 0.85 * most && told.some((known) => known.stem === stem),
  );
}

/** What a text is about, days included; what only frames a question is left out. */
const wordsToMatch = (text: string): Term[] =>
  termsOf(text).filter(({ word }) => dayName.test(word) || !framing.has(word));

/** "Book test drives": what a tool here is for, told as a task. */
const isTask = (text: string, tools: readonly Tool[]): boolean =>
  tools.some(
    ({ role, name }) =>
      role === 'own' && plain(text).startsWith(`${name.split('_')[0] ?? ''} `) && !/\d/.test(text),
  );

const framing: ReadonlySet<string> = new Set([
  ...stopWords,
  ...'exactly know knows find bring use usually there anywhere somewhere place wonder question information somebody someone anybody anyone people going hour hours minute minutes half month months monthly week weeks day days year years yearly'.split(
    ' ',
  ),
]);
