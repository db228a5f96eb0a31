import { expect, it } from 'vitest';
import { AudioPiece, encodeG711 } from '../../audio/index.ts';
import { tone } from '../../testing/tone.ts';
import { quietPointMs } from './quiet-point.ts';

const word = (ms: number, rateHz = 24_000): Int16Array =>
  tone({ hz: 300, ms, rateHz, peak: 9_000 });
const pcm = (samples: Int16Array): AudioPiece => AudioPiece.ofSamples(samples);

it('finds the pause before the word that was cut', () => {
  const back = quietPointMs([pcm(word(300)), pcm(new Int16Array(2_400)), pcm(word(140))]);
  expect(back).toBeGreaterThanOrEqual(140);
  expect(back).toBeLessThanOrEqual(160);
});

it('does so in the coding of the telephone', () => {
  const silence = AudioPiece.ofBytes('audio/pcmu', new Uint8Array(800).fill(0xff));
  const spoken = AudioPiece.ofBytes('audio/pcmu', encodeG711('audio/pcmu', word(200, 8_000)));
  const back = quietPointMs([spoken, silence, spoken]);
  expect(back).toBeGreaterThanOrEqual(200);
  expect(back).toBeLessThanOrEqual(220);
});

it('steps back by nothing when nothing was heard', () => {
  expect(quietPointMs([])).toBe(0);
});
