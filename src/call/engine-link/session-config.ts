import type { RealtimeSessionConfig } from '@openai/agents/realtime';
import { formatFacts, type AudioFormat } from '../../audio/index.ts';
import type { ByWords, Desk } from '../../desk/index.ts';
import type { CallAgent } from '../agents.ts';
import type { AttachTo, WireSession } from '../attach.ts';
import type { EngineEndpoint } from '../ports.ts';

/** Where turns end by silence, and a desk leaves something open. */
const silenceDefaults = { threshold: 0.55, prefixMs: 300, silenceMs: 500 } as const;
/** Where they end by what was said, if a desk does not say how soon. */
const wordDefaults: ByWords = { eagerness: 'auto' };

/** The silence an engine has waited, about, when it says that the caller has stopped. */
export function silenceBeforeStop({ turnDetection }: Desk): number {
  return turnDetection?.silenceMs ?? silenceDefaults.silenceMs;
}

function turnDetectionOf({ turnDetection = wordDefaults }: Desk) {
  const answers = { createResponse: true, interruptResponse: true };
  const { eagerness } = turnDetection;
  if (eagerness !== undefined) return { type: 'semantic_vad' as const, eagerness, ...answers };
  const turns = { ...silenceDefaults, ...turnDetection };
  return {
    type: 'server_vad' as const,
    threshold: turns.threshold,
    prefixPaddingMs: turns.prefixMs,
    silenceDurationMs: turns.silenceMs,
    ...answers,
  };
}

/** Understands accents and noise well enough, at the lowest price of the current models. */
const transcriptionModel = 'gpt-4o-mini-transcribe';

/** PCM is the one format whose rate is said. */
const wireFormat = (type: AudioFormat) =>
  type === 'audio/pcm' ? { type, rate: formatFacts[type].rateHz } : { type };

/**
 * The session settings that stay the same for the whole call. The voice is among them: once audio
 * exists an engine rejects any update that changes it, together with everything else in the update.
 */
export function sessionConfig(desk: Desk, audio: AudioFormat): Partial<RealtimeSessionConfig> {
  const format = wireFormat(audio);
  return {
    outputModalities: ['audio'],
    toolChoice: 'auto',
    // Two transfers in one response would both run.
    parallelToolCalls: false,
    audio: {
      input: {
        format,
        noiseReduction: null,
        transcription: { model: transcriptionModel, language: primaryLanguage(desk.language) },
        turnDetection: turnDetectionOf(desk),
      },
      output: { format, voice: desk.voice },
    },
  };
}

/**
 * @param build the SDK's own way from settings to the wire
 * @returns what the SDK would send of an agent: all but the instructions stays the same for the whole
 * call, and is made once.
 */
export function sessionUpdates(
  build: (config: Partial<RealtimeSessionConfig>) => WireSession,
  config: Partial<RealtimeSessionConfig>,
): (agent: CallAgent, instructions: string) => WireSession {
  const made = new Map<string, WireSession>();
  const make = (agent: CallAgent): WireSession => {
    const tools = agent.tools.filter((tool) => tool.type === 'function');
    const session = { tools: [], ...build({ ...config, tools }) };
    made.set(agent.name, session);
    return session;
  };
  return (agent, instructions) => ({ ...(made.get(agent.name) ?? make(agent)), instructions });
}

/**
 * What of a session may be said to a call that the engine has with the caller directly: the model and how
 * audio is coded are settled there, and a telephone call refuses details of turn detection.
 */
export function attachedSession(
  session: WireSession & { readonly type: 'realtime' },
  over: AttachTo['over'],
): WireSession & { type: 'realtime' } {
  const { model: _model, audio, ...rest } = session;
  const { input = {}, output = {} } = (audio ?? {}) as Partial<
    Record<'input' | 'output', WireSession>
  >; // as the SDK made it
  const { format: _heard, turn_detection: turns, ...hears } = input;
  const { format: _said, ...says } = output;
  const detection = over === 'sip' ? withoutDetails(turns) : turns;
  return { ...rest, audio: { input: { ...hears, turn_detection: detection }, output: says } };
}

function withoutDetails(turns: unknown): unknown {
  if (typeof turns !== 'object' || turns === null) return turns;
  const details = ['threshold', 'prefix_padding_ms', 'silence_duration_ms'];
  return Object.fromEntries(Object.entries(turns).filter(([name]) => !details.includes(name)));
}

/** The address of a call's sideband. */
export function sidebandUrl({ url }: EngineEndpoint, callId: string): string {
  const address = new URL(url);
  address.searchParams.set('call_id', callId);
  return address.href;
}

/** The engine's address with the model. */
export function engineUrl({ url, model }: EngineEndpoint): string {
  const address = new URL(url);
  address.searchParams.set('model', model);
  return address.href;
}

/** ISO 639-1 of a BCP 47 tag, which is what transcription takes. */
function primaryLanguage(tag: string): string {
  return tag.split('-', 1)[0]?.toLowerCase() ?? tag;
}
