import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { silentLog } from '../lib/index.ts';
import { callsResponse } from '../protocol/index.ts';
import { readSettings } from './settings.ts';
import { startServer, type RunningServer } from './start-server.ts';
import { fakeParts } from './testing/fake-parts.ts';

const account = generateKeyPairSync('ed25519');
const publicKey = account.publicKey.export({ type: 'spki', format: 'der' }).subarray(-32);
const host = 'line.example.com';

/** Telnyx's REST: says of every call whether it is alive, to whoever has the key. */
const asked: string[] = [];
let isAlive = true;
const rest = createServer((request, response) => {
  asked.push(`${request.headers.authorization} ${request.url}`);
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ data: { is_alive: isAlive, record_type: 'call' } }));
});

let server: RunningServer;
let fakes: ReturnType<typeof fakeParts>;
beforeAll(async () => {
  await new Promise<void>((resolve) => rest.listen(0, '127.0.0.1', resolve));
  fakes = fakeParts();
  server = await startServer({
    settings: readSettings({
      ...{ PORT: '0', PUBLIC_URL: `https://${host}`, TELNYX_API_KEY: 'KEY1' },
      TELNYX_PUBLIC_KEY: publicKey.toString('base64'),
      TELNYX_API_URL: `http://127.0.0.1:${(rest.address() as AddressInfo).port}`, // it listens on a port
    }),
    log: silentLog,
    parts: fakes.parts,
  });
  await server.ready;
}, 30_000);
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  rest.close();
});

let lastCall = 0;
function newCall(more: Readonly<Record<string, string>> = {}) {
  lastCall += 1;
  return { CallSid: `v3:call-${lastCall}`, From: '+442079460001', ...more };
}

async function post(
  params: Readonly<Record<string, string>>,
  options: {
    readonly path?: string;
    readonly key?: KeyObject | null;
    readonly seconds?: number;
    readonly sent?: string;
  } = {},
) {
  const { path = '/telnyx/call', key = account.privateKey } = options;
  const { seconds = Math.floor(Date.now() / 1_000) } = options;
  const body = new URLSearchParams(params).toString();
  const signature = key && sign(null, Buffer.from(`${seconds}|${body}`), key).toString('base64');
  const response = await fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...(signature ? { 'telnyx-signature-ed25519': signature } : {}),
      'telnyx-timestamp': String(seconds),
    },
    body: options.sent ?? body,
  });
  return { status: response.status, text: await response.text() };
}

const streamIn = (xml: string) => ({
  path: /url="wss:\/\/line\.example\.com([^"]+)"/.exec(xml)?.[1] ?? '',
  token: /name="token" value="([^"]+)"/.exec(xml)?.[1] ?? '',
});

function dial(path: string, headers: Readonly<Record<string, string>> = {}) {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}${path}`, {
    headers: { host, ...headers },
  });
  const events: string[] = [];
  socket.on('message', (data: Buffer) => {
    events.push((JSON.parse(data.toString()) as { event: string }).event); // of our server
  });
  const opened = new Promise<string>((resolve) => {
    socket.on('open', () => resolve('open'));
    socket.on('unexpected-response', (_request, response) => resolve(String(response.statusCode)));
    socket.on('error', (error) => resolve(error.message));
  });
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  const say = (message: unknown): void => socket.send(JSON.stringify(message));
  const start = (call_control_id: string, token: string): void =>
    say({
      ...{ event: 'start', sequence_number: '1', stream_id: 's1' },
      start: {
        ...{ user_id: 'u1', call_control_id, custom_parameters: { token } },
        media_format: { encoding: 'PCMU', sample_rate: 8000, channels: 1 },
      },
    });
  return { socket, events, opened, closed, say, start };
}

/** A call that goes on. */
async function connect() {
  const call = newCall();
  const { path, token } = streamIn((await post(call)).text);
  const stream = dial(path);
  await stream.opened;
  stream.start(call.CallSid, token);
  await expect.poll(() => stream.events).toContain('mark'); // the agent greets
  return { call, stream };
}

describe('webhooks of Telnyx', () => {
  it('are answered with a stream both ways, its token, and what follows it', async () => {
    const { status, text } = await post(newCall());
    expect(status).toBe(200);
    expect(text).toMatch(/<Connect><Stream url="wss:[^>]*bidirectionalMode="rtp"/);
    expect(text).toContain('<Redirect method="POST">https://line.example.com/telnyx/call/next<');
    expect(streamIn(text).token).toMatch(/^stream_/);
  });

  it('are refused unsigned, altered, signed by others, or old', async () => {
    const call = newCall();
    const key = generateKeyPairSync('ed25519').privateKey;
    const seconds = Math.floor(Date.now() / 1_000) - 400;
    for (const path of ['/telnyx/call', '/telnyx/call/next', '/telnyx/status']) {
      expect((await post(call, { path, key: null })).status).toBe(403);
      expect((await post(call, { path, key })).status).toBe(403);
      expect((await post(call, { path, seconds })).status).toBe(403);
      expect((await post(call, { path, sent: 'CallSid=v3%3Aother' })).status).toBe(403);
    }
  });

  it('are refused when they name no call, or two', async () => {
    expect((await post({ From: '+442079460001' })).status).toBe(400);
    const twice = 'CallSid=a1&CallSid=b1';
    const seconds = Math.floor(Date.now() / 1_000);
    const signature = sign(null, Buffer.from(`${seconds}|${twice}`), account.privateKey);
    const response = await fetch(`${server.url}/telnyx/call`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'telnyx-signature-ed25519': signature.toString('base64'),
        'telnyx-timestamp': String(seconds),
      },
      body: twice,
    });
    expect(response.status).toBe(400);
  });

  it('are refused as anything but a form, and beyond its size', async () => {
    const headers = { 'content-type': 'application/json' };
    const json = await fetch(`${server.url}/telnyx/call`, { method: 'POST', headers, body: '{}' });
    expect(json.status).toBe(415);
    expect((await post({ ...newCall(), More: 'x'.repeat(20_000) })).status).toBe(413);
  });
});

describe('the media stream of Telnyx', () => {
  it('is refused behind any other door, to pages, and with a query', async () => {
    const { path } = streamIn((await post(newCall())).text);
    expect(await dial('/telnyx/media/door_0').opened).toBe('404');
    expect(await dial(path, { origin: `https://${host}` }).opened).toBe('403');
    expect(await dial(`${path}?token=x`).opened).toBe('403');
    expect(await dial('/telnyx/media').opened).toBe('404');
  });

  it('is closed without the token of its call, before anything is opened', async () => {
    const before = fakes.legs.length;
    const [mine, others] = [newCall(), newCall()];
    const { path } = streamIn((await post(mine)).text);
    const { token } = streamIn((await post(others)).text);
    for (const shown of ['', 'stream_0', token]) {
      const stream = dial(path);
      await stream.opened;
      stream.start(mine.CallSid, shown);
      expect(await stream.closed).toBe(1008);
    }
    expect(fakes.legs).toHaveLength(before);
  });

  it('carries a call to its end', async () => {
    const { call, stream } = await connect();
    expect(fakes.legs.at(-1)).toMatchObject({ channel: 'telnyx', format: 'audio/pcmu' });
    stream.say({ event: 'stop', stream_id: 's1' });
    expect(await stream.closed).toBe(1000);
    expect((await post(call, { path: '/telnyx/call/next' })).text).toContain('<Hangup/>');
  });

  it('is closed by a final status, once, and by no other', async () => {
    const { call, stream } = await connect();
    await post({ ...call, CallStatus: 'in-progress' }, { path: '/telnyx/status' });
    expect(stream.socket.readyState).toBe(WebSocket.OPEN);
    const over = { ...call, CallStatus: 'completed' };
    expect((await post(over, { path: '/telnyx/status' })).status).toBe(200);
    expect(await stream.closed).toBe(1000);
    expect((await post(over, { path: '/telnyx/status' })).status).toBe(200);
  });

  it('may break off while the caller is there, and the call goes on with the next', async () => {
    const legs = fakes.legs.length;
    const { call, stream } = await connect();
    stream.socket.terminate();
    await expect.poll(() => asked.at(-1)).toBe(`Bearer KEY1 /v2/calls/v3%3Acall-${lastCall}`);
    const { path, token } = streamIn((await post(call, { path: '/telnyx/call/next' })).text);
    const again = dial(path);
    await again.opened;
    again.start(call.CallSid, token);
    again.say({ event: 'dtmf', stream_id: 's1', dtmf: { digit: '1' } });
    again.say({ event: 'stop', stream_id: 's1' });
    expect(await again.closed).toBe(1000);
    expect(fakes.legs).toHaveLength(legs + 1); // the same call
  });

  it('ends the call when Telnyx has the caller no more', async () => {
    isAlive = false;
    const { stream } = await connect();
    stream.socket.terminate();
    const newest = async () => {
      const response = await fetch(`${server.url}/api/calls?limit=1`);
      return callsResponse.parse(await response.json()).calls[0];
    };
    await expect.poll(newest).toMatchObject({ channel: 'telnyx', endReason: 'caller_lost' });
  });
});
