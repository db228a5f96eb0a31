import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeEach, expect, test } from 'vitest';
import { sha256 } from './hash.mjs';
import { LauncherError } from './launcher-error.mjs';
import { vadModelPin } from './pins.mjs';
import { createProgress } from './progress.mjs';
import { fetchVadModel, hasVadModel, vadModelPath } from './vad-model.mjs';

const model = Buffer.from('weights');
const pin = { ...vadModelPin, file: 'package/model.onnx', sha256: sha256(model) };
const progress = createProgress({ stream: { write: () => true } });
const npm = { node: 'node', script: 'npm' };

/** @type {string} */
let cacheDir;
beforeEach(() => {
  cacheDir = mkdtempSync(join(tmpdir(), 'switchboard-test-'));
});

/** A tarball with one file, small enough for a single block. */
function tarballWith(/** @type {Buffer} */ content) {
  const tar = Buffer.alloc(2048);
  tar.write(pin.file, 0);
  tar.write('0000644\0', 100);
  tar.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
  tar.write('0', 156);
  content.copy(tar, 512);
  return gzipSync(tar);
}

const fetchOf = (/** @type {Buffer} */ content) => () => Promise.resolve(tarballWith(content));
const options = () => ({ root: cacheDir, cacheDir, npm, runtime: 'node', progress, pin });
const present = (/** @type {string} */ text) => {
  mkdirSync(dirname(vadModelPath(cacheDir)), { recursive: true });
  writeFileSync(vadModelPath(cacheDir), text);
};

test('takes the one file out of the package', async () => {
  const loads = () => Promise.resolve(true);
  await fetchVadModel({ ...options(), fetch: fetchOf(model), loads });
  expect(readFileSync(vadModelPath(cacheDir), 'utf8')).toBe('weights');
  expect(hasVadModel(cacheDir, pin)).toBe(true);
});

test('a model that is broken on disk is not taken for the pinned one, and is replaced', async () => {
  present('weigh');
  expect(hasVadModel(cacheDir, pin)).toBe(false);
  await fetchVadModel({
    ...options(),
    fetch: fetchOf(model),
    loads: () => Promise.resolve(true),
  });
  expect(hasVadModel(cacheDir, pin)).toBe(true);
});

test('a package with other content is refused and nothing is put in place', async () => {
  const fetch = fetchOf(Buffer.from('evil'));
  await expect(fetchVadModel({ ...options(), fetch })).rejects.toThrow(LauncherError);
  expect(hasVadModel(cacheDir, pin)).toBe(false);
});

test('a model that ends the process that loads it is not put in place', async () => {
  const loads = () => Promise.resolve(false);
  await expect(fetchVadModel({ ...options(), fetch: fetchOf(model), loads })).rejects.toThrow(
    'does not run on this machine',
  );
  expect(hasVadModel(cacheDir, pin)).toBe(false);
});

test('the model that is fetched is the one that the engine accepts', () => {
  const engine = readFileSync(new URL('../../src/engine/ears/silero.ts', import.meta.url), 'utf8');
  expect(engine).toContain(`'${vadModelPin.sha256}'`);
});
