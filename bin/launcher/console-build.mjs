import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { runQuietly } from './child.mjs';
import { filesBelow } from './files-below.mjs';
import { sha256 } from './hash.mjs';
import { LauncherError, reasonFrom } from './launcher-error.mjs';

/**
 * Hash of everything the page is built from: the console's sources, the wire schemas it imports, and the lock file.
 *
 * @param {string} root
 * @returns {string | null} `null` when there is no page to build
 */
export function consoleSourcesHash(root) {
  const folder = join(root, 'console');
  if (!existsSync(join(folder, 'vite.config.ts'))) return null;
  const files = [
    ...filesBelow(folder, ['node_modules', 'dist']),
    ...filesBelow(join(root, 'src', 'protocol')),
  ]
    .filter((file) => !/\.test\.tsx?$/.test(file))
    .concat(join(root, 'package-lock.json'))
    .sort();
  return sha256(files.map((file) => `${relative(root, file)}\n${readFileSync(file)}`).join('\n'));
}

/** @param {string} root @returns {string | null} the hash that the built page was built from */
export function builtConsoleHash(root) {
  try {
    return readFileSync(markerOf(root), 'utf8');
  } catch {
    return null;
  }
}

/**
 * Builds the page. The marker with the sources' hash goes first and comes back last, so that a
 * build that was killed is not taken for a good one.
 *
 * @param {{ root: string, cacheDir: string, runtime: string, progress: import('./progress.mjs').Progress }} options
 * @throws {LauncherError} when the build fails
 */
export async function buildConsole({ root, cacheDir, runtime, progress }) {
  const step = progress.step('page (vite build)');
  const hash = consoleSourcesHash(root);
  const folder = join(root, 'console');
  rmSync(markerOf(root), { force: true });
  const vite = createRequire(join(folder, 'package.json')).resolve('vite/package.json');
  const logFile = join(cacheDir, 'logs', 'console-build.log');
  const { code, output } = await runQuietly(
    runtime,
    [join(dirname(vite), 'bin', 'vite.js'), 'build', '--logLevel', 'warn'],
    { cwd: folder, env: { ...process.env, NODE_ENV: 'production' }, logFile, node: true },
  );
  if (code !== 0 || !existsSync(join(folder, 'dist', 'index.html'))) {
    step.failed(`see ${relative(root, logFile)}`);
    throw new LauncherError(reasonFrom(output));
  }
  mkdirSync(dirname(markerOf(root)), { recursive: true });
  writeFileSync(markerOf(root), hash ?? '');
  step.done();
}

/** @param {string} root */
function markerOf(root) {
  return join(root, 'console', 'dist', '.sources');
}
