import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { builtConsoleHash, consoleSourcesHash } from './console-build.mjs';
import { findDatabaseTemplate } from './database-template.mjs';
import { fileSha256, sha256 } from './hash.mjs';
import { inspectPackages } from './packages.mjs';
import { speechPin, vadModelPin, wordVectorsPin } from './pins.mjs';
import { findSpeechLibrary } from './speech-library.mjs';
import { vadModelPath } from './vad-model.mjs';
import { wordVectorsPath } from './word-vectors.mjs';

/**
 * Where things lie. `systemRoot` is `/` but for tests of a machine without the speech library.
 *
 * @typedef {{ root: string, stateDir: string, cacheDir: string, systemRoot: string }} Places
 *
 * What is installed: hashes and paths, `null` for what is not there.
 *
 * @typedef {{
 *   machine: string, pins: string, lockFile: string | null,
 *   packages: { fault: string | null, files: Record<string, string[]>, installRecord: string },
 *   vadModel: string | null, wordVectors: string | null,
 *   speech: import('./speech-library.mjs').SpeechLibrary | null,
 *   databaseTemplate: string | null,
 *   console: { sources: string | null, built: string | null }, assets: string | null,
 * }} Install
 */

/**
 * What is installed at this moment, cheap enough to look at on every start.
 *
 * @param {Places} places
 * @param {Install | null} stamp what the stamp says, to notice what was lost since
 * @returns {Install}
 */
export function describeInstall({ root, cacheDir, systemRoot }, stamp) {
  const { fault, files, installRecord } = inspectPackages(root, stamp?.packages ?? null);
  return {
    machine: `${process.platform}-${process.arch}`,
    pins: sha256(JSON.stringify([vadModelPin, speechPin, wordVectorsPin])),
    lockFile: fileSha256(join(root, 'package-lock.json')),
    packages: { fault, files, installRecord },
    vadModel: fileSha256(vadModelPath(cacheDir)),
    wordVectors: fileSha256(wordVectorsPath(cacheDir)),
    speech: findSpeechLibrary(cacheDir, systemRoot),
    databaseTemplate: findDatabaseTemplate(root, cacheDir),
    console: { sources: consoleSourcesHash(root), built: builtConsoleHash(root) },
    assets: fileSha256(join(cacheDir, 'assets.json')),
  };
}

/**
 * The stamp is written last, after everything was put in place: while what is there now equals it,
 * nothing is missing.
 *
 * @param {Places} places @returns {Install | null}
 */
export function readStamp({ stateDir }) {
  try {
    return JSON.parse(readFileSync(join(stateDir, 'stamp.json'), 'utf8'));
  } catch {
    return null;
  }
}

/** @param {Places} places @param {Install} install */
export function writeStamp({ stateDir }, install) {
  writeWhole(join(stateDir, 'stamp.json'), JSON.stringify(install));
}

/** @param {Install | null} stamp @param {Install} install */
export function isReady(stamp, install) {
  return stamp !== null && JSON.stringify(stamp) === JSON.stringify(install);
}

/** Writes a file so that it is seen whole or not at all. @param {string} path @param {string | Buffer} content */
export function writeWhole(path, content) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.unfinished`, content);
  renameSync(`${path}.unfinished`, path);
}
