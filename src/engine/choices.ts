import { z } from 'zod';

/** A server of an OpenAI-compatible HTTP interface. */
const endpoint = z.object({
  /** Base address, e.g. `http://127.0.0.1:11434/v1`. */
  url: z.string(),
  model: z.string(),
  /** Empty for servers that ask for none. */
  apiKey: z.string(),
});

const choices = z.object({
  ears: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('pocketsphinx') }),
    /** A model that `switchboard models pull` put into `modelsDir`. */
    z.object({ kind: z.literal('model'), name: z.string() }),
    /** `/audio/transcriptions`. */
    z.object({
      kind: z.literal('endpoint'),
      ...endpoint.shape,
      /** ISO 639-1. */
      language: z.string(),
    }),
  ]),
  mind: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('offline') }),
    /** `/chat/completions`. */
    z.object({
      kind: z.literal('endpoint'),
      ...endpoint.shape,
      /** What answers when the model does not: the offline mind, or a sentence that says so. */
      fallback: z.enum(['offline', 'sentence']),
      /** Milliseconds until the first token. */
      timeoutMs: z.number(),
      /** Size of the conversation sent, instructions and tools included. */
      contextTokens: z.number(),
    }),
  ]),
  mouth: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('flite') }),
    z.object({ kind: z.literal('model'), name: z.string() }),
    /** `/audio/speech`. */
    z.object({ kind: z.literal('endpoint'), ...endpoint.shape }),
  ]),
  /** Absolute. */
  modelsDir: z.string(),
  /** Sessions at a time; one more is refused. */
  maxSessions: z.number(),
  /** UDP for calls over WebRTC. */
  webrtc: z.object({
    /** 0 takes any free one. */
    port: z.number(),
    /** Told to clients instead of the machine's own addresses; empty: its own. */
    announce: z.array(z.string()),
  }),
});

/** What the embedded engine hears, thinks and speaks with, and how it is reached by WebRTC. */
export type EngineChoices = Readonly<z.infer<typeof choices>>;

/** Everything that comes along: no network, no models to fetch. */
export const ownChoices: EngineChoices = {
  ears: { kind: 'pocketsphinx' },
  mind: { kind: 'offline' },
  mouth: { kind: 'flite' },
  modelsDir: '',
  maxSessions: 64,
  webrtc: { port: 0, announce: [] },
};

/** @returns choices in the form in which an engine process is told them. */
export const writeChoices = (chosen: EngineChoices): string => JSON.stringify(chosen);

/** @returns what {@link writeChoices} wrote; {@link ownChoices} for nothing. */
export function readChoices(text: string | undefined): EngineChoices {
  return text ? choices.parse(JSON.parse(text)) : ownChoices;
}
