import { LLMock } from '@copilotkit/aimock';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { concatPcm, levelDbfs, pcmToBytes } from '../../../audio/index.ts';
import { manualClock, silentLog, type Clock } from '../../../lib/index.ts';
import { tone } from '../../../testing/tone.ts';
import { collect, mouthContract } from '../contract.ts';
import { fakeMouth } from '../fake.ts';
import { createFliteMouth } from '../flite.ts';
import { mouthRateHz, type Mouth, type SpokenChunk } from '../port.ts';
import { serveSpeech, type SpeechServer } from '../testing/speech-server.ts';
import { createEndpointMouth } from './endpoint-mouth.ts';

const voice = { voice: 'nova', speed: 1 };
const never = (): AbortSignal => new AbortController().signal;
const textOf = (chunks: readonly SpokenChunk[]): string =>
  chunks.map((chunk) => chunk.text).join('');
const secondsOf = (chunks: readonly SpokenChunk[]): number =>
  concatPcm(chunks.map((chunk) => chunk.samples)).length / mouthRateHz;

describe('a mouth at a server that really speaks', () => {
  let flite: Mouth;
  let server: SpeechServer;
  beforeAll(async () => {
    flite = await createFliteMouth({ log: silentLog, workers: 1 });
    server = await serveSpeech(flite);
  });
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
    await flite[Symbol.asyncDispose]();
  });
  beforeEach(() => {
    server.mood = 'pcm';
    server.requests.length = 0;
  });

  const open = (options: { readonly fallback?: Mouth; readonly clock?: Clock } = {}): Mouth =>
    createEndpointMouth({
      endpoint: { url: server.url, model: 'tts-1', apiKey: 'secret' },
      fallback: null,
      log: silentLog,
      ...options,
    });

  mouthContract('An endpoint', async () => open());

  it('asks sentence by sentence, with voice, speed and key, without what is for the eye', async () => {
    await using mouth = open();
    const text = '**Hello** 😀 there. Your total is $5.';
    expect(
      textOf(await collect(mouth.speak(text, { voice: 'nova', speed: 1.2, signal: never() }))),
    ).toBe(text);
    const common = {
      model: 'tts-1',
      voice: 'nova',
      response_format: 'pcm',
      speed: 1.2,
      key: 'Bearer secret',
    };
    expect(server.requests).toEqual([
      { ...common, input: 'Hello there.' },
      { ...common, input: 'Your total is $5.' },
    ]);
  });

  it('gives the first sound before the sentence has come whole', async () => {
    await using mouth = open();
    server.mood = 'stalls';
    const source = mouth.speak('This sentence is never finished.', { ...voice, signal: never() });
    for await (const chunk of source) {
      expect(chunk.samples).toHaveLength(mouthRateHz / 5);
      return;
    }
    expect.unreachable('it gave no sound');
  });

  it('understands WAV files as well', async () => {
    await using mouth = open();
    const text = 'Good morning.';
    const asPcm = await collect(mouth.speak(text, { ...voice, signal: never() }));
    server.mood = 'wav';
    expect(await collect(mouth.speak(text, { ...voice, signal: never() }))).toEqual(asPcm);
  });

  it('lets the server go when the caller interrupts', async () => {
    await using mouth = open();
    server.mood = 'stalls';
    const before = server.abandoned();
    const controller = new AbortController();
    const source = mouth.speak('I will be stopped.', { ...voice, signal: controller.signal });
    for await (const chunk of source) {
      expect(chunk.samples.length).toBeGreaterThan(0);
      controller.abort();
    }
    await expect.poll(() => server.abandoned()).toBe(before + 1);
  });

  it.each([
    ['refuses', /it answered 400/],
    ['mp3', /it sent audio\/mpeg/],
    ['sends nothing', /it sent no sound/],
    ['breaks off', /its sound broke off/],
  ] as const)('without a fallback it fails when the server %s', async (mood, message) => {
    await using mouth = open();
    server.mood = mood;
    const speech = (): Promise<unknown> =>
      collect(mouth.speak('Good morning.', { ...voice, signal: never() }));
    await expect(speech()).rejects.toThrow(message);
    await expect(speech()).rejects.toMatchObject({ code: 'speech_failed' });
  });

  it('gives up on a server that does not answer', async () => {
    const clock = manualClock();
    await using mouth = open({ clock });
    server.mood = 'hangs';
    const failing = collect(mouth.speak('Good morning.', { ...voice, signal: never() }));
    const watched = expect(failing).rejects.toThrow(/took too long/);
    await expect.poll(() => server.requests).toHaveLength(1);
    clock.advance(5_000);
    await watched;
  });

  it('gives up on a server that falls silent within a sentence', async () => {
    const clock = manualClock();
    await using mouth = open({ clock });
    server.mood = 'stalls';
    const source = mouth.speak('Good morning.', { ...voice, signal: never() });
    const speech = source[Symbol.asyncIterator]();
    expect((await speech.next()).done).toBe(false);
    const watched = expect(speech.next()).rejects.toMatchObject({ code: 'speech_failed' });
    clock.advance(5_000);
    await watched;
  });

  it('goes on in the offline voice where the server broke off, and rests from it for a while', async () => {
    const clock = manualClock();
    await using mouth = open({ fallback: fakeMouth(), clock });
    const text = 'This is the first sentence of all. And this is another one.';
    server.mood = 'breaks off';
    const chunks = await collect(mouth.speak(text, { ...voice, signal: never() }));
    expect(textOf(chunks)).toBe(text);
    expect(secondsOf(chunks)).toBeGreaterThan(3);
    expect(server.requests).toHaveLength(1);

    server.mood = 'pcm';
    expect(textOf(await collect(mouth.speak(text, { ...voice, signal: never() })))).toBe(text);
    expect(server.requests).toHaveLength(1);
    clock.advance(20_000);
    await collect(mouth.speak(text, { ...voice, signal: never() }));
    expect(server.requests).toHaveLength(3);
  });
});

describe('a mouth at a server of somebody else', () => {
  const server = new LLMock({ port: 0, logLevel: 'silent' });
  beforeAll(async () => {
    await server.start();
  });
  afterAll(() => server.stop());

  it('plays what it sends', async () => {
    const sound = tone({ hz: 300, ms: 900, rateHz: mouthRateHz, peak: 5_000 });
    const audio = Buffer.from(pcmToBytes(sound)).toString('base64');
    server.onSpeech('Good morning.', { audio, format: 'pcm' });
    await using mouth = createEndpointMouth({
      endpoint: { url: `${server.url}/v1`, model: 'tts-1', apiKey: '' },
      fallback: null,
      log: silentLog,
    });
    const chunks = await collect(mouth.speak('Good morning.', { ...voice, signal: never() }));
    expect(textOf(chunks)).toBe('Good morning.');
    expect(concatPcm(chunks.map((chunk) => chunk.samples))).toEqual(sound);
    expect(levelDbfs(sound)).toBeGreaterThan(-25);
  });
});
