import {
  hasPlainDepth,
  readBase64Audio,
  type MediaDialect,
  type MediaFrame,
} from '../../carrier/index.ts';
import { twilioStreamMessage } from '../../protocol/twilio/index.ts';

/** Largest frame taken: half a second of audio and room for what is around it. */
export const maxTwilioFrameBytes = 8 * 1024;
const mediaBegins = '{"event":"media",';
const payloadKey = '"payload":"';
const timestampKey = '"timestamp":"';
const other: MediaFrame = { kind: 'other' };

/**
 * Media Streams as frames of ours, and ours as Media Streams.
 *
 * Fifty times a second a frame says the same with other audio. Such a frame is read by its outline, and
 * only what does not look like one is parsed: the audio goes on as the base64 it came in.
 */
export function createTwilioDialect(): MediaDialect {
  /** What follows the audio in every plain frame of this stream; null before it is known. */
  let mediaEnds: string | null = null;

  function parsed(text: string): MediaFrame {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return { kind: 'malformed', reason: 'not_a_message' };
    }
    if (!hasPlainDepth(value)) return { kind: 'malformed', reason: 'not_a_message' };
    const { data: message } = twilioStreamMessage.safeParse(value);
    switch (message?.event) {
      case undefined:
        return { kind: 'malformed', reason: 'not_a_message' };
      case 'connected':
        return other;
      case 'start': {
        const { accountSid, callSid, customParameters } = message.start;
        mediaEnds = `"},"streamSid":${JSON.stringify(message.streamSid)}}`;
        return {
          kind: 'started',
          start: {
            streamId: message.streamSid,
            carrierCallId: callSid,
            accountId: accountSid,
            token: customParameters['token'] ?? null,
          },
        };
      }
      case 'media': {
        const { track, timestamp, payload } = message.media;
        if (track !== undefined && track !== 'inbound') return other; // our own voice
        return readBase64Audio(payload, String(timestamp));
      }
      case 'mark':
        return { kind: 'mark', name: message.mark.name };
      case 'dtmf':
        return { kind: 'key', key: message.dtmf.digit };
      case 'stop':
        return { kind: 'stopped' };
    }
  }

  return {
    channel: 'twilio',
    format: 'audio/pcmu',
    read(data, isBinary) {
      if (isBinary) return { kind: 'malformed', reason: 'not_a_message' };
      if (data.length > maxTwilioFrameBytes) return { kind: 'malformed', reason: 'text_size' };
      const text = data.toString('latin1');
      if (mediaEnds !== null && text.startsWith(mediaBegins) && text.endsWith(mediaEnds)) {
        const outlined = readOutline(text, text.length - mediaEnds.length);
        if (outlined) return outlined;
      }
      return parsed(data.toString('utf8'));
    },
    audio: (streamId, audio) =>
      `{"event":"media","streamSid":${JSON.stringify(streamId)},"media":{"payload":"${audio.base64()}"}}`,
    mark: (streamId, name) =>
      `{"event":"mark","streamSid":${JSON.stringify(streamId)},"mark":{"name":${JSON.stringify(name)}}}`,
    clear: (streamId) => `{"event":"clear","streamSid":${JSON.stringify(streamId)}}`,
  };
}

/**
 * A media frame of the usual shape: audio of the caller, last in its object. Null for any other.
 *
 * Only a quote that is not escaped ends a string, and `"payload":"` holds such quotes: it cannot be
 * found inside another string.
 */
function readOutline(text: string, endsAt: number): MediaFrame | null {
  const key = text.indexOf(payloadKey, mediaBegins.length);
  if (key < 0) return null;
  const head = text.slice(0, key);
  if (!head.includes('"track":"inbound"')) return null;
  const time = head.indexOf(timestampKey);
  if (time < 0) return null;
  const digits = head.slice(
    time + timestampKey.length,
    head.indexOf('"', time + timestampKey.length),
  );
  const frame = readBase64Audio(text.slice(key + payloadKey.length, endsAt), digits);
  return frame.kind === 'audio' ? frame : null; // it may be escaped, which only a parser undoes
}
