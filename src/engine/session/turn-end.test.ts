import { describe, expect, it } from 'vitest';
import { codeLengthsIn, digitsAtEnd } from './spoken-digits.ts';
import { judgeTurn, pauseMs, silenceAfter, type Eagerness, type TurnVerdict } from './turn-end.ts';

const help = 'How can I help?';
const phone = 'What is your phone number?';
const invoice = 'What is the number of the invoice?';
const born = 'What is your date of birth?';
const name = 'What is your full name, please?';
const day = 'Which day would suit you?';
const time = 'What time would suit you?';
const which = 'There is ten, ten thirty and eleven. Which one would you like?';
const sure = 'That is Thursday at ten. Is that right?';

const heard: readonly (readonly [verdict: TurnVerdict, asked: string, words: string])[] = [
  // Sentences that stop where nobody stops.
  ['unfinished', help, 'um'],
  ['unfinished', help, "i'd like to"],
  ['unfinished', help, "i'd like to book an appointment for"],
  ['unfinished', help, 'i have a question about the'],
  ['unfinished', help, 'i have a question about my invoice and'],
  ['unfinished', help, 'i need to change my booking because'],
  ['unfinished', help, 'can you'],
  ['unfinished', help, 'hi my name is'],
  ['unfinished', help, 'on the'],
  ['unfinished', help, 'my invoice um'],
  ['unfinished', day, 'maybe on'],
  ['unfinished', sure, "no i'd like to change the"],
  // Those that only look like it.
  ['unknown', sure, "yes i'd like to"],
  ['finished', help, 'what is that for'],
  ['unknown', help, 'hold on'],
  ['finished', sure, 'yes it is'],
  ['finished', sure, 'yes i am'],
  // Whole requests and questions, and ends that people mark themselves.
  ['finished', help, 'i would like to book an appointment'],
  ['finished', help, 'hi i have a question about an invoice'],
  ['finished', help, 'what are your opening hours'],
  ['finished', help, 'can you send me a payment link'],
  ['finished', help, "that's all thank you goodbye"],
  ['finished', day, 'tomorrow please'],
  // Answers to yes or no.
  ['finished', sure, 'yes'],
  ['finished', sure, 'no thank you'],
  ['finished', sure, "yes that's right"],
  ['unknown', help, 'yes'],
  // Numbers, digit by digit.
  ['unfinished', phone, 'five five five'],
  ['unfinished', phone, 'my number is two one two five five five'],
  ['unknown', phone, 'five five five one two three four'],
  ['finished', phone, 'two one two five five five zero one four two'],
  ['unfinished', phone, 'it starts with double seven'],
  ['unfinished', invoice, "it's one zero"],
  ['unknown', invoice, "it's one zero four two"],
  ['unfinished', help, 'the invoice number is one oh'],
  // Dates that are half given.
  ['unfinished', born, 'the fifth of'],
  ['unfinished', born, 'the fifth'],
  ['unfinished', born, 'the fifth of march'],
  ['unfinished', born, 'the fifth of march nineteen'],
  ['unfinished', born, 'march fifth nineteen eighty'],
  ['finished', born, 'the fifth of march nineteen eighty two'],
  ['finished', born, 'october twenty first nineteen seventy four'],
  ['finished', born, 'may first two thousand and four'],
  // Names, days, times, choices.
  ['unfinished', name, 'maria'],
  ['finished', name, 'maria lopez'],
  ['finished', name, 'my name is maria lopez'],
  ['unfinished', 'Could you spell your name?', 's m i'],
  ['unfinished', 'Could you spell your name?', 'as a minute'],
  ['finished', day, 'on thursday'],
  ['finished', day, 'tomorrow morning'],
  ['finished', time, 'ten thirty'],
  ['unknown', time, 'ten'],
  ['finished', which, 'the second one'],
  ['finished', which, 'ten thirty'],
  // Where words do not tell.
  ['unknown', help, ''],
  ['unknown', help, 'my invoice'],
  ['unknown', '', 'something quite different'],
];

describe('a caller who has paused', () => {
  it.each(heard)('is %s: %j, %j', (verdict, asked, words) => {
    const turn = { words, asked, codeLengths: [], overAgent: false, tellsWords: true };
    expect(judgeTurn(turn)).toBe(verdict);
  });

  it('has finished a number when it is as long as the tools want it', () => {
    const turn = {
      asked: invoice,
      overAgent: false,
      tellsWords: true,
      words: "it's one zero four two",
    };
    expect(judgeTurn({ ...turn, codeLengths: [4] })).toBe('finished');
    expect(judgeTurn({ ...turn, codeLengths: [4, 11] })).toBe('unknown');
    expect(judgeTurn({ ...turn, codeLengths: [6] })).toBe('unfinished');
  });

  it('has finished with a sound that only says that they listen, while the agent speaks', () => {
    const turn = { asked: help, codeLengths: [], tellsWords: true, words: 'uh huh' };
    expect(judgeTurn({ ...turn, overAgent: true })).toBe('finished');
    expect(judgeTurn({ ...turn, overAgent: false })).not.toBe('finished');
    // A hum may be heard as a word that has something to follow.
    expect(judgeTurn({ ...turn, words: "i'm", overAgent: true })).toBe('unknown');
  });

  it('is waited for when the ears are behind, not when they tell nothing before the end', () => {
    const ms = (tellsWords: boolean): number =>
      silenceAfter(
        { words: '', asked: help, codeLengths: [], overAgent: false, tellsWords },
        'auto',
      );
    expect([ms(true), ms(false)]).toEqual([750, 500]);
  });

  it.each<Eagerness>(['low', 'medium', 'auto', 'high'])(
    'is given less time when finished, more when not (%s)',
    (eagerness) => {
      const ms = (words: string): number =>
        silenceAfter(
          { words, asked: sure, codeLengths: [], overAgent: false, tellsWords: true },
          eagerness,
        );
      expect(ms('yes please')).toBeGreaterThan(pauseMs);
      expect(ms('yes please')).toBeLessThan(ms('thursday'));
      expect(ms('thursday')).toBeLessThan(ms('no on the') / 2);
    },
  );
});

it.each([
  ['one zero four two', 4],
  ['double seven three', 3],
  ['ten forty two', 4],
  ['the number is triple oh nine', 4],
  ['nineteen ninety', 4],
  ['one hundred', 3],
  ['call 555', 3],
  ['one two please', 0],
])('counts the digits at the end of %j', (words, digits) => {
  expect(digitsAtEnd(words)).toBe(digits);
});

it('reads the lengths of codes from what tools take', () => {
  const tool = (pattern: string) => ({ parameters: { properties: { id: { pattern } } } });
  const lengths = codeLengthsIn([
    tool('^INV-\\d{4}$'),
    tool('^GB-\\d{8}-\\d{3}$'),
    tool('^\\d{4}-\\d{2}-\\d{2}$'),
    tool('^[A-Z]+$'),
    tool('^\\d{2,5}$'),
    { parameters: null },
  ]);
  expect(lengths).toEqual([4, 11]);
});
