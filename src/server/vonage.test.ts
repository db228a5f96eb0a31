import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { carrierContract } from './testing/carrier-contract.ts';
import { carrierHarness, lineHost, type CarrierEvent } from './testing/carrier-harness.ts';

const secret = 'the signature secret of the account';
const base64url = (value: unknown): string =>
  Buffer.from(JSON.stringify(value)).toString('base64url');
const told: Readonly<Record<CarrierEvent, object>> = {
  rings: {},
  answered: { status: 'answered' },
  over: { status: 'completed' },
  stream_gone: { status: 'disconnected', to: `wss://${lineHost}/x` },
};
interface Action {
  readonly action: string;
  readonly endpoint?: readonly {
    readonly uri: string;
    readonly headers: { readonly token: string };
  }[];
}
const actionsIn = (text: string) => JSON.parse(text) as readonly Action[]; // of our server
let lastCall = 0;

const vonage = carrierHarness({
  name: 'vonage',
  webhookType: 'application/json',
  environment: () => ({ VONAGE_SIGNATURE_SECRET: secret }),
  newCallId() {
    lastCall += 1;
    return `CON-${lastCall}`;
  },
  webhook: (conversation_uuid, event) =>
    JSON.stringify({
      ...{ from: '447700900001', to: '447700900000', conversation_uuid },
      ...told[event],
    }),
  sign(body, by) {
    const payload_hash = createHash('sha256').update(body).digest('hex');
    const iat = Math.floor(Date.now() / 1_000);
    const signed = `${base64url({ alg: 'HS256' })}.${base64url({ iat, iss: 'Vonage', payload_hash })}`;
    const key = by === 'account' ? secret : 'another';
    const signature = createHmac('sha256', key).update(signed).digest('base64url');
    return { authorization: `Bearer ${signed}.${signature}` };
  },
  streamIn(text) {
    const endpoint = actionsIn(text)[0]?.endpoint?.[0];
    return endpoint ? { url: endpoint.uri, token: endpoint.headers.token } : null;
  },
  start: (call, token) => ({
    ...{ event: 'websocket:connected', 'content-type': 'audio/l16;rate=24000' },
    ...{ call, token },
  }),
  isMark: (message) => JSON.stringify(message).includes('"notify"'),
});

carrierContract(vonage);

describe('Vonage', () => {
  const { post, paths, farEnd, connect, next } = vonage;

  it('is told to connect a socket for the engine’s own audio, and whom to ask after it', async () => {
    const callId = farEnd.newCallId();
    const { text } = await post(farEnd.webhook(callId, 'rings'));
    expect(JSON.parse(text)).toMatchObject([
      {
        ...{ action: 'connect', eventType: 'synchronous' },
        eventUrl: [`https://${lineHost}/vonage/call/next`],
        endpoint: [
          {
            ...{ type: 'websocket', 'content-type': 'audio/l16;rate=24000' },
            headers: { call: callId },
          },
        ],
      },
    ]);
  });

  it('changes nothing when it tells only how the socket comes about', async () => {
    const { callId } = await vonage.ring();
    for (const status of ['started', 'ringing', 'answered']) {
      const body = JSON.stringify({ conversation_uuid: callId, status });
      expect((await post(body, { path: paths.next })).status).toBe(204);
    }
  });

  it('gets the agent’s voice in messages of 20 ms', async () => {
    const { stream } = await connect();
    expect(vonage.fakes.legs.at(-1)).toMatchObject({ format: 'audio/pcm' });
    expect(stream.audio.length).toBeGreaterThan(0);
    expect(new Set(stream.audio.map((message) => message.length))).toEqual(new Set([960]));
    stream.socket.close();
  });

  it('ends no call when it says that the socket’s own leg is over', async () => {
    const { callId, stream } = await connect();
    const ofSocket = { conversation_uuid: callId, to: `wss://${lineHost}/x`, status: 'completed' };
    expect((await post(JSON.stringify(ofSocket), { path: paths.status })).status).toBe(200);
    expect(stream.socket.readyState).toBe(WebSocket.OPEN);
    stream.socket.close();
  });

  it('waits and asks again while the socket is not known to be gone', async () => {
    const { callId, stream } = await connect();
    const { text } = await next(callId);
    expect(actionsIn(text).map(({ action }) => action)).toEqual(['wait', 'notify']);
    stream.socket.close();
  });
});
