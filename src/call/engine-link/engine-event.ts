import { z } from 'zod';

/**
 * What a call reads of the engine's events: only the fields it steps on, because providers add
 * fields and values as they please. An unknown event is none of a call's business.
 */
const id = z.string().min(1);
const engineItem = z.object({
  id,
  type: z.string(),
  role: z.string().optional(),
  status: z.string().optional(),
  name: z.string().optional(),
  call_id: z.string().optional(),
  arguments: z.string().optional(),
  output: z.string().optional(),
  content: z
    .array(
      z.object({
        type: z.string(),
        transcript: z.string().nullish(),
        text: z.string().nullish(),
      }),
    )
    .optional(),
});
const ofItem = { item_id: id };

const engineEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('session.updated'),
    session: z.object({ instructions: z.string().nullish() }),
  }),
  z.object({
    type: z.literal('error'),
    error: z.object({
      type: z.string().nullish(),
      code: z.string().nullish(),
      message: z.string(),
      event_id: z.string().nullish(),
    }),
  }),
  z.object({ type: z.literal('input_audio_buffer.speech_started') }),
  z.object({ type: z.literal('input_audio_buffer.speech_stopped') }),
  z.object({ type: z.literal('input_audio_buffer.committed'), ...ofItem }),
  z.object({ type: z.literal('input_audio_buffer.dtmf_event_received'), event: z.string() }),
  z.object({
    type: z.literal('conversation.item.input_audio_transcription.delta'),
    ...ofItem,
    delta: z.string(),
  }),
  z.object({
    type: z.literal('conversation.item.input_audio_transcription.completed'),
    ...ofItem,
    transcript: z.string(),
  }),
  z.object({ type: z.literal('conversation.item.input_audio_transcription.failed'), ...ofItem }),
  z.object({ type: z.literal('conversation.item.retrieved'), item: engineItem }),
  z.object({
    type: z.literal('conversation.item.added'),
    previous_item_id: z.string().nullish(),
    item: engineItem,
  }),
  z.object({
    type: z.literal('conversation.item.done'),
    previous_item_id: z.string().nullish(),
    item: engineItem,
  }),
  z.object({ type: z.literal('conversation.item.deleted'), ...ofItem }),
  z.object({
    type: z.literal('response.created'),
    response: z.object({ id, metadata: z.record(z.string(), z.unknown()).nullish() }),
  }),
  z.object({
    type: z.literal('response.done'),
    response: z.object({
      id,
      status: z.string().nullish(),
      status_details: z
        .object({ error: z.object({ code: z.string().nullish() }).nullish() })
        .nullish(),
    }),
  }),
  z.object({
    type: z.literal('response.output_audio_transcript.delta'),
    ...ofItem,
    response_id: id,
    delta: z.string(),
  }),
  z.object({
    type: z.literal('response.output_audio_transcript.done'),
    ...ofItem,
    transcript: z.string(),
  }),
  z.object({ type: z.literal('output_audio_buffer.started'), response_id: id }),
  z.object({ type: z.literal('output_audio_buffer.stopped'), response_id: id }),
  z.object({ type: z.literal('output_audio_buffer.cleared'), response_id: id }),
  z.object({
    type: z.literal('conversation.item.truncated'),
    ...ofItem,
    audio_end_ms: z.number().nonnegative(),
  }),
  z.object({
    type: z.literal('response.output_item.done'),
    response_id: id,
    item: engineItem,
  }),
]);

/** A server event of the Realtime protocol, as far as a call cares for it. */
export type EngineEvent = z.infer<typeof engineEvent>;

const known = new Set<string>(engineEvent.options.map((option) => option.shape.type.value));

/** What reading one frame gave. `malformed`: an event we know whose fields are not what they must be. */
export type ReadEvent =
  | { readonly kind: 'event'; readonly event: EngineEvent }
  | { readonly kind: 'ignored'; readonly type: string }
  | { readonly kind: 'malformed'; readonly type: string };

/**
 * Reads one text frame of the engine. Never throws.
 *
 * @see https://platform.openai.com/docs/api-reference/realtime-server-events
 */
export function readEngineEvent(frame: string): ReadEvent {
  let raw: unknown;
  try {
    raw = JSON.parse(frame);
  } catch {
    return { kind: 'malformed', type: 'not JSON' };
  }
  const type = typeOf(raw);
  if (type === null) return { kind: 'malformed', type: 'no type' };
  if (!known.has(type)) return { kind: 'ignored', type };
  const parsed = engineEvent.safeParse(raw);
  return parsed.success ? { kind: 'event', event: parsed.data } : { kind: 'malformed', type };
}

function typeOf(raw: unknown): string | null {
  if (typeof raw !== 'object' || raw === null || !('type' in raw)) return null;
  return typeof raw.type === 'string' ? raw.type : null;
}
