import { describe, expect, it } from 'vitest';
import { AudioPiece } from './audio-piece.ts';
import { openAudioConverter } from './converter.ts';
import { levelDbfs } from './pcm.ts';

const bytes = (length: number): Uint8Array => Uint8Array.from({ length }, (_, n) => n % 251);

describe('a piece of audio', () => {
  it.each([0, 1, 2, 3, 4, 160, 961])('is as long from base64 as from its %i bytes', (length) => {
    const piece = AudioPiece.ofBytes('audio/pcmu', bytes(length));
    const same = AudioPiece.ofBase64('audio/pcmu', piece.base64());
    expect(same.byteLength).toBe(length);
    expect([...same.bytes()]).toEqual([...bytes(length)]);
    expect(same.ms).toBe(length / 8);
  });

  it('keeps the base64 it came with as it is', () => {
    const text = Buffer.from(bytes(160)).toString('base64');
    const piece = AudioPiece.ofBase64('audio/pcma', text);
    expect(piece.base64()).toBe(text);
    expect(piece.bytes()).toBe(piece.bytes());
  });

  it('gives the samples of PCM, and refuses to take G.711 for samples', () => {
    const samples = Int16Array.of(1, -2, 32_767, -32_768);
    expect(AudioPiece.ofSamples(samples).samples()).toEqual(samples);
    expect(AudioPiece.ofSamples(samples).ms).toBe(4 / 24);
    expect(() => AudioPiece.ofBytes('audio/pcmu', bytes(2)).samples()).toThrow(TypeError);
  });
});

/** A tone of 440 Hz at half of full scale. */
const tone = (rateHz: number, ms: number): Int16Array =>
  Int16Array.from({ length: (rateHz * ms) / 1_000 }, (_, n) =>
    Math.round(16_384 * Math.sin((2 * Math.PI * 440 * n) / rateHz)),
  );

/** How far `is` is from `wanted`, which it may follow by up to `slack` samples, in decibels below `wanted`. */
function noiseBelow(wanted: Int16Array, is: Int16Array, slack: number): number {
  const inner = wanted.subarray(2_400, 9_600);
  let best = 0;
  for (let shift = 0; shift <= slack; shift++) {
    const error = inner.map((sample, n) => sample - (is[n + 2_400 + shift] ?? 0));
    best = Math.max(best, levelDbfs(inner) - levelDbfs(error));
  }
  return best;
}

describe('converting a channel’s audio', () => {
  it.each(['audio/pcmu', 'audio/pcma'] as const)(
    '%s: a tone comes back at its level, 30 dB above what the coding adds',
    async (format) => {
      const converter = await openAudioConverter(format);
      const samples = tone(24_000, 500);
      const pieces = [];
      for (let at = 0; at < samples.length; at += 480) {
        pieces.push(converter.toPiece(samples.subarray(at, at + 480)));
      }
      pieces.push(converter.flushPiece());
      expect(pieces.reduce((sum, { byteLength }) => sum + byteLength, 0)).toBe(4_000);
      const back = pieces.flatMap((piece) => [...converter.toSamples(piece)]);
      expect(noiseBelow(samples, Int16Array.from(back), 4)).toBeGreaterThan(30);
      converter[Symbol.dispose]();
    },
  );

  it('leaves PCM at its own rate untouched', async () => {
    const converter = await openAudioConverter('audio/pcm');
    const samples = tone(24_000, 20);
    const piece = converter.toPiece(samples);
    expect(converter.toSamples(piece)).toEqual(samples);
    expect(converter.flushPiece().byteLength).toBe(0);
    converter[Symbol.dispose]();
  });
});
