import type { ResponseParams, SessionPatch, SessionView } from '../../protocol/index.ts';
import type { RecognizerContext } from '../ears/port.ts';
import type { ToolSpec } from '../mind/port.ts';
import type { HeardLine, Listening } from './events.ts';
import type { ResponseHead } from './state.ts';

const defaultListening = { threshold: 0.5, prefixMs: 300, silenceMs: 500 } as const;
/** `semantic_vad` has no threshold to set: this one suits synthetic and real voices. */
const semanticThreshold = 0.55;

/** A session as it is before the client says anything. */
export function newSession(options: {
  readonly id: string;
  readonly model: string;
  readonly expiresAtSeconds: number;
}): SessionView {
  return {
    type: 'realtime',
    object: 'realtime.session',
    id: options.id,
    model: options.model,
    expires_at: options.expiresAtSeconds,
    instructions: '',
    output_modalities: ['audio'],
    tools: [],
    tool_choice: 'auto',
    parallel_tool_calls: true,
    max_output_tokens: 'inf',
    audio: {
      input: {
        format: { type: 'audio/pcm', rate: 24_000 },
        turn_detection: {
          type: 'server_vad',
          threshold: defaultListening.threshold,
          prefix_padding_ms: defaultListening.prefixMs,
          silence_duration_ms: defaultListening.silenceMs,
          idle_timeout_ms: null,
          create_response: true,
          interrupt_response: true,
        },
      },
      output: { format: { type: 'audio/pcm', rate: 24_000 }, voice: 'alloy', speed: 1 },
    },
  };
}

/**
 * The session after an update: what the patch leaves out stays. The model of a session is fixed when
 * it is opened; another one in the patch is passed over, because clients send their default each time.
 */
export function mergeSession(session: SessionView, patch: SessionPatch): SessionView {
  const { input, output } = patch.audio ?? {};
  const { transcription: oldWords, noise_reduction: oldNoise, ...oldInput } = session.audio.input;
  const transcription = input?.transcription === undefined ? oldWords : input.transcription;
  const noise = input?.noise_reduction === undefined ? oldNoise : input.noise_reduction;
  return {
    ...session,
    instructions: patch.instructions ?? session.instructions,
    output_modalities: patch.output_modalities ?? session.output_modalities,
    tools: patch.tools ?? session.tools,
    tool_choice: patch.tool_choice ?? session.tool_choice,
    parallel_tool_calls: patch.parallel_tool_calls ?? session.parallel_tool_calls,
    max_output_tokens: patch.max_output_tokens ?? session.max_output_tokens,
    audio: {
      input: {
        ...oldInput,
        format: input?.format ? wholeFormat(input.format) : oldInput.format,
        ...(transcription ? { transcription } : {}),
        ...(noise ? { noise_reduction: noise } : {}),
        turn_detection: mergeTurnDetection(session, patch),
      },
      output: {
        format: output?.format ? wholeFormat(output.format) : session.audio.output.format,
        voice: output?.voice === undefined ? session.audio.output.voice : voiceName(output.voice),
        speed: output?.speed ?? session.audio.output.speed,
      },
    },
  };
}

type Format = SessionView['audio']['output']['format'];

/** A format as a session shows it. */
export const wholeFormat = (format: Format): Format =>
  format.type === 'audio/pcm' ? { type: 'audio/pcm', rate: 24_000 } : { type: format.type };

/** What the caller's sound has come through. */
export const heardLine = (session: SessionView): HeardLine =>
  session.audio.input.format.type === 'audio/pcm' ? 'any' : 'telephone';

type TurnDetection = SessionView['audio']['input']['turn_detection'];

function mergeTurnDetection(session: SessionView, patch: SessionPatch): TurnDetection {
  const old = session.audio.input.turn_detection;
  const next = patch.audio?.input?.turn_detection;
  if (next === undefined) return old;
  if (next === null) return null;
  const answers = { create_response: true, interrupt_response: true };
  if (next.type === 'semantic_vad') {
    return { ...answers, ...(old?.type === 'semantic_vad' ? old : {}), ...next };
  }
  const defaults = {
    threshold: defaultListening.threshold,
    prefix_padding_ms: defaultListening.prefixMs,
    silence_duration_ms: defaultListening.silenceMs,
    idle_timeout_ms: null,
    ...answers,
  };
  return { ...defaults, ...(old?.type === 'server_vad' ? old : {}), ...next };
}

/** A voice as a plain name. */
export function voiceName(voice: string | { readonly id: string }): string {
  return typeof voice === 'string' ? voice : voice.id;
}

/** How turns are found; null when the client ends them. */
export function listeningOf(session: SessionView): Listening | null {
  const detection = session.audio.input.turn_detection;
  if (!detection) return null;
  if (detection.type === 'semantic_vad') {
    const { prefixMs } = defaultListening;
    const eagerness = detection.eagerness ?? 'auto';
    return { threshold: semanticThreshold, prefixMs, by: 'words', eagerness };
  }
  return {
    by: 'silence',
    threshold: detection.threshold ?? defaultListening.threshold,
    prefixMs: detection.prefix_padding_ms ?? defaultListening.prefixMs,
    silenceMs: detection.silence_duration_ms ?? defaultListening.silenceMs,
  };
}

/** What a finished turn and a started one do to responses. */
export function turnRules(session: SessionView): { creates: boolean; interrupts: boolean } {
  const detection = session.audio.input.turn_detection;
  return {
    creates: detection?.create_response ?? true,
    interrupts: detection?.interrupt_response ?? true,
  };
}

const toolSpecs = (tools: SessionView['tools']): readonly ToolSpec[] =>
  tools.map((tool) => ({
    name: tool.name,
    description: tool.description ?? '',
    parameters: tool.parameters ?? { type: 'object', properties: {} },
  }));

/** What the recogniser may lean on. */
export function recognizerContext(session: SessionView): RecognizerContext {
  return { instructions: session.instructions, tools: toolSpecs(session.tools) };
}

/** The settings of one response. */
export function responseHead(
  session: SessionView,
  params: ResponseParams,
  id: string,
): Omit<ResponseHead, 'input'> {
  const modalities = params.output_modalities ?? session.output_modalities;
  const voice = params.audio?.output?.voice;
  return {
    id,
    instructions: params.instructions ?? session.instructions,
    tools: toolSpecs(params.tools ?? session.tools),
    toolChoice: params.tool_choice ?? session.tool_choice,
    parallelToolCalls: params.parallel_tool_calls ?? session.parallel_tool_calls,
    modality: modalities[0] ?? 'audio',
    voice: voice === undefined ? session.audio.output.voice : voiceName(voice),
    speed: session.audio.output.speed,
    format: (params.audio?.output?.format ?? session.audio.output.format).type,
    maxOutputTokens: params.max_output_tokens ?? session.max_output_tokens,
    metadata: params.metadata ?? null,
    joinsConversation: params.conversation !== 'none',
  };
}
