import { describe, expect, it } from 'vitest';
import { tone } from '../testing/tone.ts';
import { concatPcm, levelDbfs } from './pcm.ts';
import { loadResampler } from './resample.ts';

const create = await loadResampler();

const sine = (hz: number, rateHz: number, seconds: number): Int16Array =>
  tone({ hz, ms: seconds * 1_000, rateHz, peak: 10_000 });

function convert(input: Int16Array, fromHz: number, toHz: number, step: number): Int16Array {
  const resampler = create({ fromHz, toHz });
  const parts: Int16Array[] = [];
  for (let at = 0; at < input.length; at += step) {
    parts.push(resampler.push(input.subarray(at, at + step)));
  }
  parts.push(resampler.flush());
  resampler[Symbol.dispose]();
  return concatPcm(parts);
}

describe.each([
  [16_000, 24_000],
  [24_000, 16_000],
  [8_000, 24_000],
  [24_000, 8_000],
  [48_000, 24_000],
  [44_100, 24_000],
])('from %d to %d Hz', (fromHz, toHz) => {
  const output = convert(sine(440, fromHz, 2), fromHz, toHz, fromHz / 50);

  it('keeps the length to the sample', () => {
    expect(output.length).toBe(2 * toHz);
  });

  it('gives the same sine, in time and level, with no click at any seam', () => {
    const wanted = sine(440, toHz, 2);
    // The first and last 5 ms meet silence, where the filter must ring.
    const edge = toHz / 200;
    let worst = 0;
    for (let i = edge; i < output.length - edge; i++) {
      worst = Math.max(worst, Math.abs((output[i] ?? 0) - (wanted[i] ?? 0)));
    }
    expect(worst).toBeLessThan(150); // −36 dB below the tone
    expect(levelDbfs(output)).toBeCloseTo(levelDbfs(wanted), 1);
  });

  it('does not depend on how the stream was cut', () => {
    const whole = sine(440, fromHz, 1);
    expect(convert(whole, fromHz, toHz, 7)).toEqual(convert(whole, fromHz, toHz, 100_000));
  });
});

it('removes what the lower rate cannot hold instead of folding it down', () => {
  const output = convert(sine(7_000, 24_000, 1), 24_000, 8_000, 480);
  expect(levelDbfs(output.subarray(100, -100))).toBeLessThan(-60);
});

it('starts afresh after a flush', () => {
  const resampler = create({ fromHz: 16_000, toHz: 24_000 });
  const first = concatPcm([resampler.push(sine(300, 16_000, 1)), resampler.flush()]);
  const second = concatPcm([resampler.push(sine(300, 16_000, 1)), resampler.flush()]);
  resampler[Symbol.dispose]();
  expect(second).toEqual(first);
});

it('passes audio through when the rates are equal', () => {
  const samples = Int16Array.of(1, 2, 3);
  expect(convert(samples, 24_000, 24_000, 2)).toEqual(samples);
});

it('keeps many streams apart', () => {
  const a = create({ fromHz: 16_000, toHz: 24_000 });
  const b = create({ fromHz: 16_000, toHz: 24_000 });
  const tone = sine(440, 16_000, 1);
  const parts: Int16Array[] = [];
  for (let at = 0; at < tone.length; at += 320) {
    parts.push(a.push(tone.subarray(at, at + 320)));
    b.push(sine(900, 16_000, 0.02));
  }
  parts.push(a.flush());
  expect(concatPcm(parts)).toEqual(convert(tone, 16_000, 24_000, 320));
  a[Symbol.dispose]();
  a[Symbol.dispose]();
  b[Symbol.dispose]();
  expect(() => a.push(tone)).toThrow('disposed');
});
