import { randomUUID, sign, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import type { CarrierSide } from '../carrier-side.ts';
import { parsedJson, type MediaWire } from '../media-wire.ts';
import { readTwiml } from '../twiml.ts';

const command = z.discriminatedUnion('event', [
  z.object({ event: z.literal('media'), media: z.object({ payload: z.base64() }) }),
  z.object({ event: z.literal('mark'), mark: z.object({ name: z.string() }) }),
  z.object({ event: z.literal('clear') }),
]);

/**
 * Telnyx for one call: signed webhooks, TeXML (which is TwiML as far as our answers go), media streaming.
 *
 * @param options.privateKey Ed25519; the server has its public half as `TELNYX_PUBLIC_KEY`
 * @param options.from E.164
 */
export function telnyxSide(options: {
  readonly privateKey: KeyObject;
  readonly from: string;
}): CarrierSide {
  const { privateKey, from } = options;
  const callId = `v3:${randomUUID()}`;
  return {
    channel: 'telnyx',
    format: 'audio/pcmu',
    callId,
    paths: { call: '/telnyx/call', status: '/telnyx/status' },
    news: { rings: { CallStatus: 'ringing' }, over: { CallStatus: 'completed' } },
    webhook(_address, news) {
      const body = new URLSearchParams({
        ...{ CallSid: callId, From: from, To: '+15005550001' },
        ...(news as Readonly<Record<string, string>>), // its own news, and those of its verbs
      }).toString();
      const seconds = Math.floor(Date.now() / 1_000);
      const signature = sign(null, Buffer.from(`${seconds}|${body}`), privateKey);
      return {
        headers: {
          'telnyx-signature-ed25519': signature.toString('base64'),
          'telnyx-timestamp': String(seconds),
          'content-type': 'application/x-www-form-urlencoded',
        },
        body,
      };
    },
    readAnswer: readTwiml,
    openWire: ({ parameters }) => telnyxWire(callId, parameters),
  };
}

/** @see https://developers.telnyx.com/docs/voice/programmable-voice/media-streaming */
function telnyxWire(
  call_control_id: string,
  custom_parameters: Readonly<Record<string, string>>,
): MediaWire {
  const stream_id = randomUUID();
  let sequence = 0;
  const written = (message: object): string => {
    sequence += 1;
    return JSON.stringify({ ...message, sequence_number: String(sequence), stream_id });
  };
  const played = (name: string): string => written({ event: 'mark', mark: { name } });
  return {
    headers: {},
    opened: () => [
      JSON.stringify({ event: 'connected', version: '1.0.0' }),
      written({
        event: 'start',
        start: {
          ...{ user_id: randomUUID(), call_control_id, custom_parameters },
          media_format: { encoding: 'PCMU', sample_rate: 8_000, channels: 1 },
        },
      }),
    ],
    audio(frame, atMs) {
      const payload = Buffer.from(frame).toString('base64');
      return written({
        event: 'media',
        media: { track: 'inbound', timestamp: String(atMs), payload },
      });
    },
    key: (digit) => written({ event: 'dtmf', dtmf: { digit } }),
    played,
    cleared: (marks) => marks.map(played),
    hungUp: () => written({ event: 'stop', stop: { call_control_id } }),
    read(data) {
      const { data: told } = command.safeParse(parsedJson(data.toString()));
      if (!told) return null;
      if (told.event === 'clear') return { type: 'clear' };
      if (told.event === 'mark') return { type: 'mark', name: told.mark.name };
      return { type: 'audio', bytes: Buffer.from(told.media.payload, 'base64') };
    },
  };
}
