import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readWav, writeWav, peakOf } from '../../audio/index.ts';
import type { RunningServer } from '../../server/index.ts';
import { startFakeServer } from '../../server/testing/fake-server.ts';
import { tone } from '../../testing/tone.ts';
import { placeCall, readSpokenTurn } from './index.ts';

let server: RunningServer;
beforeAll(async () => {
  server = await startFakeServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const quick = { pauseMs: 20, lingerMs: 50, patienceMs: 400 };

it('holds a typed call turn by turn until the agent ends it', async () => {
  const turns = ['billing', 'bye'].map((text) => ({ type: 'type', text }) as const);
  const result = await placeCall({ url: server.url, turns, ...quick });
  expect(result).toMatchObject({ reason: 'agent_ended', isClean: true, unanswered: 0 });
  const said = result.events.flatMap((event) =>
    event.type === 'turn.agent' || event.type === 'turn.caller' ? [event.text] : [],
  );
  expect(said).toEqual(['Hello.', 'billing', 'You said billing.', 'bye', 'You said bye.']);
  expect(result.recording).toBeUndefined();
});

it('presses keys when the agent has finished', async () => {
  const { events } = await placeCall({
    url: server.url,
    turns: [
      { type: 'press', keys: '12#' },
      { type: 'type', text: 'bye' },
    ],
    ...quick,
  });
  const texts = events.flatMap((event) => (event.type === 'turn.caller' ? [event.text] : []));
  expect(texts).toEqual(['pressed 12#', 'bye']);
});

it('asks a caller who listens what to say, with what was heard, until there is nothing', async () => {
  const heard: string[] = [];
  const replies = ['billing', 'scheduling'];
  const result = await placeCall({
    url: server.url,
    turns: async (said) => {
      heard.push(said);
      const text = replies.shift();
      return text === undefined ? [] : [{ type: 'type', text }];
    },
    ...quick,
  });
  expect(heard).toEqual(['Hello.', 'You said billing.', 'You said scheduling.']);
  expect(result).toMatchObject({ reason: 'caller_hung_up', unanswered: 0 });
});

it('hangs up by itself after the last answer, and keeps both sides in time', async () => {
  const samples = tone({ hz: 760, ms: 400, rateHz: 24_000, peak: 6_000 });
  const result = await placeCall({
    url: server.url,
    turns: [{ type: 'speak', samples }],
    record: true,
    ...quick,
  });
  // The test desk hears no speech, so the turn stays without an answer.
  expect(result).toMatchObject({ reason: 'caller_hung_up', isClean: true, unanswered: 1 });
  const { rateHz, channels } = readWav(result.recording ?? new Uint8Array());
  expect(rateHz).toBe(24_000);
  const [caller = new Int16Array(), agent = new Int16Array()] = channels;
  expect(peakOf(caller)).toBeGreaterThan(5_900);
  const from = (side: Int16Array): number => side.findIndex((sample) => Math.abs(sample) > 1_000);
  expect(from(agent)).toBeLessThan(from(caller)); // the greeting came first
  expect(from(caller) / rateHz).toBeGreaterThan(0.25); // and was waited for
});

it('hangs up when told to', async () => {
  const controller = new AbortController();
  const result = await placeCall({
    url: server.url,
    turns: [{ type: 'type', text: 'hello' }],
    signal: controller.signal,
    onMessage: (message) => message.type === 'started' && controller.abort(),
  });
  expect(result.reason).toBe('caller_hung_up');
  expect(result.events.map(({ type }) => type)).not.toContain('turn.caller');
});

it('tells a desk that does not exist from a server that does not', async () => {
  await expect(placeCall({ url: server.url, desk: 'nowhere', turns: [] })).rejects.toMatchObject({
    code: 'desk_not_found',
    message: expect.stringContaining('Desks: test-desk') as unknown,
  });
  await expect(placeCall({ url: 'http://127.0.0.1:1', turns: [] })).rejects.toMatchObject({
    code: 'server_unreachable',
    message: expect.stringContaining('npm start') as unknown,
  });
  await expect(placeCall({ url: 'nonsense', turns: [] })).rejects.toMatchObject({
    code: 'config_invalid',
  });
});

it('reads a WAV of another rate and refuses what is none, by name', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'switchboard-'));
  const eight = join(folder, 'eight.wav');
  await writeFile(eight, writeWav({ rateHz: 8_000, channels: [new Int16Array(8_000)] }));
  expect(await readSpokenTurn(eight)).toHaveLength(24_000);
  const text = join(folder, 'notes.txt');
  await writeFile(text, 'not sound');
  await expect(readSpokenTurn(text)).rejects.toMatchObject({
    code: 'wav_invalid',
    message: expect.stringContaining('notes.txt') as unknown,
  });
  await expect(readSpokenTurn(join(folder, 'gone.wav'))).rejects.toThrow('there is no such file');
});
