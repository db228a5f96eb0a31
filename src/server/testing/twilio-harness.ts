import { afterAll, beforeAll, expect } from 'vitest';
import twilio from 'twilio';
import { silentLog, type Log } from '../../lib/index.ts';
import type { TwilioStreamCommand } from '../../protocol/twilio/index.ts';
import { startFakeCallsApi, type FakeCallsApi } from '../../testing/fake-calls-api.ts';
import { readSettings } from '../settings.ts';
import { startServer, type RunningServer } from '../start-server.ts';
import { lineHost } from './carrier-harness.ts';
import { dialMedia } from './dial-media.ts';
import { fakeParts } from './fake-parts.ts';

const accountSid = `AC${'a'.repeat(32)}`;
const authToken = 'the token of the account';

/** Where Twilio reaches the server of the harness. */
export const publicUrl = `https://${lineHost}`;

/** A signature of the account's, by the package's own code. */
export const sign = (url: string, params: Record<string, unknown> = {}): string =>
  twilio.getExpectedTwilioSignature(authToken, url, params);

/** The token that TwiML has for a stream; empty: none. */
export const tokenIn = (twiml: string): string =>
  /name="token" value="([^"]+)"/.exec(twiml)?.[1] ?? '';

/** What a webhook says; a list is sent as one name several times. */
type Form = Readonly<Record<string, string | readonly string[]>>;

function bodyOf(params: Form): string {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    for (const each of [value].flat()) body.append(name, each);
  }
  return body.toString();
}

/** A real server with fake parts behind it, and Twilio's end of it, its REST included. */
export function twilioHarness() {
  const fakes = fakeParts();
  const logged: string[] = [];
  const log: Log = { ...silentLog, with: () => log };
  for (const level of ['debug', 'info', 'warn', 'error'] as const) {
    log[level] = (message, fields) => void logged.push(`${message} ${JSON.stringify(fields)}`);
  }
  let server: RunningServer;
  let api: FakeCallsApi;
  beforeAll(async () => {
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

  let lastSid = 0;
  function newCall(more: Readonly<Record<string, string>> = {}) {
    lastSid += 1;
    return { CallSid: `CA${lastSid}`, AccountSid: accountSid, From: '+442079460001', ...more };
  }
  async function post(
    params: Form,
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
      body: options.body ?? bodyOf(params),
    });
    return { status: response.status, text: await response.text() };
  }
  const rowOf = async (callSid: string) =>
    fakes.carrierCalls.find({ carrier: 'twilio', carrierCallId: callSid });
  function dial(
    options: {
      readonly path?: string;
      readonly signature?: string | null;
      readonly headers?: Readonly<Record<string, string>>;
    } = {},
  ) {
    const { path = '/media-stream', signature = sign(`wss://${lineHost}/media-stream`) } = options;
    return dialMedia<TwilioStreamCommand>(`${server.url}${path}`, {
      host: lineHost,
      ...(signature === null ? {} : { 'x-twilio-signature': signature }),
      ...options.headers,
    });
  }
  function start(callSid: string, token: string) {
    const streamSid = `MZ${callSid}`;
    const start = { accountSid, callSid, streamSid, customParameters: { token } };
    return { event: 'start', sequenceNumber: '1', streamSid, start };
  }
  /** A stream of a call of which the server knows by now; the call has begun. */
  async function connect(call: ReturnType<typeof newCall>) {
    const token = tokenIn((await post(call)).text);
    const stream = dial();
    await stream.opened;
    stream.send(start(call.CallSid, token));
    await expect.poll(async () => (await rowOf(call.CallSid))?.callId).toMatch(/^call_/);
    return stream;
  }
  return {
    ...{ fakes, logged, newCall, post, rowOf, dial, start, connect },
    url: (): string => server.url,
    api: (): FakeCallsApi => api,
  };
}
