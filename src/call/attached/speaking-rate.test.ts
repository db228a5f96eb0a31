import { expect, it } from 'vitest';
import { createSpeakingRate } from './speaking-rate.ts';

const sentence = 'We are open on Monday from nine to five.'; // 40 characters

it('begins at the usual rate of speech', () => {
  expect(createSpeakingRate().msOf(sentence)).toBeCloseTo(2_640);
});

it('learns from what was heard in full', () => {
  const rate = createSpeakingRate();
  for (let times = 0; times < 20; times += 1) rate.learn(sentence, 4_000);
  expect(rate.msOf(sentence)).toBeGreaterThan(3_800);
  expect(rate.msOf(sentence)).toBeLessThan(4_000);
});

it('believes no rate at which nobody speaks', () => {
  const rate = createSpeakingRate();
  for (let times = 0; times < 200; times += 1) rate.learn('Yes.', 60_000);
  expect(rate.msOf(sentence)).toBe(8_000);
});
