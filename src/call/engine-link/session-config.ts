import type { RealtimeSessionConfig } from '@openai/agents/realtime';
import { formatFacts, type AudioFormat } from '../../audio/index.ts';
import type { ByWords, Desk } from '../../desk/index.ts';
import type { CallAgent } from '../agents.ts';
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

/** The session of a `session.update`, as it is on the wire. */
export type SessionUpdate = Readonly<Record<string, unknown>>;

/**
 * @param build the SDK's own way from settings to the wire
 * @returns what the SDK would send of an agent: all but the instructions stays the same for the whole
 * call, and is made once.
 */
export function sessionUpdates(
  build: (config: Partial<RealtimeSessionConfig>) => SessionUpdate,
  config: Partial<RealtimeSessionConfig>,
): (agent: CallAgent, instructions: string) => SessionUpdate {
  const made = new Map<string, SessionUpdate>();
  const make = (agent: CallAgent): SessionUpdate => {
    const tools = agent.tools.filter((tool) => tool.type === 'function');
    const session = { tools: [], ...build({ ...config, tools }) };
    made.set(agent.name, session);
    return session;
  };
  return (agent, instructions) => ({ ...(made.get(agent.name) ?? make(agent)), instructions });
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
