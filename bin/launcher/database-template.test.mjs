import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { findDatabaseTemplate, makeDatabaseTemplate } from './database-template.mjs';
import { LauncherError } from './launcher-error.mjs';
import { createProgress } from './progress.mjs';

const progress = createProgress({ stream: { write: () => true } });

/** @type {string} */
let root;
/** @type {string} */
let cacheDir;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'switchboard-test-'));
  cacheDir = join(root, 'cache');
  const folder = join(root, 'node_modules/@electric-sql/pglite');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"version":"1.2.3"}');
});

/** Runs a program that makes the folder `name` in the cache, and ends with `code`. */
function making(/** @type {string} */ name, code = 0) {
  const program = join(root, 'make.cjs');
  const path = `require('node:path').join(process.argv[2], ${JSON.stringify(name)})`;
  writeFileSync(
    program,
    `require('node:fs').mkdirSync(${path}, { recursive: true }); console.error('no space'); process.exit(${code})`,
  );
  return makeDatabaseTemplate({ root, cacheDir, runtime: process.execPath, progress, program });
}

test('is missing until it was made for the version of the package that is installed', async () => {
  expect(findDatabaseTemplate(root, cacheDir)).toBeNull();
  mkdirSync(join(cacheDir, 'pglite-1.2.2'), { recursive: true });
  mkdirSync(join(cacheDir, 'pglite-1.2.3.draft-abc'));
  expect(findDatabaseTemplate(root, cacheDir)).toBeNull();
  await making('pglite-1.2.3');
  expect(findDatabaseTemplate(root, cacheDir)).toBe('pglite-1.2.3');
});

test('is missing while the packages are', () => {
  expect(findDatabaseTemplate(join(root, 'elsewhere'), cacheDir)).toBeNull();
});

test('one that could not be made is told with its reason', async () => {
  await expect(making('pglite-1.2.3', 1)).rejects.toThrow(LauncherError);
  await expect(making('pglite-1.2.3', 1)).rejects.toThrow('no space');
});

test('a program that makes another one has not made it', async () => {
  await expect(making('pglite-9.9.9')).rejects.toThrow(LauncherError);
});
