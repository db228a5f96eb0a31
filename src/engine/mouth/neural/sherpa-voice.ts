import { createRequire } from 'node:module';
import { SwitchboardError } from '../../../lib/index.ts';
import type { InstalledModel } from '../../models/index.ts';

/*
 * The part of `sherpa-onnx-node` in use; the package's own types do not resolve as a module.
 * https://k2-fsa.github.io/sherpa/onnx/nodejs-api/
 */

interface NativeVoice {
  readonly numSpeakers: number;
  readonly sampleRate: number;
  /** On a thread of its own; several at once share the model. */
  generateAsync(request: {
    readonly text: string;
    readonly sid: number;
    readonly speed: number;
    /** The library otherwise lends memory that it frees. */
    readonly enableExternalBuffer: boolean;
  }): Promise<{ readonly samples: Float32Array; readonly sampleRate: number }>;
}

interface Sherpa {
  readonly OfflineTts: { createAsync(config: object): Promise<NativeVoice> };
}

/** A loaded voice model. */
export interface SherpaVoice {
  readonly speakers: number;
  /** @param speaker from 0 to below `speakers`. @throws SwitchboardError speech_failed */
  say(
    text: string,
    options: { readonly speaker: number; readonly speed: number },
  ): Promise<{ readonly samples: Int16Array; readonly rateHz: number }>;
}

/**
 * Loads a voice on another thread.
 *
 * The library ends the whole process when a file is not what it should be: pass only what the
 * store has checked.
 *
 * @throws SwitchboardError speech_failed when it cannot be loaded
 */
export async function loadVoice(model: InstalledModel, threads: number): Promise<SherpaVoice> {
  // A CommonJS package that finds its native library relative to itself.
  const sherpa = createRequire(import.meta.url)('sherpa-onnx-node') as Sherpa;
  const config = {
    model: { ...networksOf(model), numThreads: threads, provider: 'cpu', debug: 0 },
    maxNumSentences: 1,
  };
  const voice = await sherpa.OfflineTts.createAsync(config).catch((thrown: unknown) => {
    throw new SwitchboardError('speech_failed', `The voice '${model.name}' does not load.`, {
      cause: thrown,
    });
  });
  return {
    speakers: Math.max(1, voice.numSpeakers),
    async say(text, { speaker, speed }) {
      try {
        const made = await voice.generateAsync({
          text,
          sid: speaker,
          speed,
          enableExternalBuffer: false,
        });
        return { samples: toPcm(made.samples), rateHz: made.sampleRate };
      } catch (thrown) {
        throw new SwitchboardError('speech_failed', `The voice '${model.name}' failed.`, {
          cause: thrown,
        });
      }
    },
  };
}

const toPcm = (samples: Float32Array): Int16Array =>
  Int16Array.from(samples, (sample) =>
    Math.round(Math.max(-1, Math.min(1, Number.isFinite(sample) ? sample : 0)) * 32_767),
  );

/** The files of a model where the library looks for them. */
function networksOf({ kind, parts }: InstalledModel): object {
  const { model, voices, tokens, dataDir, lexicon } = parts;
  const optional = {
    ...(dataDir === undefined ? {} : { dataDir }),
    ...(lexicon === undefined ? {} : { lexicon }),
  };
  switch (kind) {
    case 'vits':
      return { vits: { model, tokens, ...optional } };
    case 'kokoro':
      return { kokoro: { model, voices, tokens, ...optional } };
    case 'kitten':
      return { kitten: { model, voices, tokens, ...(dataDir === undefined ? {} : { dataDir }) } };
    default:
      throw new SwitchboardError('model_invalid', `A model of the kind '${kind}' cannot speak.`);
  }
}
