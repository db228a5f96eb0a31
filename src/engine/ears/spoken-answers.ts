import type { WeightedSentence } from './arpa.ts';
import type { AnswerKind } from './asked.ts';
import { drawSentence, seededRandom } from './spoken-grammar.ts';

type Template = readonly [draws: number, template: string];

/** What people say to each kind of question. */
const templates: Readonly<Record<AnswerKind, readonly Template[]>> = {
  confirm: [
    [60, '{YES}'],
    [20, '{YES} [please|thanks|thank you|go ahead|that works]'],
    [
      15,
      "yes (that's right|that is right|that's correct|please do|it is|i do|i am|i would|we are)",
    ],
    [50, '{NO}'],
    [10, "no (that's all|that's it|nothing else|i don't think so|i am not|i would not)"],
    [
      10,
      "(go ahead|that's fine|sounds good|that works|that's it|i think so|i don't think so|please do)",
    ],
  ],
  choice: [
    [
      40,
      '(the|that|number) (first|second|third|fourth|last|earlier|later|other|next) [one|one please]',
    ],
    [
      20,
      "(i'll take|i'd like|i would like|let's take|give me|i prefer) the (first|second|third|last|earlier|later|other) [one] [please]",
    ],
    [15, '(number|option) {HOUR} [please]'],
    [20, '{TIME} [please]'],
    [15, '{DAY} [please]'],
    [10, '(either|both|neither|none of them|any of them|the earliest|the latest|the cheapest)'],
  ],
  number: [
    [90, "[it's|it is|the number is|that's|my number is] {NUMBER}"],
    [30, "[it's|it is|it starts with|that's] {SPELLED}"],
    [20, '[just|about|only] {TWO}'],
    [20, '[just|only] {DIGIT}'],
    [20, '{DIGIT} {DIGIT} {DIGIT} {DIGIT} {DIGIT} {DIGIT} {DIGIT} {DIGIT} {DIGIT} {DIGIT}'],
    [10, '{DIGIT} {DIGIT} {DIGIT} double {DIGIT} {DIGIT} {DIGIT} {DIGIT}'],
  ],
  letters: [
    [60, "[it's|that's] {LETTER} {LETTER} {LETTER} {LETTER}"],
    [60, '[it is|sure] {LETTER} {LETTER} {LETTER} {LETTER} {LETTER} {LETTER}'],
    [30, '{LETTER} {LETTER} {LETTER} {LETTER} {LETTER} {LETTER} {LETTER} {LETTER}'],
    [20, '{LETTER} {LETTER} double {LETTER} {LETTER}'],
    [30, '{SPELLED}'],
  ],
  name: [
    [200, "[my name is|it's|this is|i'm|the name is|that's] {NAME}"],
    [60, '{NAME}'],
  ],
  date: [
    [
      120,
      "[it's|i was born on|that's|on] (the {ORDINAL} of {MONTH}|{MONTH} {ORDINAL}|{MONTH} the {ORDINAL}) {YEAR}",
    ],
    [40, "[it's|on] (the {ORDINAL} of {MONTH}|{MONTH} {ORDINAL})"],
  ],
  day: [
    [60, '[on|for|maybe|how about] {DAY} [please|is good|works|would be good|if possible]'],
    [30, '[on] {DAY} at {TIME} [please]'],
    [15, '(as soon as possible|any day|the sooner the better|any time|whenever you have)'],
  ],
  time: [
    [60, '[at|around|about|maybe] {TIME} [please|is good|works|would be good]'],
    [20, '(in the|any time in the) {PART} [please]'],
    [15, '(after|before|not before) {TIME}'],
  ],
  amount: [
    [60, "[it was|about|it's|up to|under|around] {MONEY}"],
    [10, '{TWO}'],
  ],
};
/** What people say instead of an answer: a part of one in ten. */
const instead: readonly Template[] = [
  [8, '{YES}'],
  [8, '{NO}'],
  [
    4,
    "(i don't know|i'm not sure|i don't have it|i can't remember|one moment|just a moment|let me see)",
  ],
  [4, '(sorry|pardon|what|can you repeat that|say that again|hello)'],
];
const drawsEach = 3;

/** Sentences that answer questions of the given kinds, all kinds alike. */
export function* answerSentences(kinds: readonly AnswerKind[]): Generator<WeightedSentence> {
  const random = seededRandom(13);
  for (const group of [...kinds.map((kind) => templates[kind]), instead]) {
    const draws = group.reduce((sum, [n]) => sum + n, 0) * drawsEach;
    const weight = ((group === instead ? 0.1 : 1) * 600) / draws;
    for (const [n, template] of group) {
      for (let i = 0; i < n * drawsEach; i += 1) {
        yield { words: drawSentence(template, random), weight };
      }
    }
  }
}
