import { expect, test } from 'vitest';
import { wantedPackages } from './lock-graph.mjs';

const debian = /** @type {const} */ ({ os: 'linux', cpu: 'x64', libc: 'glibc' });

test('wants what root and workspaces reach, nearest copy first', () => {
  const packages = {
    '': { dependencies: { a: '1' }, devDependencies: { d: '1' } },
    page: { dependencies: { a: '2' } },
    'node_modules/page': { link: true, resolved: 'page' },
    'node_modules/a': { version: '1', dependencies: { b: '1' } },
    'page/node_modules/a': { version: '2' },
    'node_modules/b': { version: '1' },
    'node_modules/d': { version: '1', devDependencies: { never: '1' } },
    'node_modules/never': { version: '1' },
  };
  expect(wantedPackages({ packages }, debian)).toEqual([
    'node_modules/a',
    'node_modules/b',
    'node_modules/d',
    'page/node_modules/a',
  ]);
});

test('leaves out what is for other machines, and what only that would need', () => {
  const packages = {
    '': { optionalDependencies: { mac: '1', musl: '1', glibc: '1', notWindows: '1', odd: '1' } },
    'node_modules/mac': { os: ['darwin'], dependencies: { 'mac-only': '1' } },
    'node_modules/mac-only': {},
    'node_modules/musl': { os: ['linux'], libc: ['musl'] },
    'node_modules/glibc': { os: ['linux'], cpu: ['x64'], libc: ['glibc'] },
    'node_modules/notWindows': { os: ['!win32'] },
    'node_modules/odd': { os: 'linux', cpu: 'x64' },
  };
  expect(wantedPackages({ packages }, debian)).toEqual([
    'node_modules/glibc',
    'node_modules/notWindows',
    'node_modules/odd',
  ]);
});

test('peers count unless they are optional', () => {
  const packages = {
    '': { dependencies: { a: '1' } },
    'node_modules/a': {
      peerDependencies: { p: '1', q: '1' },
      peerDependenciesMeta: { q: { optional: true } },
    },
    'node_modules/p': {},
    'node_modules/q': {},
  };
  expect(wantedPackages({ packages }, debian)).toEqual(['node_modules/a', 'node_modules/p']);
});
