import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { notFoundIn, packagesFor } from './debian-packages.mjs';
import { LauncherError } from './launcher-error.mjs';
import { createProgress } from './progress.mjs';
import {
  findSpeechLibrary,
  installSpeechLibrary,
  speechEnvironment,
  speechIsPackaged,
  unpackedDir,
} from './speech-library.mjs';

const progress = createProgress({ stream: { write: () => true } });

/** @type {string} */
let system;
/** @type {string} */
let cacheDir;
beforeEach(() => {
  system = mkdtempSync(join(tmpdir(), 'switchboard-test-'));
  cacheDir = join(system, 'cache');
});

function put(/** @type {string} */ root, /** @type {string[]} */ ...paths) {
  for (const path of paths) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), '');
  }
}
const model = 'usr/share/pocketsphinx/model/en-us/en-us/mdef';
const installed = ['libpocketsphinx.so.3', 'libsphinxbase.so.3'].map(
  (name) => `usr/lib/aarch64-linux-gnu/${name}`,
);
const unpacked = ['lib/libpocketsphinx.so.3', 'lib/libsphinxbase.so.3', model];

test('finds what the system has installed, and leaves the environment alone', () => {
  put(system, ...installed, model);
  const found = findSpeechLibrary(cacheDir, system);
  expect(found?.library).toBe(join(system, installed[0] ?? ''));
  expect(found?.modelDir).toBe(join(system, 'usr/share/pocketsphinx/model/en-us'));
  expect(speechEnvironment(found, cacheDir, { PATH: '/bin' })).toEqual({ PATH: '/bin' });
});

test('a library without its model, or without its base, is not complete', () => {
  put(system, ...installed);
  expect(findSpeechLibrary(cacheDir, system)).toBeNull();
});

test('the unpacked library comes with the search path that its dependencies need', () => {
  put(unpackedDir(cacheDir), ...unpacked);
  const found = findSpeechLibrary(cacheDir, system);
  const lib = join(unpackedDir(cacheDir), 'lib');
  expect(found?.baseLibrary).toBe(join(lib, 'libsphinxbase.so.3'));
  expect(speechEnvironment(found, cacheDir, { LD_LIBRARY_PATH: '/opt/lib' })).toEqual({
    LD_LIBRARY_PATH: `${lib}:/opt/lib`,
  });
});

test('without root the packages are unpacked into our own cache', async () => {
  const unpack = (/** @type {unknown} */ _pin, /** @type {string} */ folder) => {
    put(folder, ...unpacked);
    return Promise.resolve();
  };
  const options = { cacheDir, progress, isRoot: false, systemRoot: system, unpack };
  expect((await installSpeechLibrary(options)).library).toContain(unpackedDir(cacheDir));
});

test('packages that bring no library are an error, not a success', async () => {
  const unpack = () => Promise.resolve();
  const options = { cacheDir, progress, isRoot: false, systemRoot: system, unpack };
  await expect(installSpeechLibrary(options)).rejects.toThrow(LauncherError);
});

test.each([
  ['linux', 'ID=debian\n', true],
  ['linux', 'ID=ubuntu\nID_LIKE=debian\n', true],
  ['linux', 'NAME="Linux Mint"\nID=linuxmint\nID_LIKE="ubuntu debian"\n', true],
  ['linux', 'ID=fedora\n', false],
  ['darwin', '', false],
])('%s with %j has it packaged: %s', (platform, osRelease, expected) => {
  expect(speechIsPackaged(/** @type {NodeJS.Platform} */ (platform), osRelease)).toBe(expected);
});

test('what the loader does not find names the packages to fetch, each once', () => {
  const ldd = `\tlinux-vdso.so.1 (0x00007fef)
\tlibblas.so.3 => not found
\tlibm.so.6 => /lib/x86_64-linux-gnu/libm.so.6 (0x00007fef43)
\tlibpulse.so.0 => not found
\tlibpulse-simple.so.0 => not found
`;
  const missing = notFoundIn(ldd);
  expect(missing).toEqual(['libblas.so.3', 'libpulse.so.0', 'libpulse-simple.so.0']);
  expect(packagesFor(missing)).toEqual(['libblas3', 'libpulse0']);
});
