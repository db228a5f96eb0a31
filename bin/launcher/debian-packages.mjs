import { cpSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { runQuietly } from './child.mjs';
import { filesBelow } from './files-below.mjs';
import { LauncherError, reasonFrom } from './launcher-error.mjs';
import { packageOfLibrary } from './pins.mjs';

/** @typedef {{ update(detail: string): void }} Step */

/**
 * `apt-get install`, asking for fresh package lists only when the first try fails. Waits for another
 * apt instead of failing, and finishes what a killed one left half-configured.
 *
 * @param {readonly string[]} packages
 * @param {string} cacheDir for the log
 * @param {Step} step
 * @throws {LauncherError} when the packages cannot be installed
 */
export async function installWithApt(packages, cacheDir, step) {
  const logFile = join(cacheDir, 'logs', 'apt-install.log');
  const install = () =>
    runQuietly(
      'apt-get',
      ['install', '-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300', ...packages],
      { env: aptEnvironment, logFile, onOutput: (text) => step.update(lastLine(text)) },
    );
  const first = await install();
  if (first.code === 0) return;
  if (/dpkg --configure -a/.test(first.output)) {
    step.update('finishing an interrupted installation');
    await runQuietly('dpkg', ['--configure', '-a'], { env: aptEnvironment });
  } else {
    step.update('apt-get update');
    await runQuietly('apt-get', ['update', ...impatient], { env: aptEnvironment });
  }
  const second = await install();
  if (second.code !== 0) throw new LauncherError(reasonFrom(second.output));
}

/**
 * Downloads packages as any user and unpacks them, with what the loader does not find elsewhere.
 * `folder` appears whole or not at all; its `lib` folder holds every library flat.
 *
 * @param {{ packages: readonly string[], library: string, modelDir: string }} pin
 * @param {string} folder
 * @param {Step} step
 * @throws {LauncherError} when a package cannot be had
 */
export async function unpackFromApt(pin, folder, step) {
  const unfinished = `${folder}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(join(unfinished, 'debs'), { recursive: true });
  mkdirSync(join(unfinished, 'lib'));
  const apt = { options: /** @type {string[]} */ ([]) };
  const fetched = new Set();
  for (let wanted = [...pin.packages]; wanted.length > 0;) {
    step.update(`downloading ${wanted.join(', ')}`);
    await download(wanted, unfinished, apt, step);
    for (const name of wanted) fetched.add(name);
    await unpackAll(unfinished);
    flattenLibraries(join(unfinished, 'usr'), join(unfinished, 'lib'));
    const missing = await missingLibraries(join(unfinished, 'lib'), pin.library);
    wanted = packagesFor(missing).filter((name) => !fetched.has(name));
    if (wanted.length === 0 && missing.length > 0) {
      throw new LauncherError(`no package is known for ${missing.join(', ')}`);
    }
  }
  for (const used of ['debs', 'apt']) {
    rmSync(join(unfinished, used), { recursive: true, force: true });
  }
  rmSync(folder, { recursive: true, force: true });
  renameSync(unfinished, folder);
}

/** @param {readonly string[]} libraries sonames @returns {string[]} the packages that bring them */
export function packagesFor(libraries) {
  const known = /** @type {Record<string, string>} */ (packageOfLibrary);
  return [...new Set(libraries.flatMap((soname) => known[soname] ?? []))];
}

/** @param {string} ldd what `ldd` printed @returns {string[]} the sonames it did not find */
export function notFoundIn(ldd) {
  return [...ldd.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1] ?? '');
}

const aptEnvironment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' };
const impatient = ['-o', 'Acquire::Retries=1', '-o', 'Acquire::http::Timeout=20'];

/** @param {string[]} names @param {string} folder @param {{ options: string[] }} apt @param {Step} step */
async function download(names, folder, apt, step) {
  const cwd = join(folder, 'debs');
  const attempt = () =>
    runQuietly('apt-get', ['download', ...impatient, ...apt.options, ...names], {
      cwd,
      env: aptEnvironment,
    });
  if ((await attempt()).code === 0) return;
  // No or old package lists, and only root may renew the system's: use lists of our own.
  step.update('apt-get update');
  if (apt.options.length === 0) apt.options = privateLists(join(folder, 'apt'));
  await runQuietly('apt-get', ['update', ...impatient, ...apt.options], { env: aptEnvironment });
  const { code, output } = await attempt();
  if (code !== 0) throw new LauncherError(reasonFrom(output));
}

/** @param {string} folder */
function privateLists(folder) {
  mkdirSync(join(folder, 'lists', 'partial'), { recursive: true });
  mkdirSync(join(folder, 'archives', 'partial'), { recursive: true });
  writeFileSync(join(folder, 'empty'), '');
  return ['-o', `Dir::State::Lists=${folder}/lists`, '-o', `Dir::Cache=${folder}`]
    .concat(['-o', 'APT::Sandbox::User='])
    .concat(['-o', 'APT::Update::Post-Invoke-Success::=', '-o', 'APT::Update::Post-Invoke::=']);
}

/** @param {string} folder */
async function unpackAll(folder) {
  for (const name of readdirSync(join(folder, 'debs')).filter((file) => file.endsWith('.deb'))) {
    const { code, output } = await runQuietly('dpkg', ['-x', join(folder, 'debs', name), folder]);
    if (code !== 0) throw new LauncherError(`${name}: ${reasonFrom(output)}`);
    rmSync(join(folder, 'debs', name));
  }
}

/** Debian finds BLAS through links that installing makes; unpacked, the libraries go into one folder. */
function flattenLibraries(/** @type {string} */ from, /** @type {string} */ to) {
  for (const path of filesBelow(from)) {
    if (!/\.so(\.\d+)+$/.test(path)) continue;
    cpSync(path, join(to, basename(path)), { dereference: true, force: true });
  }
}

/** @param {string} folder @param {string} library */
async function missingLibraries(folder, library) {
  const { output } = await runQuietly('ldd', [join(folder, library)], {
    env: { ...process.env, LD_LIBRARY_PATH: folder, LC_ALL: 'C' },
  });
  return notFoundIn(output);
}

/** @param {string} text */
function lastLine(text) {
  return text.trim().split('\n').at(-1)?.slice(0, 70) ?? '';
}
