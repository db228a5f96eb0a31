import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { SwitchboardError } from '../../lib/index.ts';

/** The model's verdict on one session's audio, 512 samples at a time. Holds state between windows. */
export interface SpeechModel {
  isSpeech(window: Float32Array): boolean;
  reset(): void;
}

/**
 * Lends out models, because making one takes 70 ms on the calling thread and 10 MB. One more than
 * are in use is made ahead, when nobody speaks.
 */
export interface SpeechModels extends Disposable {
  lease(threshold: number): SpeechModel;
  release(threshold: number, model: SpeechModel): void;
}

/** SHA-256 of the Silero VAD v6 model: the file that the launcher fetches, pinned there as well. */
const knownHash = '1a153a22f4509e292a94e67d6f9b85e8deb25b4988682b7e174c65279d8788e3';
/** Spare models kept for each threshold. */
const spares = 8;
/** Models made ahead for each threshold in use. */
const ahead = 1;
/** How often to look whether anybody speaks while a spare model is wanted. */
const lookEveryMs = 250;

/** The part of `sherpa-onnx-node`'s `Vad` in use; the package's own types do not resolve as a module. */
interface NativeVad {
  acceptWaveform(samples: Float32Array): void;
  isDetected(): boolean;
  isEmpty(): boolean;
  pop(): void;
  reset(): void;
}
type NativeVadClass = new (config: object, bufferSeconds: number) => NativeVad;

/**
 * Silero through sherpa-onnx.
 *
 * @param modelFile the ONNX file; its hash is checked first, because the native library ends the
 *   whole process on a file it does not understand.
 * @param options.warm thresholds that a model is made for at once, before the first call.
 * @param options.isQuiet whether nobody speaks, so that the thread may be held up.
 * @throws SwitchboardError `asset_missing` when the file is absent or not the known one.
 */
export function loadSilero(
  modelFile: string,
  options: { readonly warm: readonly number[]; readonly isQuiet: () => boolean },
): SpeechModels {
  checkFile(modelFile);
  // A CommonJS package that finds its native library relative to itself.
  const { Vad } = createRequire(import.meta.url)('sherpa-onnx-node') as { Vad: NativeVadClass };
  const idle = new Map<number, SpeechModel[]>();
  let timer: NodeJS.Timeout | undefined;

  const idleAt = (threshold: number): SpeechModel[] => {
    const kept = idle.get(threshold) ?? [];
    idle.set(threshold, kept);
    return kept;
  };

  /** One model at a time: the thread has others to serve in between. */
  function makeSpare(): void {
    const wanted = [...idle].find(([, kept]) => kept.length < ahead);
    if (wanted && options.isQuiet()) {
      const [threshold, kept] = wanted;
      kept.push(createModel(Vad, modelFile, threshold));
    }
    if ([...idle.values()].every((kept) => kept.length >= ahead)) {
      clearInterval(timer);
      timer = undefined;
    }
  }

  function look(): void {
    timer ??= setInterval(makeSpare, lookEveryMs).unref();
  }

  for (const threshold of options.warm) {
    idleAt(threshold).push(createModel(Vad, modelFile, threshold));
  }
  look();
  return {
    lease(threshold) {
      const kept = idleAt(threshold);
      const model = kept.pop() ?? createModel(Vad, modelFile, threshold);
      look();
      return model;
    },
    release(threshold, model) {
      const kept = idleAt(threshold);
      if (kept.length >= spares) return;
      model.reset();
      kept.push(model);
    },
    [Symbol.dispose]() {
      clearInterval(timer);
    },
  };
}

function createModel(Vad: NativeVadClass, modelFile: string, threshold: number): SpeechModel {
  const vad = new Vad(
    {
      sileroVad: {
        model: modelFile,
        threshold,
        // Zero would mean the library's default; we want its verdict on each window.
        minSpeechDuration: 0.001,
        minSilenceDuration: 0.001,
        maxSpeechDuration: 3_600,
        windowSize: 512,
      },
      sampleRate: 16_000,
      numThreads: 1,
      debug: false,
      provider: 'cpu',
    },
    30,
  );
  return {
    isSpeech(window) {
      vad.acceptWaveform(window);
      while (!vad.isEmpty()) vad.pop(); // finished segments, which would pile up
      return vad.isDetected();
    },
    reset() {
      vad.reset();
      while (!vad.isEmpty()) vad.pop();
    },
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
