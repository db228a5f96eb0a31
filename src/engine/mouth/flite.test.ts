import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLog } from '../../lib/index.ts';
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

  const say = (text: string, voice: string) =>
    collect(mouth.speak(text, { voice, speed: 1, signal: new AbortController().signal }));
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

  it('rests between sentences, as a person does', async () => {
    const [first, second] = await say('It is paid. Anything else?', 'ash');
    const restMs = firstSoundMs((first?.samples ?? new Int16Array(0)).slice().reverse());
    expect(restMs).toBeGreaterThan(200);
    expect(restMs).toBeLessThan(400);
    expect(second?.text).toBe('Anything else?');
  });
});
