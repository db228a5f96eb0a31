import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import koffi from 'koffi';
import { SwitchboardError } from '../../lib/index.ts';

/** The model's verdict on one session's audio, 512 samples at a time. Holds state between windows. */
export interface SpeechModel {
  isSpeech(window: Float32Array): boolean;
  reset(): void;
  /** Gives its memory back; nothing else may be called afterwards. */
  destroy(): void;
}

/**
 * Lends out models, because making one takes 70 ms and 12 MB. Some more than are in use are made ahead,
 * on another thread.
 */
export interface SpeechModels extends Disposable {
  /** One made ahead; where there is none, one that is made while everything waits. */
  lease(threshold: number): SpeechModel;
  release(threshold: number, model: SpeechModel): void;
}

/** SHA-256 of the Silero VAD v6 model: the file that the launcher fetches, pinned there as well. */
const knownHash = '1a153a22f4509e292a94e67d6f9b85e8deb25b4988682b7e174c65279d8788e3';
/** Spare models kept for each threshold. */
const spares = 8;
/** Models made ahead for each threshold in use: callers who may begin at the same moment. */
const ahead = 3;

type Handle = { readonly brand: 'vad' };
type Callback = (error: Error | null, handle: Handle | null) => void;

/** The calls of sherpa-onnx's C interface in use. Its addon for Node makes models on the calling thread. */
interface NativeVad {
  make(config: object, bufferSeconds: number): Handle | null;
  makeAside(config: object, bufferSeconds: number, done: Callback): void;
  accept(vad: Handle, samples: Float32Array, count: number): void;
  isDetected(vad: Handle): number;
  isEmpty(vad: Handle): number;
  pop(vad: Handle): void;
  reset(vad: Handle): void;
  destroy(vad: Handle): void;
}

/**
 * Silero through sherpa-onnx.
 *
 * @param modelFile the ONNX file; its hash is checked first, because the native library ends the
 *   whole process on a file it does not understand.
 * @param options.warm thresholds that models are made for at once, before the first call.
 * @throws SwitchboardError `asset_missing` when the file is absent or not the known one, or the library
 *   does not load.
 */
export function loadSilero(
  modelFile: string,
  options: { readonly warm: readonly number[] },
): SpeechModels {
  checkFile(modelFile);
  native ??= bindNative();
  const vads = native;
  const idle = new Map<number, SpeechModel[]>();
  const making = new Set<number>();
  let closed = false;
  const isClosed = (): boolean => closed;

  const idleAt = (threshold: number): SpeechModel[] => {
    const kept = idle.get(threshold) ?? [];
    idle.set(threshold, kept);
    return kept;
  };

  async function stock(threshold: number): Promise<void> {
    const kept = idleAt(threshold);
    while (!isClosed() && kept.length < ahead) {
      const handle = await new Promise<Handle | null>((resolve) =>
        vads.makeAside(configOf(modelFile, threshold), bufferSeconds, (_error, made) =>
          resolve(made),
        ),
      );
      if (!handle) return;
      const model = wrap(vads, handle);
      if (isClosed()) model.destroy();
      else kept.push(model);
    }
  }

  function restock(threshold: number): void {
    if (making.has(threshold)) return;
    making.add(threshold);
    // A failure shows when a caller's model is made on the spot.
    void stock(threshold).finally(() => making.delete(threshold));
  }

  options.warm.forEach(restock);
  return {
    lease(threshold) {
      const kept = idleAt(threshold);
      const model = kept.pop() ?? makeNow(vads, modelFile, threshold);
      restock(threshold);
      return model;
    },
    release(threshold, model) {
      const kept = idleAt(threshold);
      if (isClosed() || kept.length >= spares) {
        model.destroy();
        return;
      }
      model.reset();
      kept.push(model);
    },
    [Symbol.dispose]() {
      closed = true;
      for (const kept of idle.values()) for (const model of kept.splice(0)) model.destroy();
    },
  };
}

let native: NativeVad | undefined;
/** Audio that the library keeps for segments nobody asks it for. */
const bufferSeconds = 30;

function configOf(model: string, threshold: number): object {
  return {
    silero: {
      ...{ model, threshold, window: 512, maxSpeech: 3_600 },
      // Zero would mean the library's default; we want its verdict on each window.
      ...{ minSilence: 0.001, minSpeech: 0.001 },
    },
    ...{ rate: 16_000, threads: 1, provider: 'cpu', debug: 0 },
    other: { model: null, threshold: 0, window: 0, maxSpeech: 0, minSilence: 0, minSpeech: 0 },
    later: new Uint8Array(laterBytes),
  };
}

/** Room for fields that a later version may read: zeros mean that they are not set. */
const laterBytes = 128;

/** Source: `SherpaOnnxVadModelConfig` and the calls around it in sherpa-onnx's c-api.h, 1.13. */
function bindNative(): NativeVad {
  try {
    const near = createRequire(createRequire(import.meta.url).resolve('sherpa-onnx-node'));
    const system = process.platform === 'win32' ? 'win' : process.platform;
    const folder = dirname(near.resolve(`sherpa-onnx-${system}-${process.arch}`));
    const library = koffi.load(join(folder, libraryName()));
    const file = koffi.struct('SpeechModelFile', {
      ...{ model: 'const char*', threshold: 'float', minSilence: 'float', minSpeech: 'float' },
      ...{ window: 'int32_t', maxSpeech: 'float' },
    });
    koffi.struct('SpeechModelConfig', {
      ...{ silero: file, rate: 'int32_t', threads: 'int32_t', provider: 'const char*' },
      ...{ debug: 'int32_t', other: file, later: koffi.array('uint8_t', laterBytes) },
    });
    const prefix = 'SherpaOnnxVoiceActivityDetector';
    const make = library.func(
      'void* SherpaOnnxCreateVoiceActivityDetector(const SpeechModelConfig* config, float seconds)',
    );
    return {
      make,
      makeAside: (config, seconds, done) => void make.async(config, seconds, done),
      accept: library.func(
        `void ${prefix}AcceptWaveform(void* vad, const float* samples, int32_t n)`,
      ),
      isDetected: library.func(`int32_t ${prefix}Detected(void* vad)`),
      isEmpty: library.func(`int32_t ${prefix}Empty(void* vad)`),
      pop: library.func(`void ${prefix}Pop(void* vad)`),
      reset: library.func(`void ${prefix}Reset(void* vad)`),
      destroy: library.func('void SherpaOnnxDestroyVoiceActivityDetector(void* vad)'),
    };
  } catch (cause) {
    throw new SwitchboardError(
      'asset_missing',
      "The voice detector's library does not load on this machine.",
      { cause },
    );
  }
}

function libraryName(): string {
  if (process.platform === 'win32') return 'sherpa-onnx-c-api.dll';
  return `libsherpa-onnx-c-api.${process.platform === 'darwin' ? 'dylib' : 'so'}`;
}

function makeNow(vads: NativeVad, modelFile: string, threshold: number): SpeechModel {
  const handle = vads.make(configOf(modelFile, threshold), bufferSeconds);
  if (!handle) throw new SwitchboardError('speech_failed', 'The voice detector could not be made.');
  return wrap(vads, handle);
}

function wrap(vads: NativeVad, vad: Handle): SpeechModel {
  const dropSegments = (): void => {
    while (!vads.isEmpty(vad)) vads.pop(vad); // finished ones, which would pile up
  };
  return {
    isSpeech(window) {
      vads.accept(vad, window, window.length);
      dropSegments();
      return vads.isDetected(vad) !== 0;
    },
    reset() {
      vads.reset(vad);
      dropSegments();
    },
    destroy: () => vads.destroy(vad),
  };
}

function checkFile(modelFile: string): void {
  let hash: string;
  try {
    hash = createHash('sha256').update(readFileSync(modelFile)).digest('hex');
  } catch (cause) {
    throw new SwitchboardError(
      'asset_missing',
      `The voice detector's model is missing: ${modelFile}. Run \`npm start\` once to fetch it.`,
      { cause },
    );
  }
  if (hash !== knownHash) {
    throw new SwitchboardError(
      'asset_missing',
      `The voice detector's model is damaged: ${modelFile}. Delete it and run \`npm start\` to fetch it again.`,
    );
  }
}
