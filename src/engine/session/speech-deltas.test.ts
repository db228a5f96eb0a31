import { describe, expect, it } from 'vitest';
import { concatPcm } from '../../audio/index.ts';
import { mouthRateHz } from '../mouth/port.ts';
import { deltaMs, speechDeltas } from './speech-deltas.ts';

const samples = (ms: number): Int16Array => new Int16Array((ms * mouthRateHz) / 1_000);

describe('speechDeltas', () => {
  it('tells each word when its sound begins, by the times the voice gives', () => {
    const { deltas, words, endMs } = speechDeltas(
      {
        samples: samples(1_000),
        text: 'I am well. ',
        words: [
          { text: 'I ', startMs: 5, endMs: 90 },
          { text: 'am ', startMs: 350, endMs: 400 },
          { text: 'well. ', startMs: 420, endMs: 760 },
        ],
      },
      2_000,
    );
    const told = deltas.map((delta) => delta.text);
    expect(told).toEqual(['I ', '', '', 'am ', 'well. ', '', '', '', '', '']);
    expect(words).toEqual([
      { text: 'I ', startMs: 2_005, endMs: 2_090 },
      { text: 'am ', startMs: 2_350, endMs: 2_400 },
      { text: 'well. ', startMs: 2_420, endMs: 2_760 },
    ]);
    expect(endMs).toBe(3_000);
  });

  it('places words by their letters when the voice cannot tell', () => {
    const { words, endMs } = speechDeltas({ samples: samples(1_000), text: 'abcd efghi' }, 500);
    expect(words).toEqual([
      { text: 'abcd ', startMs: 500, endMs: 1_000 },
      { text: 'efghi', startMs: 1_000, endMs: 1_500 },
    ]);
    expect(endMs).toBe(1_500);
  });

  it('tells every word, also one that is placed at the very end', () => {
    const words = [
      { text: 'Bye ', startMs: 0, endMs: 130 },
      { text: '😀', startMs: 130, endMs: 130 },
    ];
    const { deltas } = speechDeltas({ samples: samples(130), text: 'Bye 😀', words }, 0);
    expect(deltas.map((delta) => delta.text).join('')).toBe('Bye 😀');
  });

  it('cuts the sound into pieces of at most 100 ms and loses none', () => {
    const sound = samples(250).map((_, index) => (index % 2_000) - 1_000);
    const { deltas } = speechDeltas({ samples: sound, text: 'x' }, 0);
    const pieces = deltas.map((delta) => delta.samples);
    expect(pieces.map(({ length }) => length / (mouthRateHz / 1_000))).toEqual([
      deltaMs,
      deltaMs,
      50,
    ]);
    expect(concatPcm(pieces)).toEqual(sound);
  });
});
