import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { installWithApt, unpackFromApt } from './debian-packages.mjs';
import { LauncherError } from './launcher-error.mjs';
import { speechPin } from './pins.mjs';

/** @typedef {{ library: string, baseLibrary: string, modelDir: string }} SpeechLibrary absolute paths */

const libraryFolders = [
  'usr/lib/x86_64-linux-gnu',
  'usr/lib/aarch64-linux-gnu',
  'usr/lib64',
  'usr/lib',
  'usr/local/lib',
];

/** @param {string} cacheDir @returns {string} where packages are unpacked to when we may not install them */
export function unpackedDir(cacheDir) {
  return join(cacheDir, 'pocketsphinx');
}

/**
 * The speech library where it lies now: the system's own, else the unpacked one.
 *
 * @param {string} cacheDir
 * @param {string} [systemRoot] @default '/'
 * @returns {SpeechLibrary | null}
 */
export function findSpeechLibrary(cacheDir, systemRoot = '/') {
  const unpacked = unpackedDir(cacheDir);
  return (
    completeIn(
      systemRoot,
      libraryFolders.map((folder) => join(systemRoot, folder)),
    ) ?? completeIn(unpacked, [join(unpacked, 'lib')])
  );
}

/** @param {string} root @param {string[]} folders @returns {SpeechLibrary | null} */
function completeIn(root, folders) {
  const folder = folders.find(
    (path) =>
      existsSync(join(path, speechPin.library)) && existsSync(join(path, speechPin.baseLibrary)),
  );
  const modelDir = join(root, speechPin.modelDir);
  if (folder === undefined || !existsSync(join(modelDir, 'en-us', 'mdef'))) return null;
  return {
    library: join(folder, speechPin.library),
    baseLibrary: join(folder, speechPin.baseLibrary),
    modelDir,
  };
}

/**
 * The environment in which `library` can be opened by its path: an unpacked library finds its own
 * dependencies only through the loader's search path, which is read when a process starts.
 *
 * @param {SpeechLibrary | null} library
 * @param {string} cacheDir
 * @param {NodeJS.ProcessEnv} env
 */
export function speechEnvironment(library, cacheDir, env) {
  if (library === null || !library.library.startsWith(unpackedDir(cacheDir))) return env;
  const inherited = env['LD_LIBRARY_PATH'];
  const folder = dirname(library.library);
  return { ...env, LD_LIBRARY_PATH: inherited ? `${folder}:${inherited}` : folder };
}

/** Whether this machine's packages can bring the library, now or once there is a network. */
export function speechIsPackaged(platform = process.platform, osRelease = readOsRelease()) {
  return platform === 'linux' && /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(osRelease);
}

/** What to say where no package brings the library. */
export const speechUnavailable =
  'Hearing is off: this system has no packaged PocketSphinx (Debian and Ubuntu have). Typed calls work; run Switchboard on Debian or Ubuntu, or in its container, for spoken ones.';

/**
 * Gets the library on Debian and Ubuntu: into the system when we are root, else into our own cache.
 *
 * @param {{ cacheDir: string, progress: import('./progress.mjs').Progress, isRoot?: boolean, systemRoot?: string, install?: typeof installWithApt, unpack?: typeof unpackFromApt }} options
 * @returns {Promise<SpeechLibrary>}
 * @throws {LauncherError} when it cannot be had now
 */
export async function installSpeechLibrary(options) {
  const { cacheDir, progress, systemRoot = '/' } = options;
  const isRoot = (options.isRoot ?? process.getuid?.() === 0) && systemRoot === '/';
  const step = progress.step(
    `speech library (${isRoot ? `apt-get install ${speechPin.packages.join(' ')}` : 'Debian packages, unpacked into .switchboard/cache'}, 40 MB)`,
  );
  mkdirSync(cacheDir, { recursive: true });
  try {
    if (isRoot) {
      await (options.install ?? installWithApt)(speechPin.packages, cacheDir, step);
    } else {
      await (options.unpack ?? unpackFromApt)(speechPin, unpackedDir(cacheDir), step);
    }
    const found = findSpeechLibrary(cacheDir, systemRoot);
    if (found === null) throw new LauncherError('the packages do not hold the speech library');
    step.done();
    return found;
  } catch (error) {
    step.failed(error instanceof Error ? error.message : String(error));
    throw error;
  }
}

function readOsRelease() {
  try {
    return readFileSync('/etc/os-release', 'utf8');
  } catch {
    return '';
  }
}
