import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { registryReachable } from './registry.mjs';

/** An npm that knows its settings and nothing else. */
function npmWith(/** @type {string[]} */ ...settings) {
  const script = join(mkdtempSync(join(tmpdir(), 'switchboard-test-')), 'npm-cli.js');
  writeFileSync(script, `process.stdout.write(${JSON.stringify(`${settings.join('\n')}\n`)})`);
  return { node: process.execPath, script };
}
const none = ['https-proxy=null', 'proxy=null'];

test('a registry that answers is reachable, one that refuses is not', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const npm = npmWith(`registry=http://127.0.0.1:${port}/`, ...none);
  expect(await registryReachable(npm, { env: {} })).toBe(true);
  await new Promise((resolve) => server.close(resolve));
  expect(await registryReachable(npm, { env: {} })).toBe(false);
});

test('behind a proxy npm finds out for itself', async () => {
  const npm = npmWith(
    'registry=http://127.0.0.1:1/',
    'https-proxy="http://proxy:3128/"',
    'proxy=null',
  );
  expect(await registryReachable(npm, { env: {} })).toBe(true);
  const plain = npmWith('registry=http://127.0.0.1:1/', ...none);
  expect(await registryReachable(plain, { env: { HTTPS_PROXY: 'http://proxy:3128' } })).toBe(true);
});
