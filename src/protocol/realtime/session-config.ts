import { z } from 'zod';
import { clientItem } from './items.ts';

/** Names of voices a session may ask for; unknown names get the engine's default voice. */
const voice = z.union([z.string().min(1).max(128), z.strictObject({ id: z.string().min(1) })]);

/** PCM 16 bit little endian mono at 24 kHz, or G.711 µ-law or A-law mono at 8 kHz. */
export const audioFormat = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('audio/pcm'),
    rate: z.literal(24_000).exactOptional(),
  }),
  z.strictObject({ type: z.literal('audio/pcmu') }),
  z.strictObject({ type: z.literal('audio/pcma') }),
]);

const functionTool = z.strictObject({
  type: z.literal('function').exactOptional(),
  name: z.string().min(1).max(128),
  description: z.string().max(20_000).exactOptional(),
  /** JSON Schema, kept and echoed as it is. */
  parameters: z.unknown().optional(),
});

/** Tools of a session or of one response. */
export const toolList = z.array(functionTool).max(128);

/** Which tool a response may or must call. */
export const toolChoice = z.union([
  z.enum(['auto', 'none', 'required']),
  z.strictObject({ type: z.literal('function'), name: z.string().min(1) }),
]);
export type ToolChoice = z.infer<typeof toolChoice>;

const serverVad = z.strictObject({
  type: z.literal('server_vad'),
  threshold: z.number().min(0).max(1).exactOptional(),
  prefix_padding_ms: z.int().min(0).max(5_000).exactOptional(),
  silence_duration_ms: z.int().min(50).max(10_000).exactOptional(),
  /** Prompting a silent caller is not something this engine does. */
  idle_timeout_ms: z.null().exactOptional(),
  create_response: z.boolean().exactOptional(),
  interrupt_response: z.boolean().exactOptional(),
});
/** Ends of turns by what was said; `eagerness` is how soon. */
const semanticVad = z.strictObject({
  type: z.literal('semantic_vad'),
  eagerness: z.enum(['low', 'medium', 'high', 'auto']).exactOptional(),
  create_response: z.boolean().exactOptional(),
  interrupt_response: z.boolean().exactOptional(),
});
/** How turns are found; null leaves them to the client. */
export const turnDetection = z.discriminatedUnion('type', [serverVad, semanticVad]);
export type TurnDetectionConfig = z.infer<typeof turnDetection>;

/** Kept and echoed; that it is set turns the transcription events on. */
export const transcription = z.strictObject({
  model: z.string().exactOptional(),
  language: z.string().exactOptional(),
  languages: z.array(z.string()).exactOptional(),
  keywords: z.array(z.string()).exactOptional(),
  prompt: z.string().exactOptional(),
  delay: z.enum(['minimal', 'low', 'medium', 'high', 'xhigh']).exactOptional(),
});

/** Kept and echoed, without effect: the voice detector has its own way with noise. */
export const noiseReduction = z.strictObject({
  type: z.enum(['near_field', 'far_field']).exactOptional(),
  strength: z.number().exactOptional(),
});

const modalities = z.union([z.tuple([z.literal('audio')]), z.tuple([z.literal('text')])]);
const maxOutputTokens = z.union([z.int().min(1).max(4096), z.literal('inf')]);

/** Kept and echoed, without effect here: what only a model in the cloud can make use of. */
const echoed = {
  reasoning: z.looseObject({}).exactOptional(),
  truncation: z
    .union([z.enum(['auto', 'disabled']), z.looseObject({ type: z.literal('retention_ratio') })])
    .exactOptional(),
  tracing: z
    .union([z.literal('auto'), z.looseObject({})])
    .nullable()
    .exactOptional(),
  include: z.array(z.literal('item.input_audio_transcription.logprobs')).nullable().exactOptional(),
};

/** The `session` of a `session.update`: what is left out stays as it was. */
export const sessionPatch = z.strictObject({
  type: z.literal('realtime'),
  model: z.string().max(128).exactOptional(),
  instructions: z.string().max(200_000).exactOptional(),
  output_modalities: modalities.exactOptional(),
  tools: toolList.exactOptional(),
  tool_choice: toolChoice.exactOptional(),
  parallel_tool_calls: z.boolean().exactOptional(),
  max_output_tokens: maxOutputTokens.exactOptional(),
  prompt: z.null().exactOptional(),
  ...echoed,
  audio: z
    .strictObject({
      input: z
        .strictObject({
          format: audioFormat.exactOptional(),
          transcription: transcription.nullable().exactOptional(),
          noise_reduction: noiseReduction.nullable().exactOptional(),
          turn_detection: turnDetection.nullable().exactOptional(),
        })
        .exactOptional(),
      output: z
        .strictObject({
          format: audioFormat.exactOptional(),
          voice: voice.exactOptional(),
          speed: z.number().min(0.25).max(1.5).exactOptional(),
        })
        .exactOptional(),
    })
    .exactOptional(),
});
export type SessionPatch = z.infer<typeof sessionPatch>;

/** The `response` of a `response.create`: holds for this response only. */
export const responseParams = z.strictObject({
  instructions: z.string().max(200_000).exactOptional(),
  output_modalities: modalities.exactOptional(),
  tools: toolList.exactOptional(),
  tool_choice: toolChoice.exactOptional(),
  parallel_tool_calls: z.boolean().exactOptional(),
  max_output_tokens: maxOutputTokens.exactOptional(),
  metadata: z.record(z.string().max(64), z.string().max(512)).nullable().exactOptional(),
  /** `none`: the response does not join the conversation. */
  conversation: z.enum(['auto', 'none']).exactOptional(),
  /** What it answers, in place of the conversation; an empty list is nothing at all. */
  input: z
    .array(
      z.union([
        clientItem,
        z.strictObject({
          type: z.literal('item_reference'),
          id: z.string().min(1).max(128),
        }),
      ]),
    )
    .max(1_000)
    .exactOptional(),
  prompt: z.null().exactOptional(),
  reasoning: z.looseObject({}).exactOptional(),
  audio: z
    .strictObject({
      output: z
        .strictObject({
          format: audioFormat.exactOptional(),
          voice: voice.exactOptional(),
        })
        .exactOptional(),
    })
    .exactOptional(),
});
export type ResponseParams = z.infer<typeof responseParams>;
