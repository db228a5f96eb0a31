import { generateKeyPairSync, sign } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callsResponse } from '../protocol/index.ts';
import { carrierContract } from './testing/carrier-contract.ts';
import { carrierHarness, lineHost, type CarrierEvent } from './testing/carrier-harness.ts';

const keys = {
  account: generateKeyPairSync('ed25519'),
  stranger: generateKeyPairSync('ed25519'),
};
const publicKey = keys.account.publicKey.export({ type: 'spki', format: 'der' }).subarray(-32);

/** Telnyx's REST: says of every call whether it is alive, to whoever has the key. */
const asked: string[] = [];
let isAlive = true;
const rest = createServer((request, response) => {
  asked.push(`${request.headers.authorization} ${request.url}`);
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ data: { is_alive: isAlive, record_type: 'call' } }));
});
beforeAll(() => new Promise<void>((resolve) => rest.listen(0, '127.0.0.1', resolve)));
afterAll(() => void rest.close());

const statuses: Readonly<Record<CarrierEvent, string>> = {
  ...{ rings: 'ringing', answered: 'in-progress', over: 'completed', stream_gone: 'in-progress' },
};
let lastCall = 0;
const signed = (body: string, by: keyof typeof keys, seconds = Math.floor(Date.now() / 1_000)) => ({
  'telnyx-signature-ed25519': sign(
    null,
    Buffer.from(`${seconds}|${body}`),
    keys[by].privateKey,
  ).toString('base64'),
  'telnyx-timestamp': String(seconds),
});

const telnyx = carrierHarness({
  name: 'telnyx',
  webhookType: 'application/x-www-form-urlencoded',
  environment: () => ({
    TELNYX_PUBLIC_KEY: publicKey.toString('base64'),
    TELNYX_API_KEY: 'KEY1',
    TELNYX_API_URL: `http://127.0.0.1:${(rest.address() as AddressInfo).port}`, // it listens on a port
  }),
  newCallId() {
    lastCall += 1;
    return `v3:call-${lastCall}`;
  },
  webhook(callId, event) {
    const form = new URLSearchParams({ From: '+442079460001', CallStatus: statuses[event] });
    for (const id of [callId ?? []].flat()) form.append('CallSid', id);
    return form.toString();
  },
  sign: signed,
  streamIn(xml) {
    const [, url] = /<Stream url="([^"]+)"/.exec(xml) ?? [];
    const [, token = ''] = /name="token" value="([^"]+)"/.exec(xml) ?? [];
    return url === undefined ? null : { url, token };
  },
  start: (call_control_id, token) => ({
    ...{ event: 'start', sequence_number: '1', stream_id: 's1' },
    start: {
      ...{ user_id: 'u1', call_control_id, custom_parameters: { token } },
      media_format: { encoding: 'PCMU', sample_rate: 8000, channels: 1 },
    },
  }),
  isMark: (message) => JSON.stringify(message).includes('"mark"'),
});

carrierContract(telnyx);

describe('Telnyx', () => {
  it('is told to stream both ways, and what follows it', async () => {
    const { text } = await telnyx.post(telnyx.farEnd.webhook('v3:both-ways', 'rings'));
    expect(text).toMatch(/<Connect><Stream url="wss:[^>]*bidirectionalMode="rtp"/);
    expect(text).toContain(`<Redirect method="POST">https://${lineHost}/telnyx/call/next<`);
  });

  it('is not believed when what it signed is old', async () => {
    const body = telnyx.farEnd.webhook('v3:old', 'rings');
    const headers = signed(body, 'account', Math.floor(Date.now() / 1_000) - 400);
    expect((await telnyx.post(body, { headers })).status).toBe(403);
  });

  it('stops a stream when the caller hangs up, and is told to hang up as well', async () => {
    const { callId, stream } = await telnyx.connect();
    expect(telnyx.fakes.legs.at(-1)).toMatchObject({ format: 'audio/pcmu' });
    stream.send({ event: 'stop', stream_id: 's1' });
    expect(await stream.closed).toBe(1000);
    expect((await telnyx.next(callId)).text).toContain('<Hangup/>');
  });

  it('is asked for the caller when a stream breaks off, and believed when they are gone', async () => {
    isAlive = false;
    const { callId, stream } = await telnyx.connect();
    stream.socket.terminate();
    await expect
      .poll(() => asked.at(-1))
      .toBe(`Bearer KEY1 /v2/calls/${encodeURIComponent(callId)}`);
    const newest = async () => {
      const response = await fetch(`${telnyx.url()}/api/calls?limit=1`);
      return callsResponse.parse(await response.json()).calls[0];
    };
    await expect.poll(newest).toMatchObject({ channel: 'telnyx', endReason: 'caller_lost' });
  });
});
