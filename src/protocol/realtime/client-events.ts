import { z } from 'zod';
import { clientItem } from './items.ts';
import { responseParams, sessionPatch } from './session-config.ts';

/**
 * What a client may send over the Realtime socket, strictly: an unknown field is an error, as it is
 * at OpenAI. Source of record: `RealtimeClientEvent` of the `openai` package.
 */
const base = { event_id: z.string().max(512).exactOptional() };
const itemId = z.string().min(1).max(128);

export const clientEvent = z.discriminatedUnion('type', [
  z.strictObject({ ...base, type: z.literal('session.update'), session: sessionPatch }),
  z.strictObject({ ...base, type: z.literal('input_audio_buffer.append'), audio: z.string() }),
  z.strictObject({ ...base, type: z.literal('input_audio_buffer.commit') }),
  z.strictObject({ ...base, type: z.literal('input_audio_buffer.clear') }),
  z.strictObject({ ...base, type: z.literal('output_audio_buffer.clear') }),
  z.strictObject({
    ...base,
    type: z.literal('conversation.item.create'),
    /** `root` puts the item first; left out puts it last. */
    previous_item_id: z.string().max(128).nullable().exactOptional(),
    item: clientItem,
  }),
  z.strictObject({ ...base, type: z.literal('conversation.item.retrieve'), item_id: itemId }),
  z.strictObject({ ...base, type: z.literal('conversation.item.delete'), item_id: itemId }),
  z.strictObject({
    ...base,
    type: z.literal('conversation.item.truncate'),
    item_id: itemId,
    content_index: z.int().nonnegative(),
    audio_end_ms: z.int().nonnegative(),
  }),
  z.strictObject({
    ...base,
    type: z.literal('response.create'),
    response: responseParams.exactOptional(),
  }),
  z.strictObject({
    ...base,
    type: z.literal('response.cancel'),
    response_id: z.string().max(128).exactOptional(),
  }),
]);
export type ClientEvent = z.infer<typeof clientEvent>;
export type ClientEventType = ClientEvent['type'];

/** One client event by its type. */
export type ClientEventOf<T extends ClientEventType> = Extract<ClientEvent, { readonly type: T }>;
