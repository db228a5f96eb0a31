import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { systemClock, type Log } from '../../../lib/index.ts';
import type { InstalledModel } from '../../models/index.ts';
import { earsRateHz, type Ears } from '../port.ts';
import { openDetectors } from '../open-detectors.ts';
import { createCrew } from './crew.ts';
import type { WorkerStart } from './messages.ts';
import { isStreaming } from './sherpa.ts';

/** Models that hear while the caller speaks are given 100 ms at a time. */
const streamedSamples = earsRateHz / 10;

/**
 * Hearing with a pulled model: Silero for turns, a network of sherpa-onnx for words.
 *
 * A model that hears whole turns is loaded once and hears several side by side; one that streams
 * blocks its thread while it works, so each thread has its own. What sessions are told in
 * `adapt` is of no use to these models.
 *
 * @param options.model from the store, which has checked its files
 * @param options.vadModel the detector's model
 * @param options.workers threads with a model that streams. @default two, or one on a single core
 * @throws SwitchboardError `asset_missing` for the detector's model, `speech_failed` when the model
 *   cannot be loaded
 */
export async function createNeuralEars(options: {
  readonly model: InstalledModel;
  readonly vadModel: string | null;
  readonly log: Log;
  readonly workers?: number;
}): Promise<Ears> {
  const { model, log } = options;
  const cores = Math.min(2, availableParallelism());
  const streams = isStreaming(model.kind);
  const start: WorkerStart = { model, threads: 1 };
  const crew = createCrew({
    start: () => startWorker(start),
    size: streams ? (options.workers ?? cores) : 1,
    pieceSamples: streams ? streamedSamples : Number.POSITIVE_INFINITY,
    atOnce: streams ? Number.POSITIVE_INFINITY : cores,
    clock: systemClock,
    log,
  });
  try {
    // The model loads on its thread while this one makes the detector's.
    const detectors = openDetectors(options.vadModel);
    try {
      await crew.ready();
    } catch (thrown) {
      detectors[Symbol.dispose]();
      throw thrown;
    }
    return {
      detector: (settings) => detectors.make(settings),
      recognizer: async () => ({
        adapt: async () => undefined,
        begin: ({ onPartial } = {}) => crew.begin(onPartial),
        [Symbol.asyncDispose]: async () => undefined,
      }),
      async [Symbol.asyncDispose]() {
        detectors[Symbol.dispose]();
        await crew[Symbol.asyncDispose]();
      },
    };
  } catch (thrown) {
    await crew[Symbol.asyncDispose]();
    throw thrown;
  }
}

/** From source this folder's files are TypeScript, published JavaScript. */
function startWorker(start: WorkerStart): Worker {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const file = new URL(`./neural-worker.${extension}`, import.meta.url);
  return new Worker(file, { workerData: start, execArgv: [], name: 'neural-ears' });
}
