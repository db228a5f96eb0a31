import { describe, expect, it } from 'vitest';
import { SwitchboardError } from '../lib/index.ts';
import { readWav, writeWav } from './wav.ts';

const stereo = {
  rateHz: 16_000,
  channels: [Int16Array.of(1, -2, 3), Int16Array.of(-32_768, 32_767, 0)],
};

const text = (value: string): Buffer => Buffer.from(value, 'latin1');
const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
const u16 = (...values: number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 2);
  values.forEach((value, index) => bytes.writeUInt16LE(value, index * 2));
  return bytes;
};
const fmt = (tag: number, channels: number, rateHz: number, bits: number): Buffer =>
  Buffer.concat([u16(tag, channels), u32(rateHz), u32(0), u16(0, bits)]);
const chunk = (id: string, body: Buffer, size = body.length): Buffer =>
  Buffer.concat([text(id), u32(size), body, Buffer.alloc(body.length & 1)]);
const riff = (...chunks: Buffer[]): Buffer =>
  Buffer.concat([text('RIFF'), u32(0xffffffff), text('WAVE'), ...chunks]);

describe('readWav', () => {
  it('reads what writeWav wrote, also from the middle of a larger buffer', () => {
    const file = writeWav(stereo);
    const pool = Buffer.concat([Buffer.alloc(3), file]);
    expect(readWav(file)).toEqual(stereo);
    expect(readWav(pool.subarray(3))).toEqual(stereo);
  });

  it('skips chunks it does not know, odd sizes included', () => {
    const file = riff(
      chunk('LIST', text('odd')),
      chunk('fmt ', fmt(1, 1, 8_000, 16)),
      chunk('fact', u32(2)),
      chunk('data', u16(5, 6)),
      chunk('id3 ', text('x')),
    );
    expect(readWav(file)).toEqual({ rateHz: 8_000, channels: [Int16Array.of(5, 6)] });
  });

  it.each([0, 0xffffffff, 1_000])(
    'reads to the end when the data chunk claims %d bytes',
    (size) => {
      const file = riff(chunk('fmt ', fmt(1, 1, 24_000, 16)), chunk('data', u16(5, 6, 7), size));
      expect([...(readWav(file).channels[0] ?? [])]).toEqual([5, 6, 7]);
    },
  );

  it('reads float samples, held at full scale', () => {
    const body = Buffer.alloc(16);
    [0.5, -1, 2, Number.NaN].forEach((value, index) => body.writeFloatLE(value, index * 4));
    const file = riff(chunk('fmt ', fmt(3, 1, 48_000, 32)), chunk('data', body));
    expect([...(readWav(file).channels[0] ?? [])]).toEqual([16_384, -32_768, 32_767, 0]);
  });

  it('reads the extensible form', () => {
    const extension = Buffer.concat([u16(22, 16), u32(0), u16(1), Buffer.alloc(14)]);
    const format = Buffer.concat([fmt(0xfffe, 1, 16_000, 16), extension]);
    const file = riff(chunk('fmt ', format), chunk('data', u16(8)));
    expect([...(readWav(file).channels[0] ?? [])]).toEqual([8]);
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a text file', text('hello, this is not a sound file at all')],
    ['an MP3 in a WAV', riff(chunk('fmt ', fmt(0x55, 1, 8_000, 0)), chunk('data', u16(1)))],
    ['24 bits', riff(chunk('fmt ', fmt(1, 1, 8_000, 24)), chunk('data', u16(1)))],
    ['six channels', riff(chunk('fmt ', fmt(1, 6, 8_000, 16)), chunk('data', u16(1)))],
    ['rate 0', riff(chunk('fmt ', fmt(1, 1, 0, 16)), chunk('data', u16(1)))],
    ['no data', riff(chunk('fmt ', fmt(1, 1, 8_000, 16)))],
    ['no format', riff(chunk('data', u16(1)))],
    ['a cut-off format', riff(text('fmt '), u32(16), u16(1))],
  ])('refuses %s with one clear line', (_name, file) => {
    let thrown: unknown;
    try {
      readWav(file);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(SwitchboardError);
    expect(thrown).toMatchObject({ code: 'wav_invalid' });
    expect((thrown as SwitchboardError).message).toMatch(/^Not a WAV file.*\.$/);
  });
});

it('writeWav fills a shorter channel up with silence', () => {
  const file = writeWav({ rateHz: 8_000, channels: [Int16Array.of(1), Int16Array.of(2, 3)] });
  expect(readWav(file).channels).toEqual([Int16Array.of(1, 0), Int16Array.of(2, 3)]);
});
