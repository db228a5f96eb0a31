import { LLMock, type ChatCompletionRequest } from '@copilotkit/aimock';
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest';
import { silentLog } from '../../../lib/index.ts';
import { watchHangUps } from '../../../testing/hang-ups.ts';
import { mindContract } from '../contract.ts';
import type { Mind, MindInput } from '../port.ts';
import { createModelMind } from './model-mind.ts';
import { acts, apology, ask, call, findParcel, say } from './testing/model-setup.ts';

/** A server of the interface that is not ours, on a free port of this machine. */
let model: LLMock;
let mind: Mind;

beforeEach(async () => {
  model = new LLMock({ port: 0, host: '127.0.0.1', logLevel: 'silent', chunkSize: 6 });
  await model.start();
  mind = mindAt(model);
});
afterEach(async () => {
  await mind[Symbol.asyncDispose]();
  await model.stop();
});

const mindAt = (server: LLMock): Mind =>
  createModelMind({ url: `${server.url}/v1`, model: 'any', apiKey: '', log: silentLog });
const lastBody = (): ChatCompletionRequest | undefined => {
  const body = model.getLastRequest()?.body;
  return body && 'messages' in body ? (body as ChatCompletionRequest) : undefined; // chat is all we ask
};

const contractModel = new LLMock({ port: 0, host: '127.0.0.1', logLevel: 'silent' });
contractModel.onMessage(/./, {
  content: 'One moment.',
  toolCalls: [{ name: 'find_parcel', arguments: '{"code":"P123"}' }],
});
await contractModel.start();
afterAll(() => contractModel.stop());
mindContract('model, third-party server', () => mindAt(contractModel));

it('speaks, calls a tool, and goes on with its output', async () => {
  model.onToolResult('call_1', { content: 'It is in the van. It comes today.' });
  model.onMessage('parcel', {
    content: 'Let me **look**. 📦',
    reasoning: 'They want a parcel.',
    toolCalls: [{ name: 'find_parcel', arguments: '{"code":"P123"}' }],
  });
  expect(await acts(mind)).toEqual([say('Let me look.'), call({ code: 'P123' })]);
  expect(lastBody()).toMatchObject({
    stream: true,
    tools: [{ function: { name: 'find_parcel' } }],
  });
  const items: MindInput['items'] = [
    ...ask().items,
    { type: 'function_call', callId: 'call_1', name: 'find_parcel', arguments: '{"code":"P123"}' },
    { type: 'function_call_output', callId: 'call_1', output: 'in the van' },
  ];
  expect(await acts(mind, ask({ items }))).toEqual([
    say('It is in the van.'),
    say('It comes today.'),
  ]);
});

it('makes several calls of one answer, in order', async () => {
  model.onMessage('parcel', {
    toolCalls: ['P001', 'P002'].map((code) => ({
      name: 'find_parcel',
      arguments: JSON.stringify({ code }),
    })),
  });
  expect(await acts(mind)).toEqual([call({ code: 'P001' }), call({ code: 'P002' })]);
});

it('lets the model mend a call', async () => {
  model.on(
    { toolResultContains: 'Not run' },
    {
      toolCalls: [{ name: 'find_parcel', arguments: '{"code":"P123"}' }],
    },
  );
  model.onMessage('parcel', {
    toolCalls: [{ name: 'find_parcel', arguments: '{"code":"nine"}' }],
  });
  expect(await acts(mind)).toEqual([call({ code: 'P123' })]);
  expect(model.getRequests()).toHaveLength(2);
});

it.each([
  ['is busy', 429],
  ['breaks', 500],
])('asks again when it %s', async (_title, status) => {
  model.onMessage('parcel', { content: 'It is here.' });
  model.nextRequestError(status, { message: 'not now' });
  expect(await acts(mind)).toEqual([say('It is here.')]);
  expect(model.getRequests()).toHaveLength(2);
});

it('keeps what was said when it hangs up in the middle', async () => {
  const content = 'It is in the van. It will be with you by the end of the day, they say.';
  model.onMessage('parcel', { content }, { truncateAfterChunks: 8, latency: 20 });
  expect(await acts(mind)).toEqual([
    say('It is in the van.'),
    say(expect.stringMatching(apology) as string),
  ]);
});

it.each([
  ['garbage', { malformedRate: 1 }],
  ['nothing at all', { disconnectRate: 1 }],
  ['errors only', { dropRate: 1 }],
])('says a sentence when it sends %s', async (_title, chaos) => {
  model.onMessage('parcel', { content: 'It is here.' });
  model.setChaos(chaos);
  expect(await acts(mind)).toEqual([say(expect.stringMatching(apology) as string)]);
});

it('stops it from writing when the caller speaks', async () => {
  model.onMessage(
    'parcel',
    { content: 'It is in the van. '.concat('And then it goes on. '.repeat(50)) },
    { streamingProfile: { ttft: 1, tps: 40 } },
  );
  using hangUps = watchHangUps();
  const controller = new AbortController();
  const answering = mind.respond(ask({ tools: [findParcel] }), controller.signal);
  const turn = answering[Symbol.asyncIterator]();
  expect((await turn.next()).value).toEqual(say('It is in the van.'));
  expect(hangUps.count()).toBe(0);
  controller.abort(new Error('cut off'));
  await expect(turn.next()).rejects.toThrow('cut off');
  await expect.poll(hangUps.count).toBe(1);
});
