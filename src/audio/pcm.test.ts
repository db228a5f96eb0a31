import { describe, expect, it } from 'vitest';
import { tone } from '../testing/tone.ts';
import {
  bytesToPcm,
  concatPcm,
  levelDbfs,
  mixToMono,
  pcmToBytes,
  peakOf,
  withGain,
} from './pcm.ts';

describe('bytes and samples', () => {
  it('reads little endian from an odd offset and drops an odd last byte', () => {
    const pool = Buffer.from([0xff, 0x01, 0x00, 0xff, 0xff, 0x34, 0x12, 0x99]);
    expect([...bytesToPcm(pool.subarray(1))]).toEqual([1, -1, 0x1234]);
  });

  it('gives samples of their own, which the pool cannot change later', () => {
    const pool = Buffer.from([1, 0, 2, 0]);
    const samples = bytesToPcm(pool);
    pool.fill(0xff);
    expect([...samples]).toEqual([1, 2]);
  });

  it('writes what it reads', () => {
    const part = Int16Array.from([9, -32_768, 32_767, 0]).subarray(1, 3);
    expect([...pcmToBytes(part)]).toEqual([0x00, 0x80, 0xff, 0x7f]);
  });
});

it('joins parts in order', () => {
  const parts = [Int16Array.of(1, 2), new Int16Array(0), Int16Array.of(3)];
  expect([...concatPcm(parts)]).toEqual([1, 2, 3]);
});

it('measures a sine at half of full scale as −9.03 dBFS, silence as −Infinity', () => {
  const sine = tone({ hz: 440, ms: 1_000, rateHz: 24_000, peak: 16_384 });
  expect(levelDbfs(sine)).toBeCloseTo(-9.03, 2);
  expect(peakOf(sine)).toBe(16_384);
  expect(levelDbfs(new Int16Array(5))).toBe(-Infinity);
  expect(levelDbfs(new Int16Array(0))).toBe(-Infinity);
});

it('holds what is too loud at full scale instead of wrapping', () => {
  expect([...withGain(Int16Array.of(20_000, -20_000, 100), 2)]).toEqual([32_767, -32_768, 200]);
});

it('mixes channels to their mean', () => {
  expect([...mixToMono([Int16Array.of(100, -32_768), Int16Array.of(300, -32_768)])]).toEqual([
    200, -32_768,
  ]);
});
