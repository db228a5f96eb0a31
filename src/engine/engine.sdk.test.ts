import {
  RealtimeAgent,
  RealtimeSession,
  OpenAIRealtimeWebSocket,
  tool,
} from '@openai/agents/realtime';
import { afterEach, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { silentLog } from '../lib/index.ts';
import type { MindAct, MindInput } from './mind/port.ts';
import { lastText, scriptedEars, scriptedMind, scriptedMouth } from './testing/scripted-parts.ts';
import { startEngineServer, type EngineServer } from './server/index.ts';

/** The Agents SDK as it is, against the engine: what a call relies on. */

let server: EngineServer | undefined;
let session: RealtimeSession | undefined;

afterEach(async () => {
  vi.useRealTimers();
  session?.close();
  await server?.close();
});

/** A session of the SDK, with what happened to it by name. */
async function connect(options: {
  readonly agent: RealtimeAgent;
  readonly decide: (input: MindInput) => readonly MindAct[];
  readonly hear?: string;
  readonly format?: 'g711_ulaw' | 'g711_alaw';
  readonly gate?: (word: string) => Promise<void> | void;
}) {
  const mind = scriptedMind(options.decide);
  server = await startEngineServer({
    host: '127.0.0.1',
    port: 0,
    apiKey: 'key',
    ears: scriptedEars(() => options.hear ?? ''),
    mind,
    mouth: scriptedMouth(options.gate),
    log: silentLog,
  });
  const format = options.format ? { format: options.format } : {};
  const transport = new OpenAIRealtimeWebSocket({ url: `${server.url}?model=offline` });
  session = new RealtimeSession(options.agent, {
    transport,
    tracingDisabled: true,
    model: 'offline',
    config: {
      audio: {
        input: { ...format, turnDetection: { type: 'server_vad', silenceDurationMs: 300 } },
        output: { ...format, voice: 'marin' },
      },
    },
  });
  const errors: unknown[] = [];
  const wire: string[] = [];
  let audioBytes = 0;
  let wake = (): void => undefined;
  session.on('error', (error) => errors.push(error));
  session.on('audio', (event) => void (audioBytes += event.data.byteLength));
  transport.on('*', (event) => {
    wire.push(event.type);
    wake();
  });
  await session.connect({ apiKey: 'key' });
  const count = (type: string) => wire.filter((seen) => seen === type).length;
  return {
    session,
    transport,
    mind,
    errors,
    wire,
    audioMs: () => audioBytes / 48,
    /** Resolves once the engine has sent `type` that often in all. */
    async seen(type: string, times = 1): Promise<void> {
      while (count(type) < times) await new Promise<void>((resolve) => (wake = resolve));
    },
    speak(ms: number, level = 8_000): void {
      for (let at = 0; at < ms; at += 20) {
        session?.sendAudio(new Int16Array(480).fill(level).buffer);
      }
    },
    /** What was said, as the SDK's history has it. */
    said: () =>
      (session?.history ?? []).flatMap((item) =>
        item.type === 'message'
          ? item.content.map(
              (part) => `${item.role}: ${'text' in part ? part.text : part.transcript}`,
            )
          : [],
      ),
  };
}

const echo = (input: MindInput): MindAct[] => [
  { type: 'say', text: `you said ${lastText(input)}` },
];

it('connects and answers a typed turn with audio', async () => {
  const call = await connect({
    agent: new RealtimeAgent({ name: 'A', instructions: 'I am A' }),
    decide: echo,
  });
  await call.seen('session.updated', 2);
  call.session.sendMessage('hello');
  await call.seen('response.done');
  expect(call.audioMs()).toBeCloseTo('you said hello'.length * 60, 0);
  expect(call.said()).toEqual(['user: hello', 'assistant: you said hello']);
  expect(call.mind.inputs[0]?.instructions).toBe('I am A');
  expect(call.errors).toEqual([]);
});

it('answers a spoken turn, and the words reach the history', async () => {
  const call = await connect({
    agent: new RealtimeAgent({ name: 'A', instructions: 'I am A' }),
    decide: echo,
    hear: 'good morning',
  });
  await call.seen('session.updated', 2);
  call.speak(400);
  call.speak(400, 0);
  await call.seen('response.done');
  await call.seen('conversation.item.retrieved');
  expect(call.said()).toEqual(['user: good morning', 'assistant: you said good morning']);
  expect(call.errors).toEqual([]);
});

it('runs a tool, then hands over: new instructions hold when the next agent speaks', async () => {
  const billing = new RealtimeAgent({ name: 'B', instructions: 'I am B' });
  const lookUp = tool({
    name: 'look_up',
    description: 'Looks an invoice up',
    parameters: z.object({ id: z.string() }),
    execute: ({ id }) => `invoice ${id} is paid`,
  });
  const transfer = tool({
    name: 'transfer_to_billing',
    description: 'Hands over',
    parameters: z.object({ reason: z.string() }),
    async execute() {
      await session?.updateAgent(billing);
      return '{"assistant":"B"}';
    },
  });
  const call = await connect({
    agent: new RealtimeAgent({ name: 'A', instructions: 'I am A', tools: [lookUp, transfer] }),
    decide(input): MindAct[] {
      const last = input.items.at(-1);
      if (last?.type !== 'function_call_output') {
        return [{ type: 'call', name: 'look_up', arguments: '{"id":"INV-1042"}' }];
      }
      return input.instructions === 'I am B'
        ? [{ type: 'say', text: 'B goes on' }]
        : [
            { type: 'say', text: last.output },
            { type: 'call', name: 'transfer_to_billing', arguments: '{"reason":"refund"}' },
          ];
    },
  });
  await call.seen('session.updated', 2);
  call.session.sendMessage('my invoice');
  await call.seen('response.done', 3);
  expect(call.said()).toEqual([
    'user: my invoice',
    'assistant: invoice INV-1042 is paid',
    'assistant: B goes on',
  ]);
  expect(call.mind.inputs.map((input) => input.instructions)).toEqual([
    'I am A',
    'I am A',
    'I am B',
  ]);
  expect(call.errors).toEqual([]);
});

it('is interrupted by speech, and the history keeps what was heard', async () => {
  let release = (): void => undefined;
  const gate = new Promise<void>((resolve) => (release = resolve));
  const call = await connect({
    agent: new RealtimeAgent({ name: 'A', instructions: 'I am A' }),
    decide: () => [{ type: 'say', text: 'one two three four five' }],
    gate: (word) => (word === 'five' ? gate : undefined),
    hear: 'stop',
  });
  await call.seen('session.updated', 2);
  call.session.sendMessage('go');
  vi.useFakeTimers({ toFake: ['Date'] }); // the SDK takes the time since the first audio for heard
  await call.seen('response.output_audio.delta', 9);
  vi.setSystemTime(Date.now() + 500);
  call.speak(200);
  await call.seen('response.done');
  await call.seen('conversation.item.truncated');
  await call.seen('conversation.item.retrieved');
  release();
  expect(call.said()).toEqual(['user: go', 'assistant: one two']);
  expect(call.errors).toEqual([]);
});

it.each(['g711_ulaw', 'g711_alaw'] as const)('speaks %s, and counts it right', async (format) => {
  const call = await connect({
    agent: new RealtimeAgent({ name: 'A', instructions: 'I am A' }),
    decide: () => [{ type: 'say', text: 'one two three four five' }],
    hear: 'stop',
    format,
  });
  await call.seen('session.updated', 2);
  vi.useFakeTimers({ toFake: ['Date'] }); // the SDK takes the time since the first audio for heard
  call.session.sendMessage('go');
  await call.seen('response.done');
  const bytes = call.audioMs() * 48;
  expect(bytes / 8).toBe('one two three four five'.length * 60);
  vi.setSystemTime(Date.now() + 500);
  call.session.interrupt();
  await call.seen('conversation.item.truncated');
  await call.seen('conversation.item.retrieved');
  expect(call.said()).toEqual(['user: go', 'assistant: one two']);
  expect(call.errors).toEqual([]);
});

it('reports a refused update as an error and goes on', async () => {
  const call = await connect({
    agent: new RealtimeAgent({ name: 'A', instructions: 'I am A' }),
    decide: echo,
  });
  await call.seen('session.updated', 2);
  call.session.sendMessage('hello');
  await call.seen('response.done');
  const other = new RealtimeAgent({ name: 'B', instructions: 'I am B', voice: 'cedar' });
  // A session-wide voice wins over the agent's, so the update is sent as the wire has it.
  call.transport.sendEvent({
    type: 'session.update',
    session: { type: 'realtime', audio: { output: { voice: other.voice } } },
  });
  await call.seen('error');
  expect(JSON.stringify(call.errors)).toContain('cannot_update_voice');
  call.session.sendMessage('again');
  await call.seen('response.done', 2);
});
