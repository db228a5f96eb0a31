import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { inspectPackages, installPackages } from './packages.mjs';
import { createProgress } from './progress.mjs';

/** @type {string} */
let root;
const locked = {
  '': { dependencies: { a: '1.0.0' }, optionalDependencies: { o: '1.0.0' } },
  'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
  'node_modules/o': { version: '1.0.0', integrity: 'sha512-o', optional: true },
};
const write = (/** @type {string} */ path, /** @type {string} */ text) => {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), text);
};
const record = (/** @type {object} */ packages) =>
  write('node_modules/.package-lock.json', JSON.stringify({ packages }));

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'switchboard-test-'));
  write('package-lock.json', JSON.stringify({ packages: locked }));
  for (const name of ['a', 'o']) {
    write(`node_modules/${name}/package.json`, '{}');
    write(`node_modules/${name}/index.js`, '');
  }
  record(locked);
});

test('a complete install has no fault', () => {
  expect(inspectPackages(root)).toMatchObject({ fault: null, missing: [], total: 2 });
});

test('an install that was killed has no record of npm, and is not trusted', () => {
  rmSync(join(root, 'node_modules/.package-lock.json'));
  expect(inspectPackages(root).fault).toBe('not installed');
});

test('a record that is cut short is not trusted', () => {
  write('node_modules/.package-lock.json', '{"packages": {');
  expect(inspectPackages(root).fault).not.toBeNull();
});

test('another version than the locked one is noticed', () => {
  record({ ...locked, 'node_modules/a': { version: '0.9.0', integrity: 'sha512-b' } });
  expect(inspectPackages(root).fault).toBe('node_modules/a is not the locked version');
});

test('a package that is gone is noticed, an optional one too when this machine needs it', () => {
  rmSync(join(root, 'node_modules/o'), { recursive: true });
  expect(inspectPackages(root)).toMatchObject({
    fault: 'node_modules/o is missing',
    missing: ['node_modules/o'],
  });
});

test('an optional package that npm skipped and we added is no fault', () => {
  const { 'node_modules/o': _skipped, ...rest } = locked;
  record(rest);
  expect(inspectPackages(root).fault).toBeNull();
});

test('a file that vanished from a package since the stamp is noticed', () => {
  const known = inspectPackages(root);
  rmSync(join(root, 'node_modules/a/index.js'));
  expect(inspectPackages(root).fault).toBeNull(); // nobody knows what was there
  expect(inspectPackages(root, known).fault).toBe('files of node_modules/a are missing');
});

test('a file that a tool left in a package is no reason to install again', () => {
  const known = inspectPackages(root);
  write('node_modules/a/.cache', '');
  expect(inspectPackages(root, known).fault).toBeNull();
});

test('after a new npm install the old stamp says nothing about files', () => {
  const known = inspectPackages(root);
  record({ ...locked, extra: {} });
  rmSync(join(root, 'node_modules/a/index.js'));
  expect(inspectPackages(root, known).fault).toBeNull();
});

test('nothing is installed through a link, which would empty the folder behind it', async () => {
  const copy = mkdtempSync(join(tmpdir(), 'switchboard-test-'));
  writeFileSync(join(copy, 'package-lock.json'), JSON.stringify({ packages: locked }));
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  const installing = installPackages({
    root: copy,
    cacheDir: copy,
    npm: { node: process.execPath, script: 'none' },
    progress: createProgress({ stream: { write: () => true } }),
  });
  await expect(installing).rejects.toThrow('node_modules is a link');
  expect(existsSync(join(root, 'node_modules/a/index.js'))).toBe(true);
});
