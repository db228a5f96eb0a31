import { describe, expect, it } from 'vitest';
import { concatPcm, levelDbfs, peakOf } from '../../audio/index.ts';
import { tone as sine } from '../../testing/tone.ts';
import { shapeSpeech as shapeWhole } from './shape.ts';

const rateHz = 16_000;
const shapeSpeech = (samples: Int16Array, hz: number): Int16Array =>
  shapeWhole(samples, hz).samples;
const silence = (ms: number): Int16Array => new Int16Array((rateHz / 1_000) * ms);
const tone = (ms: number, peak: number): Int16Array => sine({ hz: 200, ms, rateHz, peak });

describe('shapeSpeech', () => {
  it('removes the silence around the words, not inside', () => {
    const raw = concatPcm([
      silence(300),
      tone(200, 6_000),
      silence(150),
      tone(200, 6_000),
      silence(500),
    ]);
    expect(shapeSpeech(raw, rateHz).length / 16).toBeCloseTo(550 + 5 + 20, 0);
  });

  it('tells how much it removed before the first sound', () => {
    const raw = concatPcm([silence(300), tone(200, 6_000), silence(100)]);
    expect(shapeWhole(raw, rateHz).cutSamples / 16).toBeCloseTo(295, 0);
  });

  it.each([800, 6_000, 30_000])('brings a peak of %d to −20 dBFS, pauses not counted', (peak) => {
    const raw = concatPcm([tone(300, peak), silence(800), tone(300, peak)]);
    const shaped = shapeSpeech(raw, rateHz);
    expect(levelDbfs(shaped.subarray(1_000, 4_000))).toBeCloseTo(-20, 0);
  });

  it('never clips, even when the level asks for it', () => {
    const raw = tone(1_000, 300);
    raw[8_000] = 25_000;
    expect(peakOf(shapeSpeech(raw, rateHz))).toBeLessThanOrEqual(29_000);
  });

  it('begins and ends at zero, so that nothing clicks', () => {
    const shaped = shapeSpeech(tone(105, 6_000), rateHz);
    expect([shaped[0], shaped.at(-1)]).toEqual([0, 0]);
  });

  it('makes nothing of nothing', () => {
    expect(shapeSpeech(silence(100), rateHz)).toHaveLength(0);
    expect(shapeSpeech(new Int16Array(0), rateHz)).toHaveLength(0);
  });
});
