import { z } from 'zod';
import { AudioPiece, formatFacts } from '../../audio/index.ts';
import { hasPlainDepth, type MediaDialect, type MediaFrame } from '../../carrier/index.ts';

/** How audio is coded on the socket, in Vonage's words. Theirs and ours are the same bytes. */
export const vonageContentType = 'audio/l16;rate=24000';

const maxTextBytes = 8 * 1024;
const { bytesPerMs } = formatFacts['audio/pcm'];
/** Every message of audio is 20 ms, or Vonage does not play it. */
const frameBytes = 20 * bytesPerMs;
const maxAudioBytes = 500 * bytesPerMs;

/** What Vonage sends as text. What we gave it for the stream is at the top of its first message. */
const socketMessage = z.discriminatedUnion('event', [
  z.object({
    event: z.literal('websocket:connected'),
    'content-type': z.string(),
    call: z.string().min(1).max(128),
    token: z.string().optional(),
  }),
  z.object({ event: z.literal('websocket:dtmf'), digit: z.string().regex(/^[0-9*#]$/) }),
  z.object({
    event: z.literal('websocket:notify'),
    payload: z.object({ name: z.string().max(64) }),
  }),
  z.object({ event: z.literal('websocket:cleared') }),
]);

/**
 * WebSockets of Vonage's Voice API: audio in binary messages of linear PCM, everything else in JSON.
 *
 * What is left of a stretch of audio beyond whole messages goes out with the next: silence in its place
 * would be heard inside words.
 *
 * @see https://developer.vonage.com/en/voice/voice-api/guides/websockets
 */
export function createVonageDialect(): MediaDialect {
  let left: Uint8Array = new Uint8Array();
  return {
    channel: 'vonage',
    format: 'audio/pcm',
    read(data, isBinary) {
      if (isBinary) return audioFrame(data);
      if (data.length > maxTextBytes) return { kind: 'malformed', reason: 'text_size' };
      const message = parsed(data.toString('utf8'));
      switch (message?.event) {
        case undefined:
          return { kind: 'malformed', reason: 'not_a_message' };
        case 'websocket:connected': {
          if (message['content-type'] !== vonageContentType) {
            return { kind: 'malformed', reason: 'audio_coding' };
          }
          const { call: carrierCallId, token = null } = message;
          return {
            kind: 'started',
            start: { streamId: '', carrierCallId, accountId: null, token },
          };
        }
        case 'websocket:dtmf':
          return { kind: 'key', key: message.digit };
        case 'websocket:notify':
          return { kind: 'mark', name: message.payload.name };
        case 'websocket:cleared':
          return { kind: 'other' };
      }
    },
    audio(_streamId, audio) {
      const bytes = Buffer.concat([left, audio.bytes()]);
      const whole = bytes.length - (bytes.length % frameBytes);
      left = bytes.subarray(whole);
      return Array.from({ length: whole / frameBytes }, (_, at) =>
        bytes.subarray(at * frameBytes, (at + 1) * frameBytes),
      );
    },
    mark: (_streamId, name) => JSON.stringify({ action: 'notify', payload: { name } }),
    clear() {
      left = new Uint8Array();
      return '{"action":"clear"}';
    },
  };
}

function parsed(text: string): z.infer<typeof socketMessage> | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return hasPlainDepth(value) ? socketMessage.safeParse(value).data : undefined;
}

function audioFrame(data: Buffer): MediaFrame {
  if (data.length === 0 || data.length > maxAudioBytes || data.length % 2 !== 0) {
    return { kind: 'malformed', reason: 'audio_size' };
  }
  return { kind: 'audio', audio: AudioPiece.ofBytes('audio/pcm', data), atMs: null };
}
