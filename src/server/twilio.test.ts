import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import twilio from 'twilio';
import { WebSocket } from 'ws';
import { silentLog, type Log } from '../lib/index.ts';
import { startFakeCallsApi, type FakeCallsApi } from '../testing/fake-calls-api.ts';
import { callsResponse } from '../protocol/index.ts';
import type { TwilioStreamCommand } from '../protocol/twilio/index.ts';
import { readSettings } from './settings.ts';
import { startServer, type RunningServer } from './start-server.ts';
import { fakeParts } from './testing/fake-parts.ts';

const accountSid = `AC${'a'.repeat(32)}`;
const authToken = 'the token of the account';
const publicUrl = 'https://line.example.com';
const host = 'line.example.com';

const logged: string[] = [];
const log: Log = { ...silentLog, with: () => log };
for (const level of ['debug', 'info', 'warn', 'error'] as const) {
  log[level] = (message, fields) => void logged.push(`${message} ${JSON.stringify(fields)}`);
}

let server: RunningServer;
let fakes: ReturnType<typeof fakeParts>;
let api: FakeCallsApi;
beforeAll(async () => {
  fakes = fakeParts();
  api = await startFakeCallsApi({ accountSid, authToken });
  server = await startServer({
    settings: readSettings({
      ...{ PORT: '0', PUBLIC_URL: publicUrl, TWILIO_ACCOUNT_SID: accountSid },
      ...{ TWILIO_AUTH_TOKEN: authToken, TWILIO_API_URL: api.url },
      SWITCHBOARD_HEADERS_WITHIN_MS: '500',
    }),
    log,
    parts: fakes.parts,
  });
  await server.ready;
}, 30_000);
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await api[Symbol.asyncDispose]();
});

const sign = (url: string, params: Record<string, unknown> = {}): string =>
  twilio.getExpectedTwilioSignature(authToken, url, params);

/** A form as Twilio sends it; a list is sent as one name several times. */
function form(params: Readonly<Record<string, string | readonly string[]>>): string {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    for (const each of [value].flat()) body.append(name, each);
  }
  return body.toString();
}

let lastSid = 0;
function newCall(more: Readonly<Record<string, string>> = {}) {
  lastSid += 1;
  return { CallSid: `CA${lastSid}`, AccountSid: accountSid, From: '+442079460001', ...more };
}

async function post(
  params: Readonly<Record<string, string | readonly string[]>>,
  options: {
    readonly path?: string;
    readonly signature?: string | null;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
  } = {},
) {
  const path = options.path ?? '/incoming-call';
  const { signature = sign(`${publicUrl}${path}`, params) } = options;
  const response = await fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...(signature === null ? {} : { 'x-twilio-signature': signature }),
      ...options.headers,
    },
    body: options.body ?? form(params),
  });
  return { status: response.status, text: await response.text() };
}

const rowOf = async (callSid: string) =>
  fakes.carrierCalls.find({ carrier: 'twilio', carrierCallId: callSid });
const tokenIn = (twiml: string): string => /name="token" value="([^"]+)"/.exec(twiml)?.[1] ?? '';

describe('the webhook of incoming calls', () => {
  it('answers a signed request with a stream', async () => {
    const call = newCall();
    const { status, text } = await post(call);
    expect(status).toBe(200);
    expect(text).toContain('<Stream url="wss://line.example.com/media-stream">');
    expect(await rowOf(call.CallSid)).toMatchObject({ callId: null, status: 'queued' });
  });

  it('A1: refuses one without a signature, and keeps nothing of it', async () => {
    const call = newCall();
    expect((await post(call, { signature: null })).status).toBe(403);
    expect(await rowOf(call.CallSid)).toBeNull();
  });

  it('A2: refuses one with a wrong signature', async () => {
    const call = newCall();
    const wrong = twilio.getExpectedTwilioSignature('another', `${publicUrl}/incoming-call`, call);
    for (const signature of [wrong, 'x', '=', sign(`${publicUrl}/incoming-call`)]) {
      expect((await post(call, { signature })).status).toBe(403);
    }
    expect(await rowOf(call.CallSid)).toBeNull();
  });

  it('A3: refuses a signature for another host, also when the request names that host', async () => {
    const call = newCall();
    const elsewhere = sign('https://evil.example.net/incoming-call', call);
    const headers = { 'x-forwarded-host': 'evil.example.net', 'x-forwarded-proto': 'https' };
    expect((await post(call, { signature: elsewhere })).status).toBe(403);
    expect((await post(call, { signature: elsewhere, headers })).status).toBe(403);
  });

  it('A4: refuses a request with a parameter that was altered', async () => {
    const call = newCall();
    const signature = sign(`${publicUrl}/incoming-call`, call);
    const altered = { ...call, From: '+15550001111' };
    expect((await post(altered, { signature })).status).toBe(403);
    expect((await post({ ...call, More: '1' }, { signature })).status).toBe(403);
  });

  it('A4: refuses a request whose address was altered', async () => {
    const call = newCall();
    const signature = sign(`${publicUrl}/incoming-call?desk=front-desk`, call);
    expect((await post(call, { path: '/incoming-call?desk=salon', signature })).status).toBe(403);
  });

  it('A5: judges a parameter that comes several times as the package does', async () => {
    const call = { ...newCall(), Digits: ['2', '1', '2'] };
    expect((await post(call)).status).toBe(200);
    const other = { ...newCall(), Digits: ['2', '1'] };
    const signature = sign(`${publicUrl}/incoming-call`, { ...other, Digits: ['2', '3'] });
    expect((await post(other, { signature })).status).toBe(403);
    // And a call that is named twice is none.
    const twice = { ...newCall(), CallSid: ['CA1', 'CA2'] };
    expect((await post(twice)).status).toBe(400);
  });

  it('A6: does not look at headers of proxies', async () => {
    const call = newCall();
    const headers = {
      'x-forwarded-host': 'other.example.net',
      'x-forwarded-proto': 'http',
      'x-forwarded-for': '8.8.8.8',
      forwarded: 'host=other.example.net',
    };
    expect((await post(call, { headers })).status).toBe(200);
  });

  it('A7: refuses other content than a form', async () => {
    const call = newCall();
    for (const type of ['application/json', 'text/plain', 'multipart/form-data; boundary=x']) {
      const headers = { 'content-type': type };
      expect((await post(call, { headers, body: '{}' })).status).toBe(415);
    }
  });

  it('A8: refuses a body beyond any form of Twilio’s', async () => {
    expect((await post({ ...newCall(), Body: 'x'.repeat(20_000) })).status).toBe(413);
  });

  it('refuses calls of another account', async () => {
    const foreign = { ...newCall(), AccountSid: `AC${'b'.repeat(32)}` };
    expect((await post(foreign)).status).toBe(400);
  });
});

function dial(
  options: {
    readonly path?: string;
    readonly signature?: string | null;
    readonly headers?: Readonly<Record<string, string>>;
  } = {},
) {
  const { path = '/media-stream', signature = sign('wss://line.example.com/media-stream') } =
    options;
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}${path}`, {
    headers: {
      host,
      ...(signature === null ? {} : { 'x-twilio-signature': signature }),
      ...options.headers,
    },
  });
  const got: TwilioStreamCommand[] = [];
  socket.on('message', (data: Buffer) =>
    got.push(JSON.parse(data.toString()) as TwilioStreamCommand),
  );
  const opened = new Promise<string>((resolve) => {
    socket.on('open', () => resolve('open'));
    socket.on('unexpected-response', (_request, response) => resolve(String(response.statusCode)));
    socket.on('error', (error) => resolve(error.message));
  });
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  const send = (message: unknown): void => socket.send(JSON.stringify(message));
  return { socket, got, opened, closed, send };
}

function startOf(callSid: string, token: string) {
  const streamSid = `MZ${callSid}`;
  const start = { accountSid, callSid, streamSid, customParameters: { token } };
  return { event: 'start', sequenceNumber: '1', streamSid, start };
}

describe('the upgrade to the media stream', () => {
  it('connects a signed stream that shows its token, and the call is heard', async () => {
    const call = newCall();
    const token = tokenIn((await post(call)).text);
    const stream = dial();
    expect(await stream.opened).toBe('open');
    stream.send(startOf(call.CallSid, token));
    await expect.poll(() => stream.got.map(({ event }) => event)).toContain('mark');
    await expect.poll(async () => (await rowOf(call.CallSid))?.callId).toMatch(/^call_/);
    stream.send({ event: 'stop', streamSid: `MZ${call.CallSid}` });
    stream.socket.close();
    await stream.closed;
  });

  it('is refused without the account’s signature', async () => {
    expect(await dial({ signature: null }).opened).toBe('403');
    expect(await dial({ signature: sign('wss://evil.example.net/media-stream') }).opened).toBe(
      '403',
    );
  });

  it('A16: is refused to pages, those of our own included', async () => {
    for (const origin of ['https://evil.example.net', publicUrl, 'null']) {
      expect(await dial({ headers: { origin } }).opened).toBe('403');
    }
  });

  it('A17: is refused with anything in its query, which no log line has', async () => {
    const path = '/media-stream?token=secret-in-the-query';
    const signature = sign(`wss://line.example.com${path}`);
    expect(await dial({ path, signature }).opened).toBe('400');
    expect(logged.join('\n')).not.toContain('secret-in-the-query');
  });

  it('A18: is refused on a path that is none', async () => {
    expect(await dial({ path: '/media-stream/x' }).opened).toBe('404');
    expect(await dial({ path: '/incoming-call' }).opened).toBe('404');
  });

  it('A19: is refused with too many headers', async () => {
    const headers = Object.fromEntries(
      Array.from({ length: 300 }, (_, n) => [`x-filler-${n}`, 'y'.repeat(80)]),
    );
    expect(await dial({ headers }).opened).toBe('431');
  });

  it('A28: closes a stream whose frame is larger than any with 1009', async () => {
    const stream = dial();
    await stream.opened;
    stream.socket.send('x'.repeat(100_000));
    expect(await stream.closed).toBe(1009);
  });

  it('A11: closes a signed stream that shows no token, before anything is opened', async () => {
    const before = fakes.legs.length;
    const call = newCall();
    await post(call);
    const stream = dial();
    await stream.opened;
    stream.send(startOf(call.CallSid, ''));
    expect(await stream.closed).toBe(1008);
    expect(fakes.legs).toHaveLength(before);
  });

  it('A21: a flood of unsigned upgrades gets 429, and live and new calls are unharmed', async () => {
    const live = newCall();
    const liveStream = dial();
    const token = tokenIn((await post(live)).text);
    await liveStream.opened;
    liveStream.send(startOf(live.CallSid, token));
    await expect.poll(() => liveStream.got.length).toBeGreaterThan(0);

    const answers = await Promise.all(
      Array.from({ length: 60 }, () => dial({ signature: 'forged' }).opened),
    );
    expect(answers).toContain('429');
    expect(new Set(answers)).toEqual(new Set(['403', '429']));

    expect(liveStream.socket.readyState).toBe(WebSocket.OPEN);
    const next = dial();
    expect(await next.opened).toBe('open');
    next.socket.close();
    liveStream.socket.close();
    await liveStream.closed;
  }, 20_000);

  it('A20: a client that never finishes its request is closed', async () => {
    const { port } = new URL(server.url);
    const began = Date.now();
    const ended = Promise.withResolvers<string>();
    const socket = connect(Number(port), '127.0.0.1', () => {
      socket.write('GET /media-stream HTTP/1.1\r\nHost: line.example.com\r\n');
    });
    let answer = '';
    socket.on('data', (data) => (answer += data.toString()));
    socket.on('close', () => ended.resolve(answer));
    expect(await ended.promise).toContain('408');
    expect(Date.now() - began).toBeLessThan(4_000);
  });
});

describe('a stream that breaks off', () => {
  /** A call whose caller Twilio has, or has not, by the status its REST tells. */
  async function broken(status: string) {
    const call = newCall();
    api.addCall(call.CallSid).status = status;
    const token = tokenIn((await post(call)).text);
    const stream = dial();
    await stream.opened;
    stream.send(startOf(call.CallSid, token));
    await expect.poll(async () => (await rowOf(call.CallSid))?.callId).toMatch(/^call_/);
    const callId = (await rowOf(call.CallSid))?.callId;
    stream.socket.terminate();
    await stream.closed;
    const ended = async (): Promise<string | null | undefined> => {
      const response = await fetch(`${server.url}/api/calls`);
      const { calls } = callsResponse.parse(await response.json());
      return calls.find((each) => each.callId === callId)?.endReason;
    };
    return { call, ended };
  }

  it('F19, A37: ends the call within a second when Twilio has the caller no more', async () => {
    const { ended } = await broken('completed');
    await expect.poll(ended, { timeout: 1_000 }).toBe('caller_lost');
  });

  it('brings a caller whom Twilio still has back into the same call', async () => {
    const { call, ended } = await broken('in-progress');
    const before = fakes.legs.length;
    let token = '';
    // Until the server has seen that the stream is gone, it asks to be asked again.
    await expect
      .poll(async () => (token = tokenIn((await post(call, { path: '/incoming-call/next' })).text)))
      .not.toBe('');
    const again = dial();
    await again.opened;
    again.send(startOf(call.CallSid, token));
    await expect.poll(() => again.got.length).toBeGreaterThan(0); // what was not heard
    expect(fakes.legs).toHaveLength(before);
    again.send({ event: 'stop', streamSid: `MZ${call.CallSid}` });
    await expect.poll(ended).toBe('caller_hung_up');
    again.socket.close();
    await again.closed;
  });
});

describe('what follows the stream', () => {
  it('hangs up once the call has ended', async () => {
    const call = newCall();
    const token = tokenIn((await post(call)).text);
    const stream = dial();
    await stream.opened;
    stream.send(startOf(call.CallSid, token));
    await expect.poll(async () => (await rowOf(call.CallSid))?.callId).toMatch(/^call_/);
    stream.send({ event: 'stop', streamSid: `MZ${call.CallSid}` });
    stream.socket.close();
    await stream.closed;
    const next = await post(call, { path: '/incoming-call/next' });
    expect(next.text).toContain('<Hangup/>');
  });

  it('F18: takes a report of a status twice and late', async () => {
    const call = newCall();
    await post(call);
    for (const CallStatus of ['completed', 'ringing', 'completed']) {
      const report = { ...call, CallStatus };
      expect((await post(report, { path: '/twilio/status' })).status).toBe(204);
    }
    expect(await rowOf(call.CallSid)).toMatchObject({ status: 'completed' });
  });

  it('A1: refuses every other route of Twilio’s without a signature', async () => {
    for (const path of [
      '/incoming-call/next',
      '/outgoing-call',
      '/twilio/status',
      '/twilio/machine',
    ]) {
      expect((await post(newCall(), { path, signature: null })).status, path).toBe(403);
    }
  });
});
