import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { scriptedAnswer, scriptedCalls } from '../testing/scripted-calls.ts';
import { engineCalls } from './engine-calls.ts';

async function serve(handle: RequestListener) {
  const server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // listening on TCP
  const url = `ws://127.0.0.1:${port}/v1/realtime`;
  return {
    calls: engineCalls({ url, apiKey: 'sk-very-secret' }),
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

it('speaks to the engine as OpenAI has it', async () => {
  const engine = scriptedCalls();
  await using server = await serve(engine.handle);
  const { calls } = server;
  const session = { instructions: 'Help.' };
  expect(await calls.open('v=0 offer', session)).toEqual({
    callId: 'rtc_1',
    answer: scriptedAnswer,
  });
  expect(await calls.mintSecret(session, 60)).toEqual({ value: 'ek_1', expiresAt: 1_800_000_000 });
  await calls.accept('rtc_2', session);
  await calls.refer('rtc_2', 'tel:+442079460055');
  await calls.reject('rtc_3', 486);
  await calls.hangUp('rtc/../2');
  const wanted = { type: 'realtime', instructions: 'Help.' };
  const expires = { anchor: 'created_at', seconds: 60 };
  expect(engine.requests.map(({ what, callId, body }) => [what, callId, body])).toEqual([
    ['open', '', wanted],
    ['secret', '', { expires_after: expires, session: wanted }],
    ['accept', 'rtc_2', wanted],
    ['refer', 'rtc_2', { target_uri: 'tel:+442079460055' }],
    ['reject', 'rtc_3', { status_code: 486 }],
    ['hangup', 'rtc%2F..%2F2', null],
  ]);
});

it.each([
  [401, 'engine_refused'],
  [400, 'engine_refused'],
  [404, 'not_found'],
  [429, 'engine_unavailable'],
  [500, 'engine_unavailable'],
])('says what %i means', async (status, code) => {
  const engine = scriptedCalls();
  engine.refuse('accept', status);
  await using server = await serve(engine.handle);
  const refused = server.calls.accept('rtc_1', {});
  await expect(refused).rejects.toMatchObject({ code });
  await expect(refused).rejects.toThrow(`Refused with ${status}.`);
  await expect(refused).rejects.not.toThrow(/secret/);
});

it('does not take anything else for an answer', async () => {
  await using server = await serve((_request, response) => response.end('<html>hello</html>'));
  const { calls } = server;
  await expect(calls.open('v=0', {})).rejects.toMatchObject({ code: 'engine_unavailable' });
  await expect(calls.mintSecret({}, 60)).rejects.toMatchObject({ code: 'engine_unavailable' });
});

it('says that nobody is there', async () => {
  const { calls } = await (async () => {
    await using server = await serve(() => undefined);
    return server;
  })();
  await expect(calls.hangUp('rtc_1')).rejects.toMatchObject({
    code: 'engine_unavailable',
    retryable: true,
  });
});
