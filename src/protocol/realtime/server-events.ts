import { z } from 'zod';
import { serverItem } from './items.ts';
import {
  audioFormat,
  noiseReduction,
  toolChoice,
  toolList,
  transcription,
  turnDetection,
} from './session-config.ts';

/**
 * What the engine sends. Source of record: `RealtimeServerEvent` of the `openai` package; a test
 * holds each type here assignable to it.
 */
const base = { event_id: z.string() };
const modalities = z.array(z.enum(['text', 'audio']));
const previous = { previous_item_id: z.string().nullable() };

/** The whole session, as `session.created` and `session.updated` show it. */
export const sessionView = z.strictObject({
  type: z.literal('realtime'),
  object: z.literal('realtime.session'),
  id: z.string(),
  model: z.string(),
  expires_at: z.int(),
  instructions: z.string(),
  output_modalities: modalities,
  tools: toolList,
  tool_choice: toolChoice,
  parallel_tool_calls: z.boolean(),
  max_output_tokens: z.union([z.int(), z.literal('inf')]),
  audio: z.strictObject({
    input: z.strictObject({
      format: audioFormat,
      /** Absent when off: the type of record knows no null here. */
      transcription: transcription.exactOptional(),
      noise_reduction: noiseReduction.exactOptional(),
      turn_detection: turnDetection.nullable(),
    }),
    output: z.strictObject({ format: audioFormat, voice: z.string(), speed: z.number() }),
  }),
});
export type SessionView = z.infer<typeof sessionView>;

/** Why a response ended as it did. */
export const statusDetails = z.strictObject({
  type: z.enum(['completed', 'cancelled', 'incomplete', 'failed']),
  reason: z.enum(['turn_detected', 'client_cancelled']).exactOptional(),
  error: z
    .strictObject({ type: z.string(), code: z.string(), message: z.string() })
    .exactOptional(),
});
export type StatusDetails = z.infer<typeof statusDetails>;

/** Estimated tokens: text at 4 characters a token, audio at 10 (caller) and 20 (engine) a second. */
export const usage = z.strictObject({
  total_tokens: z.int(),
  input_tokens: z.int(),
  output_tokens: z.int(),
  input_token_details: z.strictObject({
    text_tokens: z.int(),
    audio_tokens: z.int(),
    cached_tokens: z.int(),
  }),
  output_token_details: z.strictObject({ text_tokens: z.int(), audio_tokens: z.int() }),
});
export type UsageView = z.infer<typeof usage>;

export const responseView = z.strictObject({
  id: z.string(),
  object: z.literal('realtime.response'),
  status: z.enum(['in_progress', 'completed', 'cancelled', 'failed']),
  status_details: statusDetails.exactOptional(),
  output: z.array(serverItem),
  usage: usage.exactOptional(),
  /** Left out for a response outside the conversation. */
  conversation_id: z.string().exactOptional(),
  output_modalities: modalities,
  max_output_tokens: z.union([z.int(), z.literal('inf')]),
  metadata: z.record(z.string(), z.string()).nullable(),
  audio: z.strictObject({ output: z.strictObject({ format: audioFormat, voice: z.string() }) }),
});
export type ResponseView = z.infer<typeof responseView>;

/** An `error` event's body. `event_id` names the client event that caused it. */
export const errorBody = z.strictObject({
  type: z.enum(['invalid_request_error', 'server_error']),
  code: z.string(),
  message: z.string(),
  param: z.string().nullable(),
  event_id: z.string().nullable(),
});
export type ErrorBody = z.infer<typeof errorBody>;

const inResponse = { ...base, response_id: z.string(), output_index: z.int() };
const inItem = { ...inResponse, item_id: z.string() };
const inPart = { ...inItem, content_index: z.int() };
const part = z.union([
  z.strictObject({ type: z.literal('audio'), transcript: z.string() }),
  z.strictObject({ type: z.literal('text'), text: z.string() }),
]);
const heardItem = { ...base, item_id: z.string(), content_index: z.int() };

const event = <T extends string, S extends z.core.$ZodLooseShape>(type: T, shape: S) =>
  z.strictObject({ type: z.literal(type), ...shape });

export const serverEvent = z.discriminatedUnion('type', [
  event('session.created', { ...base, session: sessionView }),
  event('session.updated', { ...base, session: sessionView }),
  event('error', { ...base, error: errorBody }),
  event('input_audio_buffer.speech_started', {
    ...base,
    item_id: z.string(),
    audio_start_ms: z.int(),
  }),
  event('input_audio_buffer.speech_stopped', {
    ...base,
    item_id: z.string(),
    audio_end_ms: z.int(),
  }),
  event('input_audio_buffer.committed', { ...base, ...previous, item_id: z.string() }),
  event('input_audio_buffer.cleared', base),
  event('output_audio_buffer.started', { ...base, response_id: z.string() }),
  event('output_audio_buffer.stopped', { ...base, response_id: z.string() }),
  event('output_audio_buffer.cleared', { ...base, response_id: z.string() }),
  event('conversation.item.added', { ...base, ...previous, item: serverItem }),
  event('conversation.item.done', { ...base, ...previous, item: serverItem }),
  event('conversation.item.retrieved', { ...base, item: serverItem }),
  event('conversation.item.deleted', { ...base, item_id: z.string() }),
  event('conversation.item.truncated', { ...heardItem, audio_end_ms: z.int() }),
  event('conversation.item.input_audio_transcription.delta', { ...heardItem, delta: z.string() }),
  event('conversation.item.input_audio_transcription.completed', {
    ...heardItem,
    transcript: z.string(),
    usage: z.strictObject({ type: z.literal('duration'), seconds: z.number() }),
  }),
  event('conversation.item.input_audio_transcription.failed', {
    ...heardItem,
    error: z.strictObject({ type: z.string(), code: z.string(), message: z.string() }),
  }),
  event('response.created', { ...base, response: responseView }),
  event('response.done', { ...base, response: responseView }),
  event('rate_limits.updated', { ...base, rate_limits: z.array(z.strictObject({})) }),
  event('response.output_item.added', { ...inResponse, item: serverItem }),
  event('response.output_item.done', { ...inResponse, item: serverItem }),
  event('response.content_part.added', { ...inPart, part }),
  event('response.content_part.done', { ...inPart, part }),
  event('response.output_audio_transcript.delta', { ...inPart, delta: z.string() }),
  event('response.output_audio_transcript.done', { ...inPart, transcript: z.string() }),
  event('response.output_audio.delta', { ...inPart, delta: z.string() }),
  event('response.output_audio.done', inPart),
  event('response.output_text.delta', { ...inPart, delta: z.string() }),
  event('response.output_text.done', { ...inPart, text: z.string() }),
  event('response.function_call_arguments.delta', {
    ...inItem,
    call_id: z.string(),
    delta: z.string(),
  }),
  event('response.function_call_arguments.done', {
    ...inItem,
    call_id: z.string(),
    name: z.string(),
    arguments: z.string(),
  }),
]);
export type ServerEvent = z.infer<typeof serverEvent>;
export type ServerEventType = ServerEvent['type'];

type WithoutId<E> = E extends unknown ? Omit<E, 'event_id'> : never;
/** A server event before the socket gives it its `event_id`. */
export type ServerEventBody = WithoutId<ServerEvent>;
