import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { concatPcm, levelDbfs } from '../../audio/index.ts';
import { mouthRateHz, type Mouth, type SpokenChunk } from './port.ts';

/** All that comes, in order. */
export async function collect<T>(source: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const one of source) all.push(one);
  return all;
}

/** What every mouth must do. Call it from a test file, with a factory of the mouth to judge. */
export function mouthContract(name: string, create: () => Promise<Mouth>): void {
  describe(`${name} keeps the contract of a mouth`, () => {
    let mouth: Mouth;
    beforeAll(async () => {
      mouth = await create();
    });
    afterAll(() => mouth[Symbol.asyncDispose]());

    const speak = (
      text: string,
      options: {
        readonly voice?: string;
        readonly speed?: number;
        readonly signal?: AbortSignal;
      } = {},
    ): AsyncIterable<SpokenChunk> =>
      mouth.speak(text, {
        voice: options.voice ?? 'marin',
        speed: options.speed ?? 1,
        signal: options.signal ?? new AbortController().signal,
      });
    const seconds = (chunks: readonly SpokenChunk[]): number =>
      chunks.reduce((total, chunk) => total + chunk.samples.length, 0) / mouthRateHz;

    it.each([
      'Hello.',
      'Thanks for calling. Your invoice INV-1042 is for $120.00, and it is due on 2026-12-01. Anything else?',
      '  Leading and trailing white space.  \n\nA new line 😀 **bold**.  ',
      '😀 Emoji first. Then words. 😀',
    ])('gives back exactly the text it was given: %j', async (text) => {
      const chunks = await collect(speak(text));
      expect(chunks.map((chunk) => chunk.text).join('')).toBe(text);
      expect(chunks.every((chunk) => chunk.samples.length > 0)).toBe(true);
    });

    it('places words in order inside the sound, if it places them', async () => {
      const text =
        'Your invoice GB-20261122-482 is for $42.50, due on 24 November. 😀 Anything else?';
      for (const chunk of await collect(speak(text))) {
        if (!chunk.words) continue;
        expect(chunk.words.map((word) => word.text).join('')).toBe(chunk.text);
        let lastMs = 0;
        for (const { startMs, endMs } of chunk.words) {
          expect(startMs).toBeGreaterThanOrEqual(lastMs);
          expect(endMs).toBeGreaterThanOrEqual(startMs);
          lastMs = endMs;
        }
        expect(lastMs).toBeLessThanOrEqual((chunk.samples.length * 1_000) / mouthRateHz);
      }
    });

    it('speaks clause by clause', async () => {
      const chunks = await collect(speak('This is the first. This is the second. And a third.'));
      expect(chunks.length).toBeGreaterThanOrEqual(3);
    });

    it.each(['', ' \n ', '😀', '**'])('says nothing for %j', async (text) => {
      expect(await collect(speak(text))).toEqual([]);
    });

    it('takes about as long as a person, longer for more text, and follows the speed', async () => {
      const short = 'Your appointment is booked.';
      const long =
        'Your appointment is booked for Thursday at half past ten with the doctor you know.';
      const [shortS, longS, slowS, fastS] = await Promise.all(
        [
          [short, 1],
          [long, 1],
          [short, 0.5],
          [short, 1.5],
        ].map(async ([text, speed]) =>
          seconds(await collect(speak(String(text), { speed: Number(speed) }))),
        ),
      );
      expect(shortS).toBeGreaterThan(0.8);
      expect(shortS).toBeLessThan(3);
      expect(longS).toBeGreaterThan((shortS ?? 0) * 1.8);
      expect(slowS).toBeGreaterThan((shortS ?? 0) * 1.6);
      expect(fastS).toBeLessThan((shortS ?? 0) * 0.8);
    });

    it('speaks at about −20 dBFS and never clips', async () => {
      for (const voice of ['ash', 'marin', 'no such voice']) {
        const chunks = await collect(speak('Your payment has arrived today.', { voice }));
        const samples = concatPcm(chunks.map((chunk) => chunk.samples));
        expect(levelDbfs(samples)).toBeGreaterThan(-24);
        expect(levelDbfs(samples)).toBeLessThan(-18);
        expect(samples.every((sample) => Math.abs(sample) < 32_000)).toBe(true);
      }
    });

    it('says the same thing the same way, and differently in another voice', async () => {
      const text = 'Good morning.';
      const [first, again, other] = await Promise.all([
        collect(speak(text)),
        collect(speak(text)),
        collect(speak(text, { voice: 'ash' })),
      ]);
      expect(again).toEqual(first);
      expect(other).not.toEqual(first);
    });

    it('serves several callers at once without mixing them', async () => {
      const texts = ['One two three.', 'Four five six seven.', 'Eight. Nine. Ten.', 'Eleven.'];
      const alone: (readonly SpokenChunk[])[] = [];
      for (const text of texts) alone.push(await collect(speak(text)));
      expect(await Promise.all(texts.map((text) => collect(speak(text))))).toEqual(alone);
    });

    it('makes no sound when it is told to stop before it began', async () => {
      expect(await collect(speak('Hello.', { signal: AbortSignal.abort() }))).toEqual([]);
    });

    it('stops at the next chunk when it is told to stop, without an error', async () => {
      const controller = new AbortController();
      const heard: string[] = [];
      const text = 'This is one. This is two. This is three. This is four.';
      for await (const chunk of speak(text, { signal: controller.signal })) {
        heard.push(chunk.text);
        controller.abort();
      }
      expect(heard).toHaveLength(1);
      expect('This is one. '.startsWith(heard[0] ?? '?')).toBe(true);
      expect((await collect(speak('Still here.'))).map((chunk) => chunk.text).join('')).toBe(
        'Still here.',
      );
    });
  });
}
