import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { consoleSourcesHash } from './console-build.mjs';

/** @type {string} */
let root;
const write = (/** @type {string} */ path, /** @type {string} */ text) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'switchboard-test-'));
  write('package-lock.json', '{}');
  write('src/protocol/api.ts', 'export {}');
  write('console/src/app.tsx', 'one');
  write('console/vite.config.ts', '');
});

test.each([
  ['a source of the page', 'console/src/app.tsx'],
  ['a wire schema', 'src/protocol/api.ts'],
  ['a dependency', 'package-lock.json'],
  ['a new file', 'console/public/icon.svg'],
])('%s changes: the page is built again', (_what, path) => {
  const before = consoleSourcesHash(root);
  write(path, 'two');
  expect(consoleSourcesHash(root)).not.toBe(before);
});

test.each(['console/src/app.test.tsx', 'console/dist/index.html', 'console/node_modules/x/i.js'])(
  '%s changes: the page is not built again',
  (path) => {
    const before = consoleSourcesHash(root);
    write(path, 'two');
    expect(consoleSourcesHash(root)).toBe(before);
  },
);

test('no page, nothing to build', () => {
  expect(consoleSourcesHash(mkdtempSync(join(tmpdir(), 'switchboard-test-')))).toBeNull();
});
