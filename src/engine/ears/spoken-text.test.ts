import { describe, expect, it } from 'vitest';
import { beliefWithoutScores, isAudible, meanProbability, plainWords } from './spoken-text.ts';

it.each([
  ['  The second one.', 'the second one'],
  ["It’s Dr. O'Hara — yes!", "it's dr o'hara yes"],
  ['At 10:30, for $24.50 (50%).', 'at 10:30 for $24.50'],
  ['that is 50%.', 'that is 50%'],
  ['[BLANK_AUDIO]', ''],
  ['(upbeat music) Hello? ♪', 'hello'],
  ['INVOICE NUMBER GB-1042', 'invoice number gb-1042'],
  ['Grüße, José', 'grüße josé'],
  ['…', ''],
])('writes %j as plain words', (written, plain) => {
  expect(plainWords(written)).toBe(plain);
});

describe('belief in words without scores', () => {
  it.each([
    ['the second one', 1_200, 0.75],
    ['yes', 100, 0.75],
    ['', 1_000, 0],
    ['thank you for watching please subscribe to my channel', 500, 0.2],
    ['no no no no no no no no', 4_000, 0.2],
  ])('%j in %i ms', (text, spokenMs, belief) => {
    expect(beliefWithoutScores(text, spokenMs)).toBe(belief);
  });
});

it('takes the mean probability of tokens, and none of none', () => {
  expect(meanProbability([Math.log(0.5), Math.log(0.5)])).toBeCloseTo(0.5);
  expect(meanProbability([0.1])).toBe(1);
  expect(meanProbability([])).toBeNull();
});

it('finds sound anywhere in a turn, and none in digital silence or faint hiss', () => {
  const samples = new Int16Array(16_000);
  expect(isAudible(samples)).toBe(false);
  expect(isAudible(samples.map((_, at) => (at % 2 ? 40 : -40)))).toBe(false);
  samples.fill(900, 12_000, 13_000);
  expect(isAudible(samples)).toBe(true);
  expect(isAudible(new Int16Array())).toBe(false);
});
