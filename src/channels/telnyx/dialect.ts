import { z } from 'zod';
import { AudioPiece, formatFacts } from '../../audio/index.ts';
import {
  hasPlainDepth,
  readBase64Audio,
  type MediaDialect,
  type MediaFrame,
} from '../../carrier/index.ts';

/** Largest frame taken: half a second of audio and room for what is around it. */
const maxFrameBytes = 8 * 1024;
/** Shortest audio that Telnyx takes in one message. */
const shortestMs = 20;
const id = z.string().min(1).max(256);
const other: MediaFrame = { kind: 'other' };

/** What Telnyx sends. Fields that nothing reads may be missing. */
const streamMessage = z.discriminatedUnion('event', [
  z.object({ event: z.literal('connected') }),
  z.object({
    event: z.literal('start'),
    stream_id: id,
    start: z.object({
      user_id: z.string().max(128).optional(),
      call_control_id: id,
      custom_parameters: z.record(z.string(), z.string()).nullish(),
      media_format: z.object({ encoding: z.string(), sample_rate: z.number() }),
    }),
  }),
  z.object({
    event: z.literal('media'),
    media: z.object({
      track: z.string().optional(),
      /** Milliseconds since the stream began, as a string. */
      timestamp: z.unknown(),
      payload: z.string(),
    }),
  }),
  z.object({ event: z.literal('mark'), mark: z.object({ name: z.string().max(64) }) }),
  z.object({
    event: z.literal('dtmf'),
    dtmf: z.object({ digit: z.string().regex(/^[0-9*#A-D]$/) }),
  }),
  z.object({ event: z.literal('stop') }),
  z.object({ event: z.literal('error') }),
]);

/**
 * Telnyx media streaming, bidirectional, with the payload of RTP in both directions: one JSON text frame a
 * message, G.711 µ-law at 8 kHz in base64. A `clear` returns the marks that wait, as Twilio's does.
 *
 * Frames may come out of order. One that comes late is heard where it comes, and its time is not believed:
 * what would be put in for the gap behind it is there already.
 *
 * @see https://developers.telnyx.com/api-reference/websockets/stream-call-media-over-websocket
 * @see https://developers.telnyx.com/docs/voice/programmable-voice/media-streaming
 */
export function createTelnyxDialect(): MediaDialect {
  let latestMs = -1;

  function inOrder(frame: MediaFrame): MediaFrame {
    if (frame.kind !== 'audio' || frame.atMs === null) return frame;
    if (frame.atMs <= latestMs) return { ...frame, atMs: null };
    latestMs = frame.atMs;
    return frame;
  }

  return {
    channel: 'telnyx',
    format: 'audio/pcmu',
    read(data, isBinary) {
      if (isBinary) return { kind: 'malformed', reason: 'not_a_message' };
      if (data.length > maxFrameBytes) return { kind: 'malformed', reason: 'text_size' };
      const message = parsed(data.toString('utf8'));
      switch (message?.event) {
        case undefined:
          return { kind: 'malformed', reason: 'not_a_message' };
        case 'connected':
        case 'error':
          return other;
        case 'start':
          return started(message);
        case 'media': {
          const { track, timestamp, payload } = message.media;
          if (track !== undefined && track !== 'inbound') return other; // our own voice
          return inOrder(readBase64Audio(payload, String(timestamp)));
        }
        case 'mark':
          return { kind: 'mark', name: message.mark.name };
        case 'dtmf':
          return { kind: 'key', key: message.dtmf.digit };
        case 'stop':
          return { kind: 'stopped' };
      }
    },
    audio: (_streamId, audio) =>
      `{"event":"media","media":{"payload":"${longEnough(audio).base64()}"}}`,
    mark: (_streamId, name) => JSON.stringify({ event: 'mark', mark: { name } }),
    clear: () => '{"event":"clear"}',
  };
}

type StreamMessage = z.infer<typeof streamMessage>;

function parsed(text: string): StreamMessage | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return hasPlainDepth(value) ? streamMessage.safeParse(value).data : undefined;
}

function started(message: Extract<StreamMessage, { event: 'start' }>): MediaFrame {
  const { user_id: accountId, call_control_id: carrierCallId, ...more } = message.start;
  const { encoding, sample_rate: rate } = more.media_format;
  // Another coding would be heard as noise: Telnyx keeps that of the call where it cannot make it ours.
  if (encoding !== 'PCMU' || rate !== 8_000) return { kind: 'malformed', reason: 'audio_coding' };
  return {
    kind: 'started',
    start: {
      streamId: message.stream_id,
      carrierCallId,
      accountId: accountId ?? null,
      token: more.custom_parameters?.['token'] ?? null,
    },
  };
}

/** The same audio; a scrap of it with silence behind, or Telnyx would not play it. */
function longEnough(audio: AudioPiece): AudioPiece {
  if (audio.ms >= shortestMs) return audio;
  const { bytesPerMs, silence } = formatFacts['audio/pcmu'];
  const bytes = new Uint8Array(shortestMs * bytesPerMs).fill(silence);
  bytes.set(audio.bytes());
  return AudioPiece.ofBytes('audio/pcmu', bytes);
}
