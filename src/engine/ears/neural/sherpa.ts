import { createRequire } from 'node:module';
import type { InstalledModel, ModelKind } from '../../models/index.ts';
import { earsRateHz } from '../port.ts';

/*
 * The part of `sherpa-onnx-node` in use; the package's own types do not resolve as a module.
 * https://k2-fsa.github.io/sherpa/onnx/nodejs-api/
 */

/** Sound in the form the library takes it. */
interface Waveform {
  readonly samples: Float32Array; // −1 to 1
  readonly sampleRate: number;
}

interface NativeStream {
  acceptWaveform(waveform: Waveform): void;
}

interface NativeOnlineStream extends NativeStream {
  inputFinished(): void;
}

/** A model that hears a whole turn at once. */
interface NativeOfflineRecognizer {
  createStream(): NativeStream;
  /** On another thread; the model is shared. */
  decodeAsync(stream: NativeStream): Promise<NativeResult>;
}

/** A model that hears while the caller speaks. Its calls block. */
interface NativeOnlineRecognizer {
  createStream(): NativeOnlineStream;
  isReady(stream: NativeOnlineStream): boolean;
  decode(stream: NativeOnlineStream): void;
  getResult(stream: NativeOnlineStream): NativeResult;
}

interface NativeResult {
  readonly text: string;
  /** Natural logarithms, one a token; transducers only. Called so by streaming models … */
  readonly ys_probs?: readonly number[];
  /** … and so by the others. */
  readonly ys_log_probs?: readonly number[];
}

interface Sherpa {
  readonly OfflineRecognizer: {
    createAsync(config: object): Promise<NativeOfflineRecognizer>;
  };
  readonly OnlineRecognizer: new (config: object) => NativeOnlineRecognizer;
}

/** What a model made of sound. */
export interface NativeHeard {
  readonly text: string;
  /** Natural logarithms of the tokens' probabilities; empty where the model has none to give. */
  readonly logs: readonly number[];
}

/** One turn at a model that hears while the caller speaks. */
export interface StreamingTurn {
  /** @returns the words so far, as the model writes them. */
  push(samples: Float32Array): string;
  finish(): NativeHeard;
}

/** A loaded model. */
export type LoadedModel =
  | { readonly streams: true; open(): StreamingTurn }
  | { readonly streams: false; hear(samples: Float32Array): Promise<NativeHeard> };

/** Silence put behind a turn: the last word leaves a streaming model with the chunk after it. */
const tail = new Float32Array(earsRateHz / 2);

/** Whether a kind of model hears while the caller speaks. */
export function isStreaming(kind: ModelKind): boolean {
  return kind === 'streaming-transducer' || kind === 'streaming-ctc';
}

/**
 * Loads a model; blocks the calling thread for up to some seconds.
 *
 * The library ends the whole process when a file is not what it should be: pass only what the
 * store has checked.
 */
export async function loadModel(model: InstalledModel, threads: number): Promise<LoadedModel> {
  // A CommonJS package that finds its native library relative to itself.
  const sherpa = createRequire(import.meta.url)('sherpa-onnx-node') as Sherpa;
  const config = {
    featConfig: { sampleRate: earsRateHz, featureDim: 80 },
    modelConfig: {
      ...networksOf(model),
      tokens: model.parts['tokens'],
      numThreads: threads,
      provider: 'cpu',
      debug: 0,
    },
    decodingMethod: 'greedy_search',
    enableEndpoint: 0, // where a turn ends is the voice detector's to say
  };
  if (isStreaming(model.kind)) return streaming(new sherpa.OnlineRecognizer(config));
  const recognizer = await sherpa.OfflineRecognizer.createAsync(config);
  return {
    streams: false,
    async hear(samples) {
      const stream = recognizer.createStream();
      stream.acceptWaveform({ samples, sampleRate: earsRateHz });
      return heard(await recognizer.decodeAsync(stream));
    },
  };
}

function streaming(recognizer: NativeOnlineRecognizer): LoadedModel {
  return {
    streams: true,
    open() {
      const stream = recognizer.createStream();
      const take = (samples: Float32Array): void => {
        stream.acceptWaveform({ samples, sampleRate: earsRateHz });
        while (recognizer.isReady(stream)) recognizer.decode(stream);
      };
      return {
        push(samples) {
          take(samples);
          return recognizer.getResult(stream).text;
        },
        finish() {
          stream.acceptWaveform({ samples: tail, sampleRate: earsRateHz });
          stream.inputFinished();
          while (recognizer.isReady(stream)) recognizer.decode(stream);
          return heard(recognizer.getResult(stream));
        },
      };
    },
  };
}

const heard = ({ text, ys_probs, ys_log_probs }: NativeResult): NativeHeard => ({
  text,
  logs: ys_probs ?? ys_log_probs ?? [],
});

/** The networks of a model where the library looks for them. */
function networksOf({ kind, parts }: InstalledModel): object {
  const { encoder, decoder, joiner, model } = parts;
  switch (kind) {
    case 'moonshine':
    case 'moonshine-merged': {
      const { tokens: _elsewhere, ...moonshine } = parts;
      return { moonshine };
    }
    case 'whisper':
      return { whisper: { encoder, decoder, language: '', task: 'transcribe' } };
    case 'nemo-ctc':
      return { nemoCtc: { model } };
    case 'sense-voice':
      return { senseVoice: { model, language: 'auto', useInverseTextNormalization: 1 } };
    case 'paraformer':
      return { paraformer: { model } };
    case 'nemo-transducer':
      return { transducer: { encoder, decoder, joiner }, modelType: 'nemo_transducer' };
    case 'transducer':
    case 'streaming-transducer':
      return { transducer: { encoder, decoder, joiner } };
    case 'streaming-ctc':
      return { zipformer2Ctc: { model } };
    case 'vits':
    case 'kokoro':
    case 'kitten':
      throw new Error(`a model of the kind '${kind}' cannot hear`);
  }
}
