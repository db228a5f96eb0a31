import { createHash, createHmac, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { SwitchboardError } from '../../../lib/index.ts';
import type { CarrierSide } from '../carrier-side.ts';
import { parsedJson, type MediaWire } from '../media-wire.ts';
import type { Verb } from '../verb.ts';

const contentType = 'audio/l16;rate=24000';
/** The only length of audio that it plays: 20 ms. */
const frameBytes = 960;

const ncco = z.array(
  z.discriminatedUnion('action', [
    z.object({
      action: z.literal('connect'),
      eventUrl: z.tuple([z.url()]),
      endpoint: z.tuple([
        z.object({
          type: z.literal('websocket'),
          uri: z.url(),
          'content-type': z.literal(contentType),
          headers: z.record(z.string(), z.string()),
        }),
      ]),
    }),
    z.object({ action: z.literal('wait'), timeout: z.number() }),
    z.object({
      action: z.literal('notify'),
      payload: z.record(z.string(), z.string()),
      eventUrl: z.tuple([z.url()]),
    }),
    z.object({ action: z.literal('talk'), text: z.string() }),
  ]),
);
const command = z.discriminatedUnion('action', [
  z.object({ action: z.literal('notify'), payload: z.object({ name: z.string() }) }),
  z.object({ action: z.literal('clear') }),
]);

/**
 * Vonage for one call: webhooks with a signed token, call control objects, WebSockets of linear audio.
 *
 * @param options.from E.164
 */
export function vonageSide(options: {
  readonly signatureSecret: string;
  readonly from: string;
}): CarrierSide {
  const { signatureSecret } = options;
  const callId = `CON-${randomUUID()}`;
  const call = { conversation_uuid: callId, from: options.from.slice(1), to: '15005550001' };
  return {
    channel: 'vonage',
    format: 'audio/pcm',
    callId,
    paths: { call: '/vonage/call', status: '/vonage/status' },
    news: { rings: {}, over: { status: 'completed' } },
    webhook(_address, news) {
      const body = JSON.stringify({ ...call, ...news });
      return {
        headers: {
          authorization: `Bearer ${token(body, signatureSecret)}`,
          'content-type': 'application/json',
        },
        body,
      };
    },
    readAnswer(text) {
      const { data: actions } = ncco.safeParse(parsedJson(text));
      if (actions) return actions.flatMap(verbsOf);
      throw new SwitchboardError('call_failed', 'The answer is no call control object.');
    },
    openWire: ({ parameters }) => vonageWire(parameters),
  };
}

/** @see https://developer.vonage.com/en/getting-started/concepts/webhooks#decoding-signed-webhooks */
function token(body: string, secret: string): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const payload_hash = createHash('sha256').update(body).digest('hex');
  const iat = Math.floor(Date.now() / 1_000);
  const head = part({ alg: 'HS256', typ: 'JWT' });
  const signed = `${head}.${part({ iat, iss: 'Vonage', payload_hash })}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

function verbsOf(action: z.infer<typeof ncco>[number]): readonly Verb[] {
  switch (action.action) {
    case 'connect': {
      const [{ uri, headers }] = action.endpoint;
      // A socket is a leg of the call; its end is told, and the answer is obeyed.
      const news = { status: 'disconnected', to: uri };
      return [
        { name: 'Stream', url: uri, parameters: headers },
        { name: 'Redirect', url: action.eventUrl[0], news },
      ];
    }
    case 'wait':
      return [{ name: 'Pause', seconds: action.timeout }];
    case 'notify':
      return [{ name: 'Redirect', url: action.eventUrl[0], news: { payload: action.payload } }];
    case 'talk':
      return [{ name: 'Say', text: action.text }];
  }
}

/** @see https://developer.vonage.com/en/voice/voice-api/guides/websockets */
function vonageWire(headers: Readonly<Record<string, string>>): MediaWire {
  const written = (message: object): string => JSON.stringify(message);
  return {
    headers: {},
    opened: () => [
      written({ event: 'websocket:connected', 'content-type': contentType, ...headers }),
    ],
    audio: (frame) => frame,
    key: (digit) => written({ event: 'websocket:dtmf', digit, duration: 100 }),
    played: (name) => written({ event: 'websocket:notify', payload: { name } }),
    cleared: () => [written({ event: 'websocket:cleared' })],
    hungUp: () => null,
    read(data, isBinary) {
      if (isBinary) return data.length === frameBytes ? { type: 'audio', bytes: data } : null;
      const { data: told } = command.safeParse(parsedJson(data.toString()));
      if (!told) return null;
      return told.action === 'clear'
        ? { type: 'clear' }
        : { type: 'mark', name: told.payload.name };
    },
  };
}
