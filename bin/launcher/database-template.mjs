import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { runQuietly } from './child.mjs';
import { LauncherError, reasonFrom } from './launcher-error.mjs';

/**
 * Name of the folder with a fresh database that new data folders are copies of; the same as in
 * `src/store/embedded/template-folder.ts`.
 *
 * @param {string} root @param {string} cacheDir
 * @returns {string | null} `null` while it, or the package that makes it, is not there
 */
export function findDatabaseTemplate(root, cacheDir) {
  try {
    const manifest = join(root, 'node_modules', '@electric-sql', 'pglite', 'package.json');
    const name = `pglite-${JSON.parse(readFileSync(manifest, 'utf8')).version}`;
    return existsSync(join(cacheDir, name)) ? name : null;
  } catch {
    return null;
  }
}

/**
 * Sets up the fresh database: seconds of work that the first start would otherwise spend in silence.
 * It appears by a rename, so it is there whole or not at all.
 *
 * @param {{ root: string, cacheDir: string, runtime: string, progress: import('./progress.mjs').Progress, program?: string }} options
 *   `program`: makes it. @default the store's own
 * @throws {LauncherError} when it cannot be made; the server then tries it itself
 */
export async function makeDatabaseTemplate({ root, cacheDir, runtime, progress, program }) {
  const step = progress.step('database (a fresh one as a template, 40 MB)');
  const script = program ?? join(root, 'src', 'store', 'embedded', 'template.child.ts');
  const logFile = join(cacheDir, 'logs', 'database-template.log');
  const { code, output } = await runQuietly(runtime, [script, cacheDir], {
    cwd: root,
    logFile,
    node: true,
    timeoutMs: 180_000,
  });
  if (code !== 0 || findDatabaseTemplate(root, cacheDir) === null) {
    step.failed(`see ${relative(root, logFile)}`);
    throw new LauncherError(reasonFrom(output));
  }
  step.done();
}
