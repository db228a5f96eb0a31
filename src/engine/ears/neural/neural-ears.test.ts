import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLog } from '../../../lib/index.ts';
import { installed } from '../../../testing/installed.ts';
import type { InstalledModel, ModelKind } from '../../models/index.ts';
import {
  tinyMoonshine,
  tinyZipformer,
  type ModelFiles,
} from '../../../testing/models/tiny-models.ts';
import { earsContract, feed, silence, spokenFile } from '../contract.ts';
import { earsRateHz, type Ears } from '../port.ts';
import { createNeuralEars } from './neural-ears.ts';

const root = join(import.meta.dirname, '../../../..');
const { vadModel } = installed;
const folder = mkdtempSync(join(tmpdir(), 'switchboard-neural-'));
afterAll(() => rmSync(folder, { recursive: true }));

function install(name: string, kind: ModelKind, files: ModelFiles): InstalledModel {
  const place = join(folder, name);
  mkdirSync(place);
  for (const [file, content] of Object.entries(files)) writeFileSync(join(place, file), content);
  const at = (start: string): string =>
    join(place, Object.keys(files).find((file) => file.startsWith(start)) ?? '');
  const parts =
    kind === 'moonshine'
      ? {
          preprocessor: at('preprocess'),
          encoder: at('encode'),
          uncachedDecoder: at('uncached'),
          cachedDecoder: at('cached'),
          tokens: at('tokens'),
        }
      : {
          encoder: at('encoder'),
          decoder: at('decoder'),
          joiner: at('joiner'),
          tokens: at('tokens'),
        };
  return { name, kind, folder: place, parts };
}

const moonshine = install('moonshine', 'moonshine', tinyMoonshine());
const zipformer = install('zipformer', 'streaming-transducer', tinyZipformer());
const open = (model: InstalledModel): Promise<Ears> =>
  createNeuralEars({ model, vadModel, log: silentLog });

/** A voice of that loudness, 0 to 1. */
const voice = (ms: number, loudness: number): Int16Array =>
  Int16Array.from({ length: (ms * earsRateHz) / 1_000 }, (_, at) =>
    // All frequencies, the same at each run.
    Math.round(32_000 * loudness * (((at * 7_919 * (at % 127)) % 2_000) / 1_000 - 1)),
  );

it('says what is missing without a voice detector', async () => {
  const opening = createNeuralEars({ model: moonshine, vadModel: null, log: silentLog });
  await expect(opening).rejects.toMatchObject({ code: 'asset_missing' });
});

describe('ears with a network', () => {
  const speech = spokenFile(join(root, 'test', 'voices', 'awb-second-one.wav'));
  earsContract('Moonshine', { speech, create: () => open(moonshine), tellsEarly: false });
  earsContract('a streaming Zipformer', { speech, create: () => open(zipformer) });

  describe('that hears whole turns', () => {
    let ears: Ears;
    beforeAll(async () => {
      ears = await open(moonshine);
    });
    afterAll(() => ears[Symbol.asyncDispose]());

    it.each([
      ['loud', 0.5],
      ['quiet', 0.008],
    ])('hears that a voice is %s', async (text, loudness) => {
      await using recognizer = await ears.recognizer();
      const turn = recognizer.begin();
      const samples = voice(1_500, loudness);
      for (let at = 0; at < samples.length; at += 512) turn.push(samples.subarray(at, at + 512));
      expect(await turn.finish()).toEqual({ text, confidence: 0.75 });
    });

    it('hears a turn that is longer than the model was made for, part by part', async () => {
      await using recognizer = await ears.recognizer();
      const turn = recognizer.begin();
      turn.push(voice(30_000, 0.5));
      turn.push(voice(28_000, 0.008));
      expect((await turn.finish()).text).toBe('loud loud quiet');
    });

    it('hears more callers at once than it decodes at once', async () => {
      const loudness = [0.5, 0.008, 0.5, 0.008, 0.5, 0.008, 0.5];
      const heard = await Promise.all(
        loudness.map(async (one) => {
          await using recognizer = await ears.recognizer();
          const turn = recognizer.begin();
          turn.push(voice(1_000, one));
          return (await turn.finish()).text;
        }),
      );
      expect(heard).toEqual(loudness.map((one) => (one > 0.1 ? 'loud' : 'quiet')));
    });
  });

  describe('that hears while the caller speaks', () => {
    let ears: Ears;
    beforeAll(async () => {
      ears = await open(zipformer);
    });
    afterAll(() => ears[Symbol.asyncDispose]());

    it('tells the words so far, and is sure of what it heard clearly', async () => {
      await using recognizer = await ears.recognizer();
      const partials: string[] = [];
      const second = Promise.withResolvers<undefined>();
      const turn = recognizer.begin({
        onPartial(text) {
          partials.push(text);
          if (partials.length === 2) second.resolve(undefined);
        },
      });
      turn.push(voice(1_000, 0.5));
      turn.push(silence(1_000));
      await second.promise; // before the turn has ended
      turn.push(voice(1_000, 0.5));
      const { text, confidence } = await turn.finish();
      expect(partials.slice(0, 2)).toEqual(['loud', 'loud quiet']);
      expect(text).toBe('loud quiet loud quiet');
      expect(confidence).toBeGreaterThan(0.5);
      expect(confidence).toBeLessThanOrEqual(1);
    });

    it('tells nothing more of a turn that was dropped', async () => {
      await using recognizer = await ears.recognizer();
      const partials: string[] = [];
      const dropped = recognizer.begin({ onPartial: (text) => partials.push(text) });
      dropped.push(voice(1_000, 0.5));
      dropped.cancel();
      const turn = recognizer.begin();
      turn.push(voice(1_000, 0.5));
      expect((await turn.finish()).text).toBe('loud quiet');
      expect(partials).toEqual([]);
    });

    it('keeps callers apart who speak at the same time', async () => {
      const turns = await Promise.all(
        [0.5, 0.008, 0.5].map(async () => (await ears.recognizer()).begin()),
      );
      for (const [index, turn] of turns.entries()) {
        turn.push(index === 1 ? voice(200, 0.008) : voice(1_000, 0.5));
      }
      const texts = await Promise.all(turns.map(async (turn) => (await turn.finish()).text));
      expect(texts).toEqual(['loud quiet', 'quiet', 'loud quiet']);
    });

    it('finds turns as other ears do', () => {
      using detector = ears.detector({ threshold: 0.55, silenceMs: 400 });
      const found = feed(detector, [silence(500), speech, silence(800)]);
      expect(found.map(({ type }) => type)).toEqual(['started', 'stopped']);
    });
  });
});
