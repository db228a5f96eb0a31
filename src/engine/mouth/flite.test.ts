import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLog } from '../../lib/index.ts';
import { concatPcm, levelDbfs } from '../../audio/index.ts';
import { collect, mouthContract } from './contract.ts';
import { createFliteMouth } from './flite.ts';
import { mouthRateHz, type Mouth } from './port.ts';
import { voiceNames } from './voices.ts';

mouthContract('Flite', () => createFliteMouth({ log: silentLog }));

describe('Flite', () => {
  let mouth: Mouth;
  beforeAll(async () => {
    mouth = await createFliteMouth({ log: silentLog, workers: 1 });
  });
  afterAll(() => mouth[Symbol.asyncDispose]());

  const say = (text: string, voice: string, speed = 1) =>
    collect(mouth.speak(text, { voice, speed, signal: new AbortController().signal }));
  const firstSoundMs = (samples: Int16Array): number =>
    samples.findIndex((sample) => Math.abs(sample) > 150) / (mouthRateHz / 1_000);

  it.each(voiceNames)(
    '%s starts to sound within 50 ms and ends without a long silence',
    async (voice) => {
      const [chunk] = await say('Please tell me the number.', voice);
      expect(chunk).toBeDefined();
      const samples = chunk?.samples ?? new Int16Array(0);
      expect(firstSoundMs(samples)).toBeLessThan(50);
      expect(firstSoundMs(samples.slice().reverse())).toBeLessThan(120);
    },
  );

  it('gives every voice name a sound of its own', async () => {
    const heard = new Set<string>();
    for (const voice of voiceNames) {
      const [chunk] = await say('Good morning.', voice);
      heard.add(Buffer.from(chunk?.samples.buffer ?? new ArrayBuffer(0)).toString('base64'));
    }
    expect(voiceNames).toHaveLength(13);
    expect(heard.size).toBe(13);
  });

  it('speaks with one level whatever the voice and the words', async () => {
    const levels: number[] = [];
    for (const voice of voiceNames) {
      for (const text of ['Yes.', 'Your invoice is for $42.50, due on 24 November.']) {
        const chunks = await say(text, voice);
        const loud = concatPcm(chunks.map((chunk) => chunk.samples)).filter(
          (sample) => Math.abs(sample) > 150,
        );
        levels.push(levelDbfs(loud));
      }
    }
    expect(Math.max(...levels) - Math.min(...levels)).toBeLessThan(2);
  });

  it.each([
    [0.25, 4],
    [1.5, 0.667],
  ])('at speed %d takes %d times as long', async (speed, times) => {
    const length = async (at: number): Promise<number> =>
      concatPcm(
        (await say('Please tell me the number of your invoice.', 'marin', at)).map(
          (chunk) => chunk.samples,
        ),
      ).length;
    expect((await length(speed)) / (await length(1)) / times).toBeCloseTo(1, 0);
  });

  it('dictates a reference: groups apart, slowly enough to write along', async () => {
    const [chunk] = await say('GB-20261122-482', 'marin');
    const samples = chunk?.samples ?? new Int16Array(0);
    const frames = Array.from({ length: Math.floor(samples.length / 240) }, (_, index) =>
      levelDbfs(samples.subarray(index * 240, index * 240 + 240)) < -45 ? '.' : '#',
    );
    const rests = frames.join('').match(/(?<=#)\.{20,}(?=.*#)/g) ?? [];
    expect(rests).toHaveLength(3);
    expect(Math.max(...rests.map((rest) => rest.length))).toBeLessThan(60);
    expect(samples.length / mouthRateHz / 13).toBeGreaterThan(0.3);
  });

  it('rests between sentences, as a person does', async () => {
    const [first, second] = await say('It is paid. Anything else?', 'ash');
    const restMs = firstSoundMs((first?.samples ?? new Int16Array(0)).slice().reverse());
    expect(restMs).toBeGreaterThan(200);
    expect(restMs).toBeLessThan(400);
    expect(second?.text).toBe('Anything else?');
  });
});
