import { z } from 'zod';

/** Longest text of one item or of a tool's output, in characters. */
export const maxItemTextChars = 200_000;

const itemId = z.string().min(1).max(128);
const text = z.string().max(maxItemTextChars);
const status = z.enum(['completed', 'incomplete', 'in_progress']);

/** What every kind of item carries. */
const base = {
  id: itemId.exactOptional(),
  object: z.literal('realtime.item').exactOptional(),
  status: status.exactOptional(),
};

const nothing = z.null().exactOptional();

/** Items a client may put into a conversation. Source: `ConversationItem` of the `openai` package. */
export const clientItem = z.union([
  z.strictObject({
    ...base,
    type: z.literal('message'),
    role: z.literal('system'),
    content: z.array(z.strictObject({ type: z.literal('input_text'), text })).max(32),
  }),
  z.strictObject({
    ...base,
    type: z.literal('message'),
    role: z.literal('user'),
    content: z
      .array(
        z.discriminatedUnion('type', [
          z.strictObject({ type: z.literal('input_text'), text }),
          /** Only with the words: speech itself goes through `input_audio_buffer.append`. */
          z.strictObject({
            type: z.literal('input_audio'),
            transcript: text,
            audio: nothing,
          }),
        ]),
      )
      .max(32),
  }),
  z.strictObject({
    ...base,
    type: z.literal('message'),
    role: z.literal('assistant'),
    content: z
      .array(
        z.discriminatedUnion('type', [
          z.strictObject({ type: z.literal('output_text'), text }),
          z.strictObject({ type: z.literal('output_audio'), transcript: text, audio: nothing }),
        ]),
      )
      .max(32),
  }),
  z.strictObject({
    ...base,
    type: z.literal('function_call'),
    name: z.string().min(1).max(128),
    call_id: itemId,
    arguments: text,
  }),
  z.strictObject({
    ...base,
    type: z.literal('function_call_output'),
    call_id: itemId,
    output: text,
  }),
]);
/** An item as a client creates it. */
export type ClientItem = z.infer<typeof clientItem>;

const sent = { id: z.string(), object: z.literal('realtime.item'), status };

/** Items as the engine shows them: always with id, object and status. */
export const serverItem = z.union([
  z.strictObject({
    ...sent,
    type: z.literal('message'),
    role: z.literal('system'),
    content: z.array(z.strictObject({ type: z.literal('input_text'), text: z.string() })),
  }),
  z.strictObject({
    ...sent,
    type: z.literal('message'),
    role: z.literal('user'),
    content: z.array(
      z.discriminatedUnion('type', [
        z.strictObject({ type: z.literal('input_text'), text: z.string() }),
        z.strictObject({ type: z.literal('input_audio'), transcript: z.string().nullable() }),
      ]),
    ),
  }),
  z.strictObject({
    ...sent,
    type: z.literal('message'),
    role: z.literal('assistant'),
    content: z.array(
      z.discriminatedUnion('type', [
        z.strictObject({ type: z.literal('output_text'), text: z.string() }),
        z.strictObject({ type: z.literal('output_audio'), transcript: z.string() }),
      ]),
    ),
  }),
  z.strictObject({
    ...sent,
    type: z.literal('function_call'),
    name: z.string(),
    call_id: z.string(),
    arguments: z.string(),
  }),
  z.strictObject({
    ...sent,
    type: z.literal('function_call_output'),
    call_id: z.string(),
    output: z.string(),
  }),
]);
/** An item as the engine sends it. */
export type ServerItem = z.infer<typeof serverItem>;
