import { z } from 'zod';

/**
 * Twilio Media Streams, as `<Connect><Stream>` speaks them: one JSON text frame a message.
 *
 * Audio is G.711 µ-law at 8 kHz in base64, 20 ms a frame towards us. Numbers are strings.
 *
 * @see https://www.twilio.com/docs/voice/media-streams/websocket-messages
 */
export const twilioMediaFormat = { encoding: 'audio/x-mulaw', sampleRate: 8_000, channels: 1 };

const streamSid = z.string().min(1).max(64);
const callSid = z.string().min(1).max(64);

/** What Twilio sends. Fields that nothing reads may be missing. */
export const twilioStreamMessage = z.discriminatedUnion('event', [
  z.object({
    event: z.literal('connected'),
    protocol: z.string().optional(),
    version: z.string().optional(),
  }),
  z.object({
    event: z.literal('start'),
    sequenceNumber: z.string().optional(),
    streamSid,
    start: z.object({
      streamSid: streamSid.optional(),
      accountSid: z.string().max(64),
      callSid,
      tracks: z.array(z.string()).optional(),
      customParameters: z.record(z.string(), z.string()).default({}),
      mediaFormat: z
        .object({ encoding: z.string(), sampleRate: z.number(), channels: z.number() })
        .optional(),
    }),
  }),
  z.object({
    event: z.literal('media'),
    sequenceNumber: z.string().optional(),
    streamSid,
    media: z.object({
      track: z.string().optional(),
      chunk: z.string().optional(),
      /** Milliseconds since the stream began, as a string; audio is audio whatever it says. */
      timestamp: z.unknown(),
      payload: z.string(),
    }),
  }),
  /** A mark of ours: everything before it was played, or was dropped by `clear`. */
  z.object({
    event: z.literal('mark'),
    sequenceNumber: z.string().optional(),
    streamSid,
    mark: z.object({ name: z.string().max(64) }),
  }),
  z.object({
    event: z.literal('dtmf'),
    sequenceNumber: z.string().optional(),
    streamSid,
    dtmf: z.object({ track: z.string().optional(), digit: z.string().regex(/^[0-9*#A-D]$/) }),
  }),
  z.object({
    event: z.literal('stop'),
    sequenceNumber: z.string().optional(),
    streamSid,
    stop: z.object({ accountSid: z.string().optional(), callSid: callSid.optional() }).optional(),
  }),
]);
export type TwilioStreamMessage = z.infer<typeof twilioStreamMessage>;

/** What Twilio takes. */
export const twilioStreamCommand = z.discriminatedUnion('event', [
  z.object({ event: z.literal('media'), streamSid, media: z.object({ payload: z.string() }) }),
  z.object({ event: z.literal('mark'), streamSid, mark: z.object({ name: z.string() }) }),
  /** Drops what has not been played; the marks within are returned at once. */
  z.object({ event: z.literal('clear'), streamSid }),
]);
export type TwilioStreamCommand = z.infer<typeof twilioStreamCommand>;
