import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readWav } from '../../audio/index.ts';
import { earsRateHz, type Ears, type VoiceBoundary, type VoiceDetector } from './port.ts';

const settings = { threshold: 0.55, silenceMs: 400 };
const chunkSamples = 512;

/** @returns the first channel of a 16 kHz WAV file. */
export function spokenFile(file: string): Int16Array {
  const { channels, rateHz } = readWav(readFileSync(file));
  const samples = channels[0];
  if (!samples || rateHz !== earsRateHz) throw new Error(`${file} is not at 16 kHz`);
  return samples;
}

/** @returns `ms` of digital silence. */
export function silence(ms: number): Int16Array {
  return new Int16Array((ms * earsRateHz) / 1_000);
}

/** Feeds audio as a session does, 32 ms at a time. */
export function feed(detector: VoiceDetector, audio: readonly Int16Array[]): VoiceBoundary[] {
  const found: VoiceBoundary[] = [];
  for (const piece of audio) {
    for (let at = 0; at < piece.length; at += chunkSamples) {
      found.push(...detector.push(piece.subarray(at, at + chunkSamples)));
    }
  }
  return found;
}

/**
 * What all ears must do. Call it from a test file.
 *
 * @param options.speech one short sentence, 16 kHz, with at most 200 ms of silence at either end.
 * @param options.tellsEarly whether they tell words before a turn has ended. @default true
 */
export function earsContract(
  name: string,
  options: {
    readonly speech: Int16Array;
    readonly create: () => Promise<Ears>;
    readonly tellsEarly?: boolean;
  },
): void {
  const { speech, create, tellsEarly = true } = options;
  describe(`${name} keeps the contract of ears`, () => {
    let ears: Ears;
    beforeAll(async () => {
      ears = await create();
    }, 60_000);
    afterAll(() => ears[Symbol.asyncDispose]());
    const spokenMs = (speech.length * 1_000) / earsRateHz;

    it('hears nothing in silence', () => {
      using detector = ears.detector(settings);
      expect(feed(detector, [silence(2_000)])).toEqual([]);
    });

    it('reports where a sentence started and ended, not when that was noticed', () => {
      using detector = ears.detector(settings);
      const found = feed(detector, [silence(1_000), speech, silence(1_000)]);
      expect(found.map(({ type }) => type)).toEqual(['started', 'stopped']);
      expect(found[0]?.atMs).toBeGreaterThan(950);
      expect(found[0]?.atMs).toBeLessThan(1_350);
      expect(found[1]?.atMs).toBeGreaterThan(1_000 + spokenMs - 350);
      expect(found[1]?.atMs).toBeLessThan(1_000 + spokenMs + 64);
    });

    it('waits for as much silence as it is told to, also when told in mid-speech', () => {
      using detector = ears.detector(settings);
      feed(detector, [silence(320), speech]);
      detector.configure({ ...settings, silenceMs: 900 });
      expect(feed(detector, [silence(600)])).toEqual([]);
      expect(feed(detector, [silence(600)]).map(({ type }) => type)).toEqual(['stopped']);
    });

    it('goes on when the threshold changes', () => {
      using detector = ears.detector(settings);
      feed(detector, [silence(320)]);
      detector.configure({ ...settings, threshold: 0.5 });
      const found = feed(detector, [silence(320), speech, silence(800)]);
      expect(found.map(({ type }) => type)).toEqual(['started', 'stopped']);
    });

    it('counts from zero after a reset and forgets an open turn', () => {
      using detector = ears.detector(settings);
      feed(detector, [silence(1_000), speech]);
      detector.reset();
      const found = feed(detector, [silence(320), speech, silence(800)]);
      expect(found.map(({ type }) => type)).toEqual(['started', 'stopped']);
      expect(found[0]?.atMs).toBeLessThan(700);
    });

    it('keeps two callers apart', () => {
      using talking = ears.detector(settings);
      using silent = ears.detector(settings);
      const heard = [feed(talking, [silence(320), speech]), feed(silent, [silence(2_000)])];
      expect(heard.map((found) => found.length)).toEqual([1, 0]);
    });

    it('gives back lower-case words with a confidence', async () => {
      await using recognizer = await ears.recognizer();
      const turn = recognizer.begin();
      turn.push(speech);
      const { text, confidence } = await turn.finish();
      expect(text).toMatch(/^[a-z']+( [a-z']+)*$/);
      expect(confidence).toBeGreaterThan(0.3);
      expect(confidence).toBeLessThanOrEqual(1);
    }, 20_000);

    it('understands nothing in a turn without audio or without sound', async () => {
      await using recognizer = await ears.recognizer();
      expect(await recognizer.begin().finish()).toEqual({ text: '', confidence: 0 });
      const turn = recognizer.begin();
      turn.push(silence(1_000));
      const { text, confidence } = await turn.finish();
      expect(text === '' || confidence < 0.3).toBe(true);
    }, 20_000);

    it('tells the words while they are spoken, and nothing after the end', async () => {
      await using recognizer = await ears.recognizer();
      const partials: string[] = [];
      const turn = recognizer.begin({ onPartial: (text) => void partials.push(text) });
      for (let at = 0; at < speech.length; at += chunkSamples) {
        turn.push(speech.subarray(at, at + chunkSamples));
      }
      if (tellsEarly) {
        await vi.waitFor(() => expect(partials.join(' ')).toMatch(/^[a-z' ]+$/), 10_000);
      }
      const finished = turn.finish();
      const told = partials.length;
      await finished;
      expect(partials).toHaveLength(told);
      expect(partials.every((text, i) => text !== partials[i - 1])).toBe(true);

      const dropped = recognizer.begin({ onPartial: (text) => void partials.push(text) });
      dropped.push(speech);
      dropped.cancel();
      const beforeCancel = partials.length;
      dropped.push(speech);
      await dropped.finish();
      expect(partials).toHaveLength(beforeCancel);
    }, 20_000);

    it('begins again after a turn was dropped, however often that is said', async () => {
      await using recognizer = await ears.recognizer();
      const dropped = recognizer.begin();
      dropped.push(speech);
      dropped.cancel();
      dropped.cancel();
      expect((await dropped.finish()).text).toBe('');
      const turn = recognizer.begin();
      turn.push(speech);
      expect((await turn.finish()).text).not.toBe('');
    }, 20_000);

    it('hears callers who speak at the same time', async () => {
      await using one = await ears.recognizer();
      await using other = await ears.recognizer();
      await one.adapt({ instructions: 'You sell tickets for the zoo.', tools: [] });
      const turns = [one.begin(), other.begin()];
      for (const turn of turns) turn.push(speech);
      const heard = await Promise.all(turns.map((turn) => turn.finish()));
      expect(heard.every(({ text }) => text !== '')).toBe(true);
    }, 20_000);
  });
}
