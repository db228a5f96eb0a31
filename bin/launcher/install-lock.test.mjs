import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { takeInstallLock } from './install-lock.mjs';

/** @type {string} */
let path;
beforeEach(() => {
  path = join(mkdtempSync(join(tmpdir(), 'switchboard-test-')), 'install.lock');
});

function leftBy(/** @type {object} */ owner) {
  mkdirSync(path);
  writeFileSync(join(path, 'owner.json'), JSON.stringify(owner));
}
const gone = { pid: 2 ** 22 + 1, startedAt: '1' };

test('a second one waits until the first is done', async () => {
  const first = await takeInstallLock(path);
  const waited = Promise.withResolvers();
  let held = false;
  const second = takeInstallLock(path, { pollMs: 1, onWait: waited.resolve }).then((lock) => {
    held = true;
    return lock;
  });
  expect(await waited.promise).toBe(process.pid);
  expect(held).toBe(false);
  first.release();
  (await second).release();
  expect(existsSync(path)).toBe(false);
});

test('a dead owner is replaced', async () => {
  leftBy({ ...gone, child: null });
  (await takeInstallLock(path, { pollMs: 1 })).release();
});

test('an owner whose process number now belongs to another is replaced', async () => {
  leftBy({ pid: process.pid, startedAt: 'long ago', child: null });
  (await takeInstallLock(path, { pollMs: 1 })).release();
});

test('a lock without an owner that can be read is replaced', async () => {
  mkdirSync(path);
  writeFileSync(join(path, 'owner.json'), '{"pid":');
  (await takeInstallLock(path, { pollMs: 1 })).release();
});

test("the work that a dead owner left running is ended before the lock is another's", async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  await once(child, 'spawn');
  const ended = once(child, 'exit');
  const lock = await takeInstallLock(path);
  lock.childStarted(child.pid ?? 0);
  const { readFileSync } = await import('node:fs');
  const owner = JSON.parse(readFileSync(join(path, 'owner.json'), 'utf8'));
  lock.release();
  leftBy({ ...gone, child: owner.child });
  (await takeInstallLock(path, { pollMs: 1 })).release();
  expect(await ended).toEqual([null, 'SIGKILL']);
});
