import { lstatSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runQuietly } from './child.mjs';
import { sha256 } from './hash.mjs';
import { LauncherError, reasonFrom } from './launcher-error.mjs';
import { thisMachine, wantedPackages } from './lock-graph.mjs';
import { npmArguments } from './npm-command.mjs';
import { fetchTarball, unpackTarball } from './tarball.mjs';

/**
 * @typedef {{ fault: string | null, missing: string[], total: number, files: Record<string, string[]>, installRecord: string }} PackagesState
 *   `fault`: why `npm ci` is needed, or `null`. `files`: the names in every package's folder.
 *   `installRecord`: hash of npm's own record, which npm writes last.
 */

/**
 * Looks at `node_modules` without trusting it: npm's record must be there (it is written last, so an
 * install that was killed has none), agree with the lock file, and every package must be on disk.
 *
 * @param {string} root
 * @param {{ files: Record<string, string[]>, installRecord: string } | null} known what was seen when all was well
 * @returns {PackagesState}
 */
export function inspectPackages(root, known = null) {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const wanted = wantedPackages(lock, thisMachine());
  /** @type {Record<string, string[]>} */
  const files = {};
  const missing = [];
  for (const path of wanted) {
    const names = namesIn(join(root, path));
    if (!names.includes('package.json')) missing.push(path);
    files[path] = names;
  }
  const record = readRecord(root);
  const installRecord = record === null ? '' : sha256(record);
  const state = { missing, total: wanted.length, files, installRecord };
  const seenBefore = known?.installRecord === installRecord;

  if (record === null) return { ...state, fault: 'not installed' };
  const outdated = wanted.find((path) => !sameVersion(path, lock.packages, record));
  if (outdated !== undefined) return { ...state, fault: `${outdated} is not the locked version` };
  if (missing.length > 0) return { ...state, fault: `${missing[0]} is missing` };
  const robbed = Object.entries(seenBefore ? known.files : {}).find(([path, names]) =>
    names.some((name) => !files[path]?.includes(name)),
  );
  if (robbed !== undefined) return { ...state, fault: `files of ${robbed[0]} are missing` };
  return { ...state, fault: null };
}

/**
 * `npm ci`, then what npm left out although this machine needs it: npm skips optional packages
 * whose `engines` do not name the Node it runs on, but they run on the Node that comes along.
 *
 * @param {{ root: string, cacheDir: string, npm: { node: string, script: string, offline?: boolean }, progress: import('./progress.mjs').Progress, onChild?: (pid: number) => void }} options
 * @throws {LauncherError} when packages cannot be installed
 */
export async function installPackages({ root, cacheDir, npm, progress, onChild }) {
  refuseLink(join(root, 'node_modules'));
  const before = inspectPackages(root);
  const step = progress.step(`npm packages (${before.total})`);
  const watch = setInterval(() => {
    const { missing, total } = inspectPackages(root);
    const unpacked = total - missing.length;
    step.update(unpacked === 0 ? 'fetching' : `${unpacked} of ${total} unpacked`);
  }, 1000);
  const { code, output } = await runQuietly(
    npm.node,
    npmArguments(npm, 'ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund'),
    { cwd: root, logFile: join(cacheDir, 'logs', 'npm-ci.log'), node: true, onStart: onChild },
  );
  clearInterval(watch);
  if (code !== 0) {
    step.failed(`npm ci ended with ${code}`);
    throw new LauncherError(`npm packages could not be installed: ${reasonFrom(output)}.`);
  }
  try {
    await completeInstall(root, npm, step);
  } catch (error) {
    step.failed('incomplete');
    throw error;
  }
  step.done(`${before.total} unpacked`);
}

/**
 * `npm ci` empties the folder first: behind a link that would be the packages of another copy.
 *
 * @param {string} folder
 */
function refuseLink(folder) {
  if (lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink() !== true) return;
  throw new LauncherError(
    'node_modules is a link to a folder that others may use: remove the link and start again.',
  );
}

/**
 * @param {string} root
 * @param {{ node: string, script: string, offline?: boolean }} npm
 * @param {{ update(detail: string): void }} step
 */
async function completeInstall(root, npm, step) {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const { missing } = inspectPackages(root);
  for (const path of missing) {
    const entry = packages[path];
    const name = entry.name ?? path.slice(path.lastIndexOf('node_modules/') + 13);
    step.update(`adding ${name}`);
    const tarball = await fetchTarball({ npm, ...entry, package: name });
    unpackTarball(tarball, join(root, path));
  }
}

/** @param {string} path @param {Record<string, import('./lock-graph.mjs').LockEntry>} locked @param {string} record */
function sameVersion(path, locked, record) {
  const installed = parsedRecord(record)[path];
  // Absent from the record: added by ourselves after npm skipped it; its presence is checked apart.
  if (installed === undefined) return locked[path]?.optional === true;
  return (
    installed.version === locked[path]?.version && installed.integrity === locked[path]?.integrity
  );
}

let parsed = { text: '', packages: {} };

/** @param {string} record @returns {Record<string, import('./lock-graph.mjs').LockEntry>} */
function parsedRecord(record) {
  if (parsed.text !== record) parsed = { text: record, packages: packagesIn(record) };
  return parsed.packages;
}

/** @param {string} record */
function packagesIn(record) {
  try {
    return JSON.parse(record).packages ?? {};
  } catch {
    return {};
  }
}

/** @param {string} root */
function readRecord(root) {
  try {
    return readFileSync(join(root, 'node_modules', '.package-lock.json'), 'utf8');
  } catch {
    return null;
  }
}

/** @param {string} folder */
function namesIn(folder) {
  try {
    return readdirSync(folder)
      .filter((name) => name !== 'node_modules')
      .sort();
  } catch {
    return [];
  }
}
