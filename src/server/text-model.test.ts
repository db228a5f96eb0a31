import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LLMock } from '@copilotkit/aimock';
import { expect, it } from 'vitest';
import { openTextModel } from './text-model.ts';

interface Reply {
  readonly status: number;
  readonly body: unknown;
}
interface Asked {
  readonly path: string | undefined;
  readonly key: string | undefined;
  readonly body: unknown;
}

const says = (content: string | null): Reply => ({
  status: 200,
  body: {
    ...{ id: 'c1', object: 'chat.completion', created: 1, model: 'small' },
    choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content } }],
  },
});

/** A server that speaks chat completions; null never answers. */
async function chatServer(replies: readonly (Reply | null)[]) {
  const asked: Asked[] = [];
  const dropped: string[] = [];
  const left = [...replies];
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      asked.push({ path: request.url, key: request.headers.authorization, body });
      response.on('close', () => {
        if (!response.writableEnded) dropped.push('closed');
      });
      const reply = left.shift();
      if (!reply) return;
      response.writeHead(reply.status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(reply.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on a port, so it is one
  return {
    asked,
    dropped,
    url: `http://127.0.0.1:${port}/v1`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer); // a request without an encoding gives Buffers
  return JSON.parse(Buffer.concat(parts).toString()) as unknown;
}

const question = { instructions: 'You know invoices.', question: 'May it be refunded?' };
const never = new AbortController().signal;

it('asks any server of chat completions, with its model and key', async () => {
  await using server = await chatServer([says(' Within thirty days. ')]);
  const model = openTextModel({ url: server.url, model: 'small', apiKey: 'secret' });
  expect(await model.answer(question, never)).toBe('Within thirty days.');
  expect(server.asked).toEqual([
    {
      path: '/v1/chat/completions',
      key: 'Bearer secret',
      body: {
        model: 'small',
        messages: [
          { role: 'system', content: 'You know invoices.' },
          { role: 'user', content: 'May it be refunded?' },
        ],
      },
    },
  ]);
});

it('needs no key where none is asked for', async () => {
  await using server = await chatServer([says('Yes.')]);
  const model = openTextModel({ url: server.url, model: 'small', apiKey: '' });
  expect(await model.answer(question, never)).toBe('Yes.');
});

it.each([
  ['a refusal', [{ status: 401, body: { error: { message: 'wrong key' } } }]],
  ['an answer without words', [says(null)]],
])('throws for %s', async (_title, replies) => {
  await using server = await chatServer(replies);
  const model = openTextModel({ url: server.url, model: 'small', apiKey: '' });
  await expect(model.answer(question, never)).rejects.toThrow();
  expect(server.asked).toHaveLength(1);
});

it('F4: lets go of a server that does not answer', async () => {
  await using server = await chatServer([null]);
  const model = openTextModel({ url: server.url, model: 'small', apiKey: '' });
  const controller = new AbortController();
  const answering = model.answer(question, controller.signal);
  const failed = expect(answering).rejects.toThrow();
  await expect.poll(() => server.asked.length).toBe(1);
  controller.abort(new Error('too late'));
  await failed;
  await expect.poll(() => server.dropped).toEqual(['closed']);
});

it('is answered by a server that is not ours', async () => {
  const server = new LLMock({ port: 0, host: '127.0.0.1', logLevel: 'silent' });
  server.on({ systemMessage: 'invoices', userMessage: 'refunded' }, { content: 'Within a month.' });
  await server.start();
  try {
    const model = openTextModel({ url: `${server.url}/v1`, model: 'any', apiKey: '' });
    expect(await model.answer(question, never)).toBe('Within a month.');
  } finally {
    await server.stop();
  }
});
