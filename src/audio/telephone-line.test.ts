import { expect, it } from 'vitest';
import { decodeG711 } from './g711.ts';
import { levelDbfs } from './pcm.ts';
import { overTelephone } from './telephone-line.ts';

const rateHz = 16_000;
const tone = (hz: number): Int16Array =>
  Int16Array.from({ length: rateHz }, (_, i) => 8_000 * Math.sin((2 * Math.PI * hz * i) / rateHz));

/** What is left of a tone in its middle, in dB. */
async function left(hz: number, band?: 'telephone' | 'whole'): Promise<number> {
  const through = await overTelephone(tone(hz), { rateHz, ...(band && { band }) });
  expect(through).toHaveLength(8_000);
  const heard = decodeG711('audio/pcmu', through).subarray(1_000, 7_000);
  return levelDbfs(heard) - levelDbfs(tone(hz));
}

it('lets 300 to 3,400 Hz through', async () => {
  for (const hz of [400, 1_000, 3_300]) expect(await left(hz)).toBeCloseTo(0, 0);
  for (const hz of [50, 150, 220, 3_480, 3_700]) expect(await left(hz)).toBeLessThan(-40);
});

it('lets everything below 4 kHz through where the line is whole', async () => {
  for (const hz of [50, 150, 3_600]) expect(await left(hz, 'whole')).toBeCloseTo(0, 0);
  expect(await left(4_600, 'whole')).toBeLessThan(-40);
});
