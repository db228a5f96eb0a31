import { createHash, createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { silentLog } from '../lib/index.ts';
import { readSettings } from './settings.ts';
import { startServer, type RunningServer } from './start-server.ts';
import { fakeParts } from './testing/fake-parts.ts';

const secret = 'the signature secret of the account';
const host = 'line.example.com';

let server: RunningServer;
let fakes: ReturnType<typeof fakeParts>;
beforeAll(async () => {
  fakes = fakeParts();
  server = await startServer({
    settings: readSettings({
      ...{ PORT: '0', PUBLIC_URL: `https://${host}`, VONAGE_SIGNATURE_SECRET: secret },
    }),
    log: silentLog,
    parts: fakes.parts,
  });
  await server.ready;
}, 30_000);
afterAll(async () => server[Symbol.asyncDispose]());

let lastCall = 0;
function newCall() {
  lastCall += 1;
  const conversation_uuid = `CON-${lastCall}`;
  return { from: '447700900001', to: '447700900000', uuid: `u${lastCall}`, conversation_uuid };
}

const base64url = (value: unknown): string =>
  Buffer.from(JSON.stringify(value)).toString('base64url');
function bearer(body: string, key: string): string {
  const payload_hash = createHash('sha256').update(body).digest('hex');
  const iat = Math.floor(Date.now() / 1_000);
  const signed = `${base64url({ alg: 'HS256' })}.${base64url({ iat, iss: 'Vonage', payload_hash })}`;
  return `Bearer ${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
}

async function post(
  webhook: object,
  options: { readonly path?: string; readonly key?: string; readonly sent?: string } = {},
) {
  const body = JSON.stringify(webhook);
  const response = await fetch(`${server.url}${options.path ?? '/vonage/call'}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: bearer(body, options.key ?? secret),
    },
    body: options.sent ?? body,
  });
  const text = await response.text();
  const actions = (text.startsWith('[') ? JSON.parse(text) : []) as Action[]; // of our server
  return { status: response.status, text, actions };
}
interface Action {
  readonly action: string;
  readonly eventUrl?: readonly string[];
  readonly endpoint?: readonly {
    readonly uri: string;
    readonly headers: { readonly call: string; readonly token: string };
  }[];
}
function endpointOf([action]: readonly Action[]) {
  const endpoint = action?.endpoint?.[0];
  const path = endpoint?.uri.replace(`wss://${host}`, '') ?? '';
  return { path, headers: endpoint?.headers ?? { call: '', token: '' } };
}
const next = (call: object, status = 'disconnected') =>
  post({ ...call, to: `wss://${host}/x`, status }, { path: '/vonage/call/next' });

function dial(path: string, headers: Readonly<Record<string, string>> = {}) {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}${path}`, {
    headers: { host, ...headers },
  });
  const audio: Buffer[] = [];
  const actions: string[] = [];
  socket.on('message', (data: Buffer, isBinary) => {
    if (isBinary) audio.push(data);
    else actions.push((JSON.parse(data.toString()) as Action).action); // of our server
  });
  const opened = new Promise<string>((resolve) => {
    socket.on('open', () => resolve('open'));
    socket.on('unexpected-response', (_request, response) => resolve(String(response.statusCode)));
    socket.on('error', (error) => resolve(error.message));
  });
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  const start = (told: object): void =>
    socket.send(
      JSON.stringify({
        ...{ event: 'websocket:connected', 'content-type': 'audio/l16;rate=24000' },
        ...told,
      }),
    );
  return { socket, audio, actions, opened, closed, start };
}

/** A call that goes on. */
async function connect() {
  const call = newCall();
  const { path, headers } = endpointOf((await post(call)).actions);
  const stream = dial(path);
  await stream.opened;
  stream.start(headers);
  await expect.poll(() => stream.actions).toContain('notify'); // the agent greets
  return { call, stream };
}

describe('webhooks of Vonage', () => {
  it('are answered with a socket for the engine’s own audio, and whom to ask after it', async () => {
    const call = newCall();
    const { status, actions } = await post(call, { path: '/vonage/call?desk=test-desk' });
    expect(status).toBe(200);
    expect(actions).toMatchObject([
      {
        ...{ action: 'connect', eventType: 'synchronous' },
        eventUrl: [`https://${host}/vonage/call/next?desk=test-desk`],
        endpoint: [{ type: 'websocket', 'content-type': 'audio/l16;rate=24000' }],
      },
    ]);
    expect(endpointOf(actions).headers.call).toBe(call.conversation_uuid);
  });

  it('are refused unsigned, altered, or signed by others', async () => {
    const call = newCall();
    for (const path of ['/vonage/call', '/vonage/call/next', '/vonage/status']) {
      expect((await post(call, { path, key: 'another' })).status).toBe(403);
      expect((await post(call, { path, sent: JSON.stringify(newCall()) })).status).toBe(403);
    }
  });

  it('are refused when they name no call', async () => {
    expect((await post({ from: '447700900001' })).status).toBe(400);
    expect((await post({ conversation_uuid: ['CON-1'] })).status).toBe(400);
  });

  it('change nothing when they tell only how the socket comes about', async () => {
    const call = newCall();
    await post(call);
    for (const status of ['started', 'ringing', 'answered']) {
      expect((await next(call, status)).status).toBe(204);
    }
  });
});

describe('the media socket of Vonage', () => {
  it('is refused behind any other door, to pages, and with a query', async () => {
    const { path } = endpointOf((await post(newCall())).actions);
    expect(await dial('/vonage/media/door_0').opened).toBe('404');
    expect(await dial(path, { origin: `https://${host}` }).opened).toBe('403');
    expect(await dial(`${path}?token=x`).opened).toBe('403');
  });

  it('is closed without the token of its call, before anything is opened', async () => {
    const before = fakes.legs.length;
    const [mine, others] = [newCall(), newCall()];
    const { path, headers } = endpointOf((await post(mine)).actions);
    const { token } = endpointOf((await post(others)).actions).headers;
    for (const shown of ['', 'stream_0', token]) {
      const stream = dial(path);
      await stream.opened;
      stream.start({ ...headers, token: shown });
      expect(await stream.closed).toBe(1008);
    }
    expect(fakes.legs).toHaveLength(before);
  });

  it('carries the agent’s voice in messages of 20 ms', async () => {
    const { stream } = await connect();
    expect(fakes.legs.at(-1)).toMatchObject({ channel: 'vonage', format: 'audio/pcm' });
    expect(stream.audio.length).toBeGreaterThan(0);
    expect(new Set(stream.audio.map((message) => message.length))).toEqual(new Set([960]));
    stream.socket.close();
  });

  it('is closed when the caller’s leg is over, not when the socket’s own is', async () => {
    const { call, stream } = await connect();
    const path = '/vonage/status';
    await post({ ...call, to: `wss://${host}/x`, status: 'completed' }, { path });
    expect(stream.socket.readyState).toBe(WebSocket.OPEN);
    await post({ ...call, status: 'completed' }, { path });
    expect(await stream.closed).toBe(1000);
    expect((await next(call)).text).toBe('[]'); // nothing more to do: Vonage ends the call
  });

  it('may break off, and the call goes on with the next', async () => {
    const { call, stream } = await connect();
    const legs = fakes.legs.length;
    expect((await next(call)).actions.map(({ action }) => action)).toEqual(['wait', 'notify']);
    stream.socket.terminate();
    const asked = async () => (await next(call)).actions;
    await expect.poll(async () => (await asked())[0]?.action).toBe('connect');
    const { path, headers } = endpointOf(await asked());
    const again = dial(path);
    await again.opened;
    again.start(headers);
    await post({ ...call, status: 'completed' }, { path: '/vonage/status' });
    expect(await again.closed).toBe(1000);
    expect(fakes.legs).toHaveLength(legs); // the same call
  });
});
