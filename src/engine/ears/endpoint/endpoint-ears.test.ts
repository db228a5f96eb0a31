import { join } from 'node:path';
import { LLMock } from '@copilotkit/aimock';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { silentLog } from '../../../lib/index.ts';
import { cannotHear, installed as assets } from '../../../testing/installed.ts';
import { earsContract, silence, spokenFile } from '../contract.ts';
import { createEars } from '../ears.ts';
import type { Ears, Transcript } from '../port.ts';
import { serveTranscriptions, type TranscriptionServer } from '../testing/transcription-server.ts';
import { createEndpointEars } from './endpoint-ears.ts';
import type { TranscriptionEndpoint } from './transcribe.ts';

const root = join(import.meta.dirname, '../../../..');
const { vadModel } = assets;
const speech = spokenFile(join(root, 'test', 'voices', 'awb-second-one.wav'));
const open = (endpoint: Partial<TranscriptionEndpoint> & { url: string }): Promise<Ears> =>
  createEndpointEars({
    endpoint: { model: 'whisper-1', apiKey: 'secret', ...endpoint },
    vadModel,
  });

/** Hears one turn with new ears. */
async function hear(
  endpoint: Partial<TranscriptionEndpoint> & { url: string },
  samples = speech,
): Promise<Transcript> {
  await using ears = await open(endpoint);
  await using recognizer = await ears.recognizer();
  const turn = recognizer.begin();
  turn.push(samples);
  return await turn.finish();
}

describe.skipIf(cannotHear)('ears at a server that really hears', () => {
  let own: Ears;
  let server: TranscriptionServer;
  beforeAll(async () => {
    own = await createEars({ assets, log: silentLog });
    server = await serveTranscriptions(own);
  }, 60_000);
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
    await own[Symbol.asyncDispose]();
  });

  earsContract('an endpoint', {
    speech,
    create: () => open({ url: server.url }),
    tellsEarly: false,
  });

  it('sends 16 kHz, the key, and what to lean on: the names at hand and what was asked', async () => {
    await using ears = await open({ url: server.url, model: 'base', language: 'de' });
    await using recognizer = await ears.recognizer();
    await recognizer.adapt({
      instructions: 'You answer for the garage of Anna Berg in Linz. Be brief.',
      tools: [
        {
          name: 'book',
          description: 'Book a visit.',
          parameters: {
            type: 'object',
            properties: { work: { type: 'string', enum: ['oil_change', 'new tyres'] } },
          },
        },
      ],
    });
    const turn = recognizer.begin({ asked: 'The first or the second one?' });
    turn.push(speech);
    const { text, confidence } = await turn.finish();
    expect(text).toBe('the second one');
    expect(confidence).toBeGreaterThan(0.3);
    expect(server.requests.at(-1)).toEqual({
      rateHz: 16_000,
      key: 'Bearer secret',
      fields: {
        model: 'base',
        language: 'de',
        response_format: 'verbose_json',
        prompt: 'The first or the second one? Anna Berg, Linz, oil change, new tyres.',
      },
    });
  }, 20_000);

  it('spares the server what has no sound', async () => {
    const before = server.requests.length;
    expect(await hear({ url: server.url }, silence(2_000))).toEqual({ text: '', confidence: 0 });
    expect(server.requests).toHaveLength(before);
  });
});

describe('ears at a server of somebody else', () => {
  const server = new LLMock({ port: 0, logLevel: 'silent' });
  const url = (): string => `${server.url}/v1`;
  /** @param failsFirst status of the answer to the first request */
  const says = (transcription: object, failsFirst?: number): void => {
    server.clearFixtures();
    server.resetMatchCounts();
    if (failsFirst !== undefined) {
      server.addFixture({
        match: { endpoint: 'transcription', sequenceIndex: 0 },
        response: { error: { message: 'the caller said hello' }, status: failsFirst },
      });
    }
    // Servers send more about a segment than the mock's types know.
    server.onTranscription({ transcription: transcription as { text: string } });
  };
  beforeAll(async () => {
    await server.start();
  });
  afterAll(() => server.stop());
  afterEach(() => {
    server.clearChaos();
    server.clearRequests();
  });

  it('takes the words without their writing, and believes them as far as the server does', async () => {
    says({
      text: ' Yes — Dr. O’Hara, at 10:30!',
      segments: [
        { avg_logprob: -0.1, no_speech_prob: 0 },
        { avg_logprob: -0.3, no_speech_prob: 0 },
      ],
    });
    const { text, confidence } = await hear({ url: url() });
    expect(text).toBe("yes dr o'hara at 10:30");
    expect(confidence).toBeCloseTo(Math.exp(-0.2), 5);
  });

  it('takes an answer without any scores for likely, and a senseless one for unlikely', async () => {
    says({ text: 'The second one.' });
    expect(await hear({ url: url() })).toEqual({ text: 'the second one', confidence: 0.75 });
    says({ text: 'thank you '.repeat(30) });
    expect((await hear({ url: url() })).confidence).toBe(0.2);
  });

  it('hears nothing where the server only guesses', async () => {
    says({
      text: 'Thanks for watching!',
      segments: [{ avg_logprob: -1.4, no_speech_prob: 0.9 }],
    });
    expect(await hear({ url: url() })).toEqual({ text: '', confidence: 0 });
  });

  it('asks once more after a failure that may pass', async () => {
    says({ text: 'Hello.' }, 503);
    expect((await hear({ url: url() })).text).toBe('hello');
    expect(server.getRequests()).toHaveLength(2);
  });

  it('asks for less where a server does not know the long answer', async () => {
    says({ text: 'Hello.' }, 400);
    await using ears = await open({ url: url() });
    await using recognizer = await ears.recognizer();
    for (const expected of [2, 3]) {
      const turn = recognizer.begin();
      turn.push(speech);
      expect((await turn.finish()).text).toBe('hello');
      expect(server.getRequests()).toHaveLength(expected);
    }
  });

  it.each([
    ['refuses', 401],
    ['has no such model', 404],
  ])('says so when the server %s', async (_what, status) => {
    says({ text: 'Hello.' }, status);
    const failing = hear({ url: url() });
    await expect(failing).rejects.toMatchObject({
      code: 'speech_failed',
      message: `The transcription service failed: it answered ${status}.`,
    });
  });

  it('says so when the server takes too long, or is not there', async () => {
    says({ text: 'Hello.' });
    server.setChaos({ latencyMs: 5_000 });
    await expect(hear({ url: url(), timeoutMs: 100 })).rejects.toMatchObject({
      code: 'speech_failed',
      message: expect.stringContaining('took too long') as string,
    });
    await expect(hear({ url: 'http://127.0.0.1:1/v1' })).rejects.toMatchObject({
      code: 'speech_failed',
    });
  }, 20_000);

  it('stops asking when the turn is dropped or the ears are closed', async () => {
    says({ text: 'Hello.' });
    server.setChaos({ latencyMs: 30_000 });
    const ears = await open({ url: url(), timeoutMs: 20_000 });
    const recognizer = await ears.recognizer();
    const dropped = recognizer.begin();
    dropped.push(speech);
    const result = dropped.finish();
    dropped.cancel();
    expect(await result).toEqual({ text: '', confidence: 0 });
    const closed = recognizer.begin();
    closed.push(speech);
    const failing = closed.finish();
    await ears[Symbol.asyncDispose]();
    await expect(failing).rejects.toMatchObject({ code: 'speech_failed' });
  });

  it('asks for eight turns at once at most, lets sixteen wait, and refuses more', async () => {
    says({ text: 'Hello.' });
    server.setChaos({ latencyMs: 200 });
    await using ears = await open({ url: url() });
    const turns = await Promise.all(
      Array.from({ length: 26 }, async () => {
        const turn = (await ears.recognizer()).begin();
        turn.push(speech);
        return turn;
      }),
    );
    const results = await Promise.allSettled(turns.map((turn) => turn.finish()));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(24);
    expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(2);
  });
});
