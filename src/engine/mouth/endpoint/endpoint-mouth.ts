import { concatPcm } from '../../../audio/index.ts';
import {
  messageOf,
  SwitchboardError,
  systemClock,
  type Clock,
  type Log,
} from '../../../lib/index.ts';
import { splitSentences } from '../clauses.ts';
import { visibleText } from '../normalise/index.ts';
import { mouthRateHz, type Mouth, type SpokenChunk } from '../port.ts';
import { planUtterances } from '../utterances.ts';
import { createRequestSpeech, type RequestSpeech, type SpeechEndpoint } from './request-speech.ts';

/** After a failure the fallback speaks for so long before the server is asked again. */
const restMs = 20_000;
/** The first piece is short, so that the caller hears it soon. */
const firstPieceSamples = mouthRateHz / 5;
const pieceSamples = (mouthRateHz * 2) / 5;
/** How fast voices speak, to place words before a sentence is known to its end. */
const charsPerSecond = 15;

/** What {@link createEndpointMouth} is made of. */
export interface EndpointMouthOptions {
  readonly endpoint: SpeechEndpoint;
  /** Speaks what the server does not; closed with this mouth. Null: a failure is an error. */
  readonly fallback: Mouth | null;
  readonly log: Log;
  /** @default the machine's clock */
  readonly clock?: Clock;
}

/**
 * Any server of OpenAI's `/audio/speech`, asked sentence by sentence, the next while one is played.
 *
 * When it fails, the fallback says what is left, from the word where the server broke off: a caller
 * hears another voice rather than silence. Voice names go to the server as they are.
 */
export function createEndpointMouth(options: EndpointMouthOptions): Mouth {
  const { endpoint, fallback, log, clock = systemClock } = options;
  const request = createRequestSpeech(endpoint, clock);
  const closing = new AbortController();
  let restsUntilMs = 0;

  return {
    async *speak(text, { voice, speed, signal: caller }) {
      const isStopped = (): boolean => caller.aborted;
      if (isStopped()) return;
      const done = new AbortController();
      const signal = AbortSignal.any([caller, done.signal, closing.signal]);
      const rests = fallback !== null && clock.nowMs() < restsUntilMs;
      let told = 0; // characters
      try {
        if (!rests) {
          for await (const chunk of speakAll(request, text, { voice, speed, signal })) {
            if (isStopped()) return;
            told += chunk.text.length;
            yield chunk;
          }
          return;
        }
      } catch (thrown) {
        if (isStopped()) return;
        if (!fallback || closing.signal.aborted) throw thrown;
        restsUntilMs = clock.nowMs() + restMs;
        log.warn('the speech service failed; the offline voice speaks', {
          error: messageOf(thrown),
          voice,
        });
      } finally {
        done.abort();
      }
      yield* fallback.speak(text.slice(told), { voice, speed, signal: caller });
    },
    async [Symbol.asyncDispose]() {
      closing.abort(new SwitchboardError('speech_failed', 'The mouth was closed.'));
      await fallback?.[Symbol.asyncDispose]();
    },
  };
}

async function* speakAll(
  request: RequestSpeech,
  text: string,
  options: { readonly voice: string; readonly speed: number; readonly signal: AbortSignal },
): AsyncGenerator<SpokenChunk> {
  const sentences = planUtterances(splitSentences(text), visibleText);
  const begin = (index: number): Inbox | undefined => {
    const sentence = sentences[index];
    return sentence && receive(request(sentence.spoken, options));
  };
  let inbox = begin(0);
  for (const [index, sentence] of sentences.entries()) {
    if (!inbox) return;
    // One sentence ahead: asked for when this one has come whole, while it is being played.
    const next = inbox.whole.then(
      () => begin(index + 1),
      () => undefined,
    );
    yield* pace(inbox.pieces, sentence.text, options.speed);
    inbox = await next;
  }
}

/** What has come in of one sentence, read as fast as it comes. */
interface Inbox {
  readonly pieces: AsyncGenerator<Int16Array>;
  /** Settles when all has come. */
  readonly whole: Promise<void>;
}

function receive(source: AsyncIterable<Int16Array>): Inbox {
  const waiting: Int16Array[] = [];
  let arrived = Promise.withResolvers<undefined>();
  let ended = false;
  const whole = (async () => {
    try {
      for await (const samples of source) {
        waiting.push(samples);
        arrived.resolve(undefined);
      }
    } finally {
      ended = true;
      arrived.resolve(undefined);
    }
  })();
  whole.catch(() => undefined); // told to whoever reads the pieces
  async function* pieces(): AsyncGenerator<Int16Array> {
    for (;;) {
      const samples = waiting.shift();
      if (samples) yield samples;
      else if (ended) return await whole;
      else {
        arrived = Promise.withResolvers();
        await arrived.promise;
      }
    }
  }
  return { pieces: pieces(), whole };
}

/**
 * Cuts what comes into pieces of a fixed length, each with the words that probably lie in it; the
 * last piece has the words that are left.
 */
async function* pace(
  source: AsyncIterable<Int16Array>,
  text: string,
  speed: number,
): AsyncGenerator<SpokenChunk> {
  const words = text.match(/^\s*\S+\s*|\S+\s*/g) ?? [text];
  let chars = 0;
  let heardSamples = 0;
  let next = 0;
  let buffer: Int16Array = new Int16Array(0);
  const chunk = (samples: Int16Array, isLast: boolean): SpokenChunk => {
    heardSamples += samples.length;
    const heardChars = (heardSamples / mouthRateHz) * charsPerSecond * speed;
    let part = '';
    for (; next < words.length && (isLast || chars < heardChars); next++) {
      part += words[next] ?? '';
      chars += words[next]?.length ?? 0;
    }
    return { samples, text: part };
  };
  for await (const samples of source) {
    buffer = concatPcm([buffer, samples]);
    // One sample stays, so that the last piece is known to be the last.
    for (;;) {
      const length = heardSamples === 0 ? firstPieceSamples : pieceSamples;
      if (buffer.length <= length) break;
      yield chunk(buffer.slice(0, length), false);
      buffer = buffer.slice(length);
    }
  }
  if (buffer.length === 0) {
    throw new SwitchboardError('speech_failed', 'The speech service failed: it sent no sound.');
  }
  yield chunk(buffer, true);
}
