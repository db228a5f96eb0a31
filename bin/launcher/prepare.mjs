import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildConsole } from './console-build.mjs';
import { findDatabaseTemplate, makeDatabaseTemplate } from './database-template.mjs';
import { takeInstallLock } from './install-lock.mjs';
import { LauncherError } from './launcher-error.mjs';
import { findNpm } from './npm-command.mjs';
import { inspectPackages, installPackages } from './packages.mjs';
import { registryReachable } from './registry.mjs';
import { findRuntime } from './runtime.mjs';
import { installSpeechLibrary, speechIsPackaged, speechUnavailable } from './speech-library.mjs';
import { describeInstall, isReady, readStamp, writeStamp, writeWhole } from './stamp.mjs';
import { fetchVadModel, hasVadModel, vadModelPath } from './vad-model.mjs';
import { fetchWordVectors, hasWordVectors, wordVectorsPath } from './word-vectors.mjs';

/**
 * Puts in place whatever is missing, and nothing when nothing is.
 *
 * npm's packages must be there or this throws; a speech part or the page that cannot be had is told
 * in one line, and tried again at the next start.
 *
 * @param {import('./stamp.mjs').Places} places
 * @param {import('./progress.mjs').Progress} progress
 * @returns {Promise<import('./stamp.mjs').Install>}
 * @throws {LauncherError} when the product cannot run at all
 */
export async function prepare(places, progress) {
  const stamp = readStamp(places);
  const install = describeInstall(places, stamp);
  if (isReady(stamp, install)) return install;

  const lock = await takeInstallLock(join(places.stateDir, 'install.lock'), {
    onWait: (pid) =>
      progress.line(`switchboard: another start (process ${pid}) is installing; waiting for it.`),
  });
  try {
    const stampNow = readStamp(places);
    const installNow = describeInstall(places, stampNow);
    if (isReady(stampNow, installNow)) return installNow;
    return await installMissing(places, installNow, { progress, lock });
  } finally {
    lock.release();
  }
}

/**
 * @param {import('./stamp.mjs').Places} places
 * @param {import('./stamp.mjs').Install} before
 * @param {{ progress: import('./progress.mjs').Progress, lock: { childStarted(pid: number): void } }} context
 */
async function installMissing(places, before, { progress, lock }) {
  const { root, stateDir, cacheDir, systemRoot } = places;
  rmSync(join(stateDir, 'stamp.json'), { force: true });
  progress.line('switchboard: putting in place what is missing (once; later starts skip this)');

  /** @type {(ReturnType<typeof findNpm> & { offline: boolean }) | null} */
  let npm = null;
  const networkedNpm = async () => {
    const found = findNpm();
    return (npm ??= { ...found, offline: !(await registryReachable(found)) });
  };

  if (before.packages.fault !== null) {
    const onChild = (/** @type {number} */ pid) => lock.childStarted(pid);
    await installPackages({ root, cacheDir, npm: await networkedNpm(), progress, onChild });
    const { fault } = inspectPackages(root);
    if (fault !== null) {
      throw new LauncherError(
        `npm packages are not complete after npm ci (${fault}). Run the same command again.`,
      );
    }
  }
  const runtime = findRuntime(root);

  /** @type {string[]} what is off until a later start */
  const retried = [];
  /** @type {string[]} what this machine cannot have */
  const lasting = [];
  const attempt = async (
    /** @type {string} */ sentence,
    /** @type {() => Promise<unknown>} */ work,
  ) => {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof LauncherError)) throw error;
      retried.push(`${sentence}: ${error.message}. The next start tries again.`);
    }
  };

  if (!hasVadModel(cacheDir)) {
    await attempt('Hearing is off, the voice detection model is missing or broken', async () =>
      fetchVadModel({ root, cacheDir, npm: await networkedNpm(), runtime, progress }),
    );
  }
  if (before.speech === null) {
    if (speechIsPackaged()) {
      await attempt('Hearing is off, the speech library is missing', () =>
        installSpeechLibrary({ cacheDir, progress, systemRoot }),
      );
    } else {
      lasting.push(speechUnavailable);
    }
  }
  const hearing = [...lasting, ...retried];
  if (!hasWordVectors(cacheDir)) {
    await attempt('The offline mind knows fewer words, its word vectors are missing', async () =>
      fetchWordVectors({ cacheDir, npm: await networkedNpm(), progress }),
    );
  }
  if (findDatabaseTemplate(root, cacheDir) === null) {
    await attempt('The database could not be prepared, its first start takes longer', () =>
      makeDatabaseTemplate({ root, cacheDir, runtime, progress }),
    );
  }
  if (before.console.sources !== before.console.built) {
    await attempt('The page could not be built', () =>
      buildConsole({ root, cacheDir, runtime, progress }),
    );
  }

  const { speech } = describeInstall(places, null);
  const assets = {
    vadModel: hasVadModel(cacheDir) ? vadModelPath(cacheDir) : null,
    pocketsphinx: speech,
    wordVectors: hasWordVectors(cacheDir) ? wordVectorsPath(cacheDir) : null,
    notes: hearing,
  };
  writeWhole(join(cacheDir, 'assets.json'), `${JSON.stringify(assets, null, 2)}\n`);
  for (const note of [...lasting, ...retried]) progress.line(`switchboard: ${note}`);

  const install = describeInstall(places, null);
  if (retried.length === 0) writeStamp(places, install);
  return install;
}
