import OpenAI, { APIConnectionError, APIError } from 'openai';
import {
  concatPcm,
  loadResampler,
  mixToMono,
  readWav,
  type CreateResampler,
} from '../../../audio/index.ts';
import { SwitchboardError, type Clock } from '../../../lib/index.ts';
import { mouthRateHz } from '../port.ts';

/** A server of `/audio/speech`. */
export interface SpeechEndpoint {
  /** Base address, such as `https://api.openai.com/v1`. */
  readonly url: string;
  readonly model: string;
  /** Empty for servers that ask for none. */
  readonly apiKey: string;
  /** How long the server may be silent, before its first sound and within it. @default 5000 */
  readonly timeoutMs?: number;
}

/**
 * Asks a server to say one sentence.
 *
 * @returns PCM at the mouth's rate, as it comes in.
 * @throws SwitchboardError speech_failed, or the signal's reason.
 */
export type RequestSpeech = (
  input: string,
  options: { readonly voice: string; readonly speed: number; readonly signal: AbortSignal },
) => AsyncGenerator<Int16Array>;

/**
 * Asked for `pcm`, servers send bare samples at 24 kHz, which can be played as they come; those that
 * know only WAV send that, which is read as a whole.
 * https://platform.openai.com/docs/api-reference/audio/createSpeech
 */
export function createRequestSpeech(endpoint: SpeechEndpoint, clock: Clock): RequestSpeech {
  const { model, timeoutMs = 5_000 } = endpoint;
  const client = new OpenAI({
    baseURL: endpoint.url,
    apiKey: endpoint.apiKey === '' ? 'none' : endpoint.apiKey,
    maxRetries: 0, // whoever waits hears another voice sooner than a second try
    timeout: timeoutMs,
    logLevel: 'off',
  });

  return async function* requestSpeech(input, { voice, speed, signal: caller }) {
    const stalled = new AbortController();
    const signal = AbortSignal.any([caller, stalled.signal]);
    let stop = (): void => undefined;
    const watch = (): void => {
      stop();
      stop = clock.setTimer(timeoutMs, () => stalled.abort());
    };
    try {
      watch();
      const response = await client.audio.speech.create(
        { model, voice, input, response_format: 'pcm', ...(speed === 1 ? {} : { speed }) },
        { signal },
      );
      if (!response.body) throw new Unreadable('its answer has no sound');
      yield* decode(response.headers.get('content-type') ?? '', response.body, watch);
    } catch (thrown) {
      caller.throwIfAborted();
      throw new SwitchboardError(
        'speech_failed',
        `The speech service failed: ${stalled.signal.aborted ? 'it took too long' : why(thrown)}.`,
        { cause: thrown },
      );
    } finally {
      stop();
    }
  };
}

/** What a server sends that is neither samples nor a WAV file. */
class Unreadable extends Error {}

/** @param received called at each sign of life */
async function* decode(
  type: string,
  body: AsyncIterable<Uint8Array>,
  received: () => void,
): AsyncGenerator<Int16Array> {
  if (/json|text|mpeg|mp3|ogg|opus|aac|flac/i.test(type)) {
    throw new Unreadable(`it sent ${type.slice(0, 40)}, and 24 kHz PCM or WAV is needed`);
  }
  const rateHz = Number(/\brate=(\d{4,6})/.exec(type)?.[1] ?? mouthRateHz);
  const createResampler = await loadResampler();
  const resampler = createResampler({ fromHz: rateHz, toHz: mouthRateHz });
  let rest: Uint8Array = new Uint8Array(0);
  let isWav: boolean | undefined;
  try {
    for await (const part of body) {
      received();
      rest = rest.length === 0 ? part : Buffer.concat([rest, part]);
      if (rest.length < 4) continue;
      isWav ??= Buffer.from(rest.subarray(0, 4)).toString('latin1') === 'RIFF';
      if (isWav) continue;
      const whole = rest.length & ~1;
      const samples = resampler.push(new Int16Array(rest.slice(0, whole).buffer));
      rest = rest.subarray(whole);
      if (samples.length > 0) yield samples;
    }
    yield isWav ? readFile(rest, createResampler) : resampler.flush();
  } finally {
    resampler[Symbol.dispose]();
  }
}

function readFile(file: Uint8Array, createResampler: CreateResampler): Int16Array {
  const { rateHz, channels } = readWav(file);
  const resampler = createResampler({ fromHz: rateHz, toHz: mouthRateHz });
  try {
    return concatPcm([resampler.push(mixToMono(channels)), resampler.flush()]);
  } finally {
    resampler[Symbol.dispose]();
  }
}

/** Without the server's own words, which may repeat what is said to a caller. */
function why(thrown: unknown): string {
  if (thrown instanceof APIConnectionError) return 'it cannot be reached, or took too long';
  if (thrown instanceof APIError) return `it answered ${thrown.status ?? 'with an error'}`;
  if (thrown instanceof Unreadable || thrown instanceof SwitchboardError) {
    return thrown.message.replace(/\.$/, '');
  }
  return 'its sound broke off';
}
