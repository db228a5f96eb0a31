import OpenAI, { APIConnectionError, APIError, APIUserAbortError, toFile } from 'openai';
import { z } from 'zod';
import { writeWav } from '../../../audio/index.ts';
import { SwitchboardError } from '../../../lib/index.ts';
import { earsRateHz, type Transcript } from '../port.ts';
import { beliefWithoutScores, meanProbability, nothingHeard, plainWords } from '../spoken-text.ts';

/** A server of `/audio/transcriptions`. */
export interface TranscriptionEndpoint {
  /** Base address, such as `https://api.openai.com/v1`. */
  readonly url: string;
  readonly model: string;
  /** Empty for servers that ask for none. */
  readonly apiKey: string;
  /** ISO 639-1. Short answers are otherwise taken for another language. @default 'en' */
  readonly language?: string;
  /** How long one try may take; there are two. @default 4500, so that both fit into a session's 10 s */
  readonly timeoutMs?: number;
}

/** Asks a server for the words of one turn. */
export type Transcribe = (
  samples: Int16Array,
  options: { readonly prompt: string; readonly signal: AbortSignal },
) => Promise<Transcript>;

/** What servers answer: https://platform.openai.com/docs/api-reference/audio/verbose-json-object */
const answer = z.object({
  text: z.string(),
  segments: z
    .array(
      z.object({
        start: z.number().optional(),
        end: z.number().optional(),
        avg_logprob: z.number().optional(),
        no_speech_prob: z.number().optional(),
      }),
    )
    .nullish(),
  logprobs: z.array(z.object({ logprob: z.number() })).nullish(),
});
type Answer = z.infer<typeof answer>;

/** Newer models of OpenAI give `json` only, and probabilities of tokens if asked. */
const givesTokens = (model: string): boolean => /^gpt-.*transcribe/.test(model);

/**
 * @returns a function that sends a turn as a WAV file and gives back its words.
 *
 * It rejects with SwitchboardError `speech_failed` when the server does not answer in time, asked a
 * second time where that makes sense, or with the signal's reason. What callers say is nowhere logged.
 */
export function createTranscribe(endpoint: TranscriptionEndpoint): Transcribe {
  const { model, language = 'en', timeoutMs = 4_500 } = endpoint;
  const client = new OpenAI({
    baseURL: endpoint.url,
    apiKey: endpoint.apiKey === '' ? 'none' : endpoint.apiKey,
    maxRetries: 1,
    timeout: timeoutMs,
    logLevel: 'off',
    fetch: fetchWhole,
  });
  let isPlain = givesTokens(model);

  async function ask(file: File, prompt: string, signal: AbortSignal): Promise<unknown> {
    const request = { file, model, language, ...(prompt === '' ? {} : { prompt }) };
    const options = { signal };
    if (!isPlain) {
      const detailed = { ...request, response_format: 'verbose_json' } as const;
      return client.audio.transcriptions.create(detailed, options);
    }
    const include = givesTokens(model) ? { include: ['logprobs' as const] } : {};
    const plain = { ...request, ...include, response_format: 'json' } as const;
    return client.audio.transcriptions.create(plain, options);
  }

  return async (samples, { prompt, signal: caller }) => {
    // A server may ask to be asked again in a minute; nobody waits so long.
    const signal = AbortSignal.any([caller, AbortSignal.timeout(2 * timeoutMs + 500)]);
    const wav = writeWav({ rateHz: earsRateHz, channels: [samples] });
    const file = await toFile(wav, 'turn.wav', { type: 'audio/wav' });
    try {
      let given: unknown;
      try {
        given = await ask(file, prompt, signal);
      } catch (thrown) {
        // Some servers know the short form of the answer only.
        if (isPlain || !(thrown instanceof APIError) || thrown.status !== 400) throw thrown;
        isPlain = true;
        given = await ask(file, prompt, signal);
      }
      return toTranscript(answer.parse(given), (samples.length * 1_000) / earsRateHz);
    } catch (thrown) {
      caller.throwIfAborted();
      throw asFailure(thrown);
    }
  };
}

/**
 * Sends a form as the bytes it comes to. Node would stream it, and a stream whose request is aborted
 * on the way is a rejection that nobody can handle.
 */
async function fetchWhole(url: string | URL | Request, init: RequestInit = {}): Promise<Response> {
  if (!(init.body instanceof FormData)) return fetch(url, init);
  const form = new Response(init.body);
  const headers = new Headers(init.headers);
  headers.set('content-type', form.headers.get('content-type') ?? 'multipart/form-data');
  return fetch(url, { ...init, headers, body: await form.arrayBuffer() });
}

function toTranscript({ text: written, segments, logprobs }: Answer, spokenMs: number): Transcript {
  const text = plainWords(written);
  const scored = (segments ?? []).filter(({ avg_logprob }) => avg_logprob !== undefined);
  // The rule of Whisper's own decoder for text that it made out of silence.
  const isSilence =
    scored.length > 0 &&
    scored.every((one) => (one.no_speech_prob ?? 0) > 0.6 && (one.avg_logprob ?? 0) < -1);
  if (text === '' || isSilence) return nothingHeard;
  const ofSegments = scored.map(({ avg_logprob = 0 }) => avg_logprob);
  const ofTokens = (logprobs ?? []).map(({ logprob }) => logprob);
  const belief = meanProbability(ofTokens) ?? meanProbability(ofSegments);
  return { text, confidence: belief ?? beliefWithoutScores(text, spokenMs) };
}

function asFailure(thrown: unknown): SwitchboardError {
  return new SwitchboardError(
    'speech_failed',
    `The transcription service failed: ${why(thrown)}.`,
    {
      cause: thrown,
    },
  );
}

/** Without the server's own words, which may repeat the caller's. */
function why(thrown: unknown): string {
  if (thrown instanceof APIConnectionError || thrown instanceof APIUserAbortError) {
    return 'it cannot be reached, or took too long';
  }
  if (thrown instanceof APIError) return `it answered ${thrown.status ?? 'with an error'}`;
  if (thrown instanceof z.ZodError) return 'its answer has no text';
  return 'its answer cannot be read';
}
