import { createRequire } from 'node:module';
import { join } from 'node:path';

/** Where a cache keeps the template of a fresh database: one for each version of PGlite. */
export function templateFolderIn(cacheDir: string): string {
  // PGlite does not export its package.json, so it is read from beside the entry point.
  const require = createRequire(import.meta.url);
  const manifest = join(require.resolve('@electric-sql/pglite'), '../../package.json');
  const { version } = require(manifest) as { version: string };
  return join(cacheDir, `pglite-${version}`);
}
