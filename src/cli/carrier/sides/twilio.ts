import { randomBytes } from 'node:crypto';
import {
  twilioMediaFormat,
  twilioStreamCommand,
  type TwilioStreamMessage,
} from '../../../protocol/twilio/index.ts';
import type { CarrierSide } from '../carrier-side.ts';
import { parsedJson, type MediaWire } from '../media-wire.ts';
import { readTwiml } from '../twiml.ts';

/** @returns Twilio for one call: signed webhooks, TwiML, Media Streams. */
export async function twilioSide(options: {
  readonly accountSid: string;
  readonly authToken: string;
  /** E.164. */
  readonly from: string;
  /** @default a new one */
  readonly callId?: string | undefined;
}): Promise<CarrierSide> {
  const { accountSid, authToken, from, callId = sidOf('CA') } = options;
  // The carrier's own signature code.
  const { default: twilio } = await import('twilio');
  const sign = (address: string, params: Readonly<Record<string, unknown>>): string =>
    twilio.getExpectedTwilioSignature(authToken, address, params);
  return {
    channel: 'twilio',
    format: 'audio/pcmu',
    callId,
    paths: { call: '/incoming-call', status: '/twilio/status' },
    news: { rings: { CallStatus: 'ringing' }, over: { CallStatus: 'completed' } },
    webhook(address, news) {
      const params = {
        ...{ CallSid: callId, AccountSid: accountSid, ApiVersion: '2010-04-01' },
        ...{ From: from, To: '+15005550001', Direction: 'inbound' },
        ...(news as Readonly<Record<string, string>>), // its own news, and those of its verbs
      };
      return {
        headers: {
          'x-twilio-signature': sign(address, params),
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: new URLSearchParams(params).toString(),
      };
    },
    readAnswer: readTwiml,
    openWire: ({ url, parameters }) =>
      twilioWire({ accountSid, callSid: callId, parameters, signature: sign(url, {}) }),
  };
}

/**
 * Twilio's end of a media stream.
 *
 * @param options.signature of the upgrade
 * @see https://www.twilio.com/docs/voice/media-streams/websocket-messages
 */
export function twilioWire(options: {
  readonly accountSid: string;
  readonly callSid: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly signature: string;
}): MediaWire {
  const { accountSid, callSid, parameters, signature } = options;
  const streamSid = sidOf('MZ');
  let sequence = 0;
  let chunk = 0;
  const written = (message: Unnumbered): string => {
    sequence += 1;
    return JSON.stringify({ ...message, sequenceNumber: String(sequence), streamSid });
  };
  const played = (name: string): string => written({ event: 'mark', mark: { name } });
  return {
    headers: { 'x-twilio-signature': signature },
    opened: () => [
      JSON.stringify({ event: 'connected', protocol: 'Call', version: '1.0.0' }),
      written({
        event: 'start',
        start: {
          ...{ accountSid, streamSid, callSid, tracks: ['inbound'] },
          ...{ mediaFormat: twilioMediaFormat, customParameters: parameters },
        },
      }),
    ],
    audio(frame, atMs) {
      chunk += 1;
      const payload = Buffer.from(frame).toString('base64');
      const media = { track: 'inbound', chunk: String(chunk), timestamp: String(atMs), payload };
      return written({ event: 'media', media });
    },
    key: (digit) => written({ event: 'dtmf', dtmf: { track: 'inbound_track', digit } }),
    played,
    cleared: (marks) => marks.map(played),
    hungUp: () => written({ event: 'stop', stop: { accountSid, callSid } }),
    read(data) {
      const { data: told } = twilioStreamCommand.safeParse(parsedJson(data.toString()));
      if (told?.streamSid !== streamSid) return null;
      if (told.event === 'clear') return { type: 'clear' };
      if (told.event === 'mark') return { type: 'mark', name: told.mark.name };
      return { type: 'audio', bytes: Buffer.from(told.media.payload, 'base64') };
    },
  };
}

type WithoutNumber<M> = M extends unknown ? Omit<M, 'streamSid' | 'sequenceNumber'> : never;
type Unnumbered = WithoutNumber<Exclude<TwilioStreamMessage, { event: 'connected' }>>;

const sidOf = (prefix: string): string => `${prefix}${randomBytes(16).toString('hex')}`;
