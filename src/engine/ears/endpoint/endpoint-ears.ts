import { concatPcm } from '../../../audio/index.ts';
import { SwitchboardError } from '../../../lib/index.ts';
import type { Ears, Recognizer, RecognizerContext, Transcript, Utterance } from '../port.ts';
import { isAudible, nothingHeard } from '../spoken-text.ts';
import { openDetectors } from '../open-detectors.ts';
import { contextPrompt } from './context-prompt.ts';
import { createTranscribe, type Transcribe, type TranscriptionEndpoint } from './transcribe.ts';

/** Requests under way at once, and turns that may wait for one to end. */
const most = { atOnce: 8, waiting: 16 };

/**
 * Hearing with any server of OpenAI's `/audio/transcriptions`: Silero for turns, the server for words.
 *
 * A turn is sent when it has ended; there are no words before, because each request costs.
 *
 * @throws SwitchboardError `asset_missing` for the detector's model
 */
export async function createEndpointEars(options: {
  readonly endpoint: TranscriptionEndpoint;
  readonly vadModel: string | null;
}): Promise<Ears> {
  const detectors = openDetectors(options.vadModel);
  const transcribe = bounded(createTranscribe(options.endpoint));
  const closing = new AbortController();

  function begin(prompt: () => string): Utterance {
    const dropped = new AbortController();
    const signal = AbortSignal.any([dropped.signal, closing.signal]);
    let state: 'open' | 'over' = 'open';
    let pieces: Int16Array[] = [];
    const close = (): Int16Array => {
      const samples = concatPcm(pieces);
      state = 'over';
      pieces = [];
      return samples;
    };
    return {
      push(samples) {
        if (state === 'open') pieces.push(samples.slice());
      },
      async finish() {
        const samples = close();
        if (!isAudible(samples)) return nothingHeard;
        try {
          return await transcribe(samples, { prompt: prompt(), signal });
        } catch (thrown) {
          if (dropped.signal.aborted) return nothingHeard;
          throw thrown;
        }
      },
      cancel() {
        close();
        dropped.abort();
      },
    };
  }

  return {
    detector: (settings) => detectors.make(settings),
    async recognizer(): Promise<Recognizer> {
      let context: RecognizerContext | null = null;
      return {
        async adapt(next) {
          context = next;
        },
        begin: ({ asked } = {}) => begin(() => contextPrompt(context, asked)),
        [Symbol.asyncDispose]: async () => undefined,
      };
    },
    async [Symbol.asyncDispose]() {
      closing.abort(new SwitchboardError('speech_failed', 'The ears were closed.'));
      detectors[Symbol.dispose]();
    },
  };
}

/** Lets so many through at once; the others wait their turn, and too many are refused. */
function bounded(transcribe: Transcribe): Transcribe {
  let running = 0;
  const waiting: (() => void)[] = [];

  async function enter(signal: AbortSignal): Promise<void> {
    if (running < most.atOnce) {
      running += 1;
      return;
    }
    if (waiting.length >= most.waiting) {
      throw new SwitchboardError(
        'speech_failed',
        'Too many turns wait for the transcription service.',
      );
    }
    const turn = Promise.withResolvers<undefined>();
    const go = (): void => turn.resolve(undefined);
    waiting.push(go);
    const abort = (): void => {
      const at = waiting.indexOf(go);
      if (at < 0) return; // the place is given already, and left below
      waiting.splice(at, 1);
      turn.reject(signal.reason);
    };
    signal.addEventListener('abort', abort, { once: true });
    await turn.promise;
    signal.removeEventListener('abort', abort);
  }

  function leave(): void {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }

  return async (samples, options): Promise<Transcript> => {
    options.signal.throwIfAborted();
    await enter(options.signal);
    try {
      return await transcribe(samples, options);
    } finally {
      leave();
    }
  };
}
