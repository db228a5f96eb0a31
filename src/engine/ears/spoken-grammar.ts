import type { WeightedSentence } from './arpa.ts';
import { familyNames, givenNames } from './spoken-names.ts';

const digits = 'zero oh one two three four five six seven eight nine'.split(' ');
const hours = 'one two three four five six seven eight nine ten eleven twelve'.split(' ');
const teens =
  'ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(' ');
const tens = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const weekdays = 'monday tuesday wednesday thursday friday saturday sunday'.split(' ');
const months =
  'january february march april may june july august september october november december'.split(
    ' ',
  );
const ordinals = (
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth ' +
  'fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth'
).split(' ');
// The dictionary writes a spelled letter as `a.`, so that it differs from the article.
const letters = Array.from('abcdefghijklmnopqrstuvwxyz', (letter) => `${letter}.`);

/** Names stand in order of frequency, which falls about as one over the rank: in three steps here. */
function byFrequency(names: readonly string[]): readonly string[] {
  const [most, more] = [names.slice(0, 30), names.slice(0, 90)];
  return [...most, ...most, ...more, ...more, ...names];
}

/**
 * What stands for one word or phrase in a template. `(a|b)` chooses, `[a]` may be left out, `{X}` is
 * another class. A class with a list chooses evenly.
 */
const classes: Readonly<Record<string, readonly string[]>> = {
  DIGIT: digits,
  HOUR: hours,
  LETTER: letters,
  WEEKDAY: weekdays,
  MONTH: months,
  TENS: tens,
  ORDINAL: [...ordinals, ...ordinals.slice(0, 9).map((one) => `twenty ${one}`), 'thirty first'],
  GIVEN: byFrequency(givenNames),
  FAMILY: byFrequency(familyNames),
  NAME: [...Array<string>(7).fill('{GIVEN} {FAMILY}'), '{GIVEN}', '{GIVEN}', '{FAMILY}'],
  MINUTES: [
    'fifteen',
    'thirty',
    'thirty',
    'forty five',
    'twenty',
    'ten',
    'fifty',
    'oh five',
    'forty',
  ],
  TWO: [...teens, '{TENS}', '{TENS} {HOUR}', '{TENS} {HOUR}'],
  TIME: [
    ...['{HOUR}', '{HOUR} {MINUTES}', '{HOUR} {MINUTES}', '{HOUR} {MINUTES}', '{HOUR} (a.|p.) m.'],
    ...["{HOUR} o'clock", '(half|quarter) past {HOUR}', 'quarter to {HOUR}', 'noon'],
    ...['{HOUR} {MINUTES} (a.|p.) m.', '{HOUR} in the (morning|afternoon|evening)'],
  ],
  ONES: digits.slice(2),
  YEAR: [
    ...['nineteen {TENS} {ONES}', 'nineteen {TENS} {ONES}', 'nineteen {TENS} {ONES}'],
    ...['nineteen {TENS}', 'two thousand [and] [{ONES}]', 'twenty (ten|twenty|twenty {ONES})'],
  ],
  PART: ['morning', 'afternoon', 'evening'],
  DAY: [
    ...[
      '{WEEKDAY}',
      '{WEEKDAY}',
      '{WEEKDAY}',
      'next {WEEKDAY}',
      'this {WEEKDAY}',
      '{WEEKDAY} {PART}',
    ],
    ...['tomorrow', 'tomorrow', 'today', 'tomorrow {PART}', 'the day after tomorrow', 'next week'],
    ...[
      '{MONTH} {ORDINAL}',
      'the {ORDINAL} of {MONTH}',
      'the {ORDINAL}',
      '{WEEKDAY} the {ORDINAL}',
    ],
    ...['{WEEKDAY} next week', 'this week', 'in {HOUR} (days|weeks)'],
  ],
  NUMBER: [
    ...[
      '{DIGIT} {DIGIT} {DIGIT}',
      '{DIGIT} {DIGIT} {DIGIT} {DIGIT}',
      '{DIGIT} {DIGIT} {DIGIT} {DIGIT}',
    ],
    ...[
      '{DIGIT} {DIGIT} {DIGIT} {DIGIT} {DIGIT}',
      '{DIGIT} {DIGIT} {DIGIT} {DIGIT} {DIGIT} {DIGIT}',
    ],
    ...[
      '{TWO} {TWO}',
      '{TWO} {TWO} {TWO}',
      '{DIGIT} {TWO} {TWO}',
      'double {DIGIT} {DIGIT} {DIGIT}',
    ],
  ],
  SPELLED: [
    ...['{LETTER} {LETTER} {NUMBER}', '{LETTER} {LETTER} {LETTER} {NUMBER}', '{LETTER} {NUMBER}'],
    ...[
      '{LETTER} {LETTER} {LETTER} {LETTER}',
      '{LETTER} {LETTER} {LETTER} {LETTER} {LETTER} {LETTER}',
    ],
    ...['{LETTER} {LETTER} dash {NUMBER} dash {DIGIT} {DIGIT} {DIGIT}'],
  ],
  MONEY: [
    ...[
      '{TENS} (dollars|pounds|euros)',
      '{HOUR} (dollars|pounds|euros)',
      '{TENS} {HOUR} (dollars|pounds|euros)',
    ],
    ...[
      '{HOUR} hundred [and {TENS}] (dollars|pounds|euros)',
      '{TWO} {TWO}',
      '{HOUR} thousand dollars',
    ],
  ],
  PLEASE: ['please', 'please', 'thanks', 'thank you', 'if possible', 'if you can'],
  YES: [
    "(yes|yeah|yep|sure|okay|right|correct|exactly|that's right|of course|absolutely|yes it is|yes i do)",
  ],
  NO: [
    "(no|nope|no thanks|no thank you|not really|no that's wrong|no it isn't|no i don't|not yet)",
  ],
  HELLO: ['(hi|hello|hey|good morning|good afternoon|good evening|hi there|hello there)'],
};

/** Templates of what callers say on any line, heaviest first, with how often each is drawn. */
const templates: readonly (readonly [draws: number, template: string])[] = [
  [40, '{YES} [please|thanks|thank you]'],
  [30, '{NO}'],
  [20, '{HELLO}'],
  [10, '{HELLO} (how are you|is anybody there|can you hear me|can you help me)'],
  [
    20,
    "(that's|that is|that'll be|that would be) (all|it|everything|fine|great|good|right|perfect|okay)",
  ],
  [25, "that's all (thanks|thank you|for today|for now|thank you very much) [goodbye|bye]"],
  [
    12,
    '(thanks|thank you|great thanks|great thank you|perfect thanks|thank you very much) [goodbye|bye|bye bye]',
  ],
  [
    12,
    "(no|no thanks|no thank you) (that's all|that is all|nothing else|goodbye|that's it) [goodbye|bye|thank you goodbye]",
  ],
  [8, '(goodbye|bye|bye bye|have a nice day|good night|see you then)'],
  [8, '(have a (nice|good) day|thanks for your help|thank you for your help) [goodbye|bye]'],
  [60, "(it's|it is|the number is|number|my number is|that's|yes it's|sure it's) {NUMBER}"],
  [40, '{NUMBER}'],
  [
    40,
    "(it's|it is|the number is|the reference is|that's|my reference is|it starts with) {SPELLED}",
  ],
  [30, '{SPELLED}'],
  [
    90,
    "(my name is|my name's|i'm|i am|this is|it's|the name is|under the name|it's under|that's) {NAME}",
  ],
  [40, '{NAME}'],
  [10, '(my (first|last) name is|first name|last name|surname) {NAME}'],
  [15, "(it's|that's) spelled {LETTER} {LETTER} {LETTER} {LETTER} {LETTER}"],
  [40, '{TIME} [please|would be good|works|works for me|is fine|would be great|sounds good]'],
  [
    25,
    "(at|the|around|after|before|how about|let's do|let's say|maybe|make it) {TIME} [one|please]",
  ],
  [
    40,
    '[on|for|how about|maybe|is|the] {DAY} [please|would be good|works|is fine|is good|is better]',
  ],
  [40, '[on] {DAY} at {TIME} [please]'],
  [
    20,
    '(do you have|have you got|is there|are there) (anything|something|any times|a slot|any openings|any space) (on|for) {DAY}',
  ],
  [
    20,
    '(do you have|is there|have you got) (anything|something) (earlier|later|else|sooner|in the {PART}|at {TIME}|after {TIME}|before {TIME})',
  ],
  [
    30,
    "(the|that|i'll take the|i would like the|let's take the|give me the|no the) (first|second|third|fourth|last|earlier|later|other|next) [one|one please|slot|time]",
  ],
  [
    8,
    '(either|both|all of them|none of them|neither|the earliest|the latest|any of them|whichever is first)',
  ],
  [
    10,
    "no (not|i don't want) (that one|the (first|second|third) one) the (first|second|third|other) one",
  ],
  [40, '[no|sorry|no sorry|oh sorry] i meant {DAY}'],
  [15, '[no|sorry|no sorry] i (meant|said|mean) {TIME}'],
  [15, '[no|sorry|no sorry] i (meant|said|mean) {NUMBER}'],
  [
    10,
    "[no|sorry|no sorry] (that's wrong|that is not right|that's not right|that's not what i said|not {WEEKDAY} {WEEKDAY})",
  ],
  [10, "[no|sorry] (it's not|not) {DAY} (but|it's) {DAY}"],
  [
    10,
    '(wait|stop|hold on|hang on|one moment|just a moment|one second|wait stop|wait a minute|let me think|let me see|let me check)',
  ],
  [
    10,
    '(sorry|excuse me|pardon) [what|can you repeat that|could you say that again|what did you say]',
  ],
  [8, '(can|could) you (repeat that|say that again|speak slower|speak up|hear me) [please]'],
  [
    10,
    "(i don't know|i'm not sure|i don't have it|i don't have that|i forgot|i can't remember|i don't remember) [right now|the number|it]",
  ],
  [
    10,
    '(can|could|may) i (speak|talk) (to|with) (a person|a human|someone|somebody|an agent|a manager|a real person) [please]',
  ],
  [
    10,
    "i('d like| want|'d love| would like) to (speak|talk) (to|with) (a person|a human|someone|somebody|a manager)",
  ],
  [10, '(what time|when) (is that|are you open|do you open|do you close|is it)'],
  [
    10,
    '(how much|how long|how many|where|why|who|what) (is it|is that|does it cost|do i owe|does it take|are you)',
  ],
  [
    8,
    '(what|which) (times|days|dates|slots|options) (do you have|are there|are available|are free) [on {DAY}]',
  ],
  [
    10,
    '(actually|well|um|so|okay|and|also|but) (never mind|forget it|i changed my mind|one more thing|i have another question)',
  ],
  [
    12,
    "(it was|it is|it's|it has been|they were) (twice|wrong|broken|too much|too late|a mistake|charged twice|already paid|not mine|late)",
  ],
  [
    12,
    "(because|because it|it's because) (was|is|i was|i am|i have) (wrong|broken|late|sick|away|busy|charged twice|a mistake|not right)",
  ],
  [15, "[about|it was|it's|for] {MONEY}"],
  [6, "i'm (just|still) (here|looking|thinking)"],
  [
    20,
    '[{HELLO}|and|okay and] (what are your [opening] hours|when are you open|are you open on {WEEKDAY}|where are you|what is your (address|number)|how do i get there)',
  ],
  [
    12,
    "[{HELLO}] i('d like| want| would like| need) (my money back|a refund|to complain|some help|some information|to ask you something)",
  ],
  [
    10,
    "(hi|hello) [um|uh] (i'm not sure|i am not sure|i don't know) (who|what|where) i (need|have|want) to (talk|speak|ask) [to]",
  ],
  [10, '(sorry|pardon|excuse me) what (do you mean|did you say|was that)'],
];

/** A small deterministic generator, so that a model is the same every time it is built. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state / 0x80000000;
  };
}

/** Draws one sentence from a template. @returns its words. */
export function drawSentence(template: string, random: () => number): readonly string[] {
  let text = template;
  // Innermost groups first; classes bring new groups in.
  for (let changed = true; changed;) {
    const next = text
      .replace(/\{([A-Z]+)\}/g, (_all, name: string) => pick(classes[name] ?? [''], random))
      .replace(/\(([^()[\]{}]*)\)/g, (_all, options: string) => pick(options.split('|'), random))
      .replace(/\[([^()[\]{}]*)\]/g, (_all, options: string) =>
        random() < 0.5 ? '' : pick(options.split('|'), random),
      );
    changed = next !== text;
    text = next;
  }
  return text.split(' ').filter(Boolean);
}

/**
 * How often a template is drawn for each draw it asks for, and what that weighs in all. Names are many:
 * with few draws most would never be heard beside another, and any word would do in their place.
 */
const draws = { usual: { times: 4, weight: 1 }, named: { times: 32, weight: 3 } };

/** What callers say on any line. */
export function* genericSentences(): Generator<WeightedSentence> {
  const random = seededRandom(7);
  for (const [asked, template] of templates) {
    const { times, weight } = template.includes('{NAME}') ? draws.named : draws.usual;
    for (let i = 0; i < asked * times; i += 1) {
      yield { words: drawSentence(template, random), weight: weight / times };
    }
  }
}

function pick(options: readonly string[], random: () => number): string {
  return options[Math.floor(random() * options.length)] ?? '';
}
