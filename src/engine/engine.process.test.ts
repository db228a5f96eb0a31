import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { silentLog } from '../lib/index.ts';
import { ownChoices } from './choices.ts';
import { startEngineProcess, type EngineProcess } from './process.ts';
import { connectClient } from './testing/realtime-client.ts';

let engine: EngineProcess | undefined;

afterEach(async () => {
  await engine?.[Symbol.asyncDispose]();
});

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

it('serves speech without ears to so many as was chosen, and is there again after it was killed', async () => {
  const cacheDir = mkdtempSync(join(tmpdir(), 'engine-'));
  const choices = { ...ownChoices, maxSessions: 1 };
  engine = startEngineProcess({ cacheDir, choices, log: silentLog });
  expect(engine.state()).toBe('starting');
  expect(engine.endpoint()).toBeNull();
  const first = await engine.ready();
  expect(engine.hearing()).toMatchObject({ available: false });
  expect(engine.hearing().note).toContain('npm start');

  const client = await connectClient(first.url, first.apiKey);
  await expect(connectClient(first.url, first.apiKey)).rejects.toThrow('503');
  client.send({ type: 'response.create', response: { instructions: 'Say hello.' } });
  const { response } = await client.next('response.done');
  expect(response.status).toBe('completed');

  const pid = engine.pid() ?? expect.fail('no process');
  const exit = new Promise((resolve) => engine?.onExit(resolve));
  process.kill(pid, 'SIGKILL');
  expect(await exit).toEqual({ code: null, signal: 'SIGKILL' });
  expect(engine.state()).toBe('down');
  expect(engine.endpoint()).toBeNull();
  expect(await client.closed).toBe(1006);

  const second = await engine.ready();
  expect(second.apiKey).not.toBe(first.apiKey);
  const again = await connectClient(second.url, second.apiKey);
  await again.next('session.created');

  const newPid = engine.pid() ?? expect.fail('no process');
  await engine[Symbol.asyncDispose]();
  expect(isAlive(newPid)).toBe(false);
  expect(engine.state()).toBe('down');
});

it('keeps trying when the child cannot start, each time later', async () => {
  const waits: number[] = [];
  engine = startEngineProcess({
    cacheDir: tmpdir(),
    log: silentLog,
    entry: new URL('./testing/exits-at-once.child.ts', import.meta.url),
    clock: {
      nowMs: Date.now,
      monotonicMs: () => performance.now(),
      setTimer(delayMs, task) {
        waits.push(delayMs);
        if (waits.length < 3) setImmediate(task);
        return () => undefined;
      },
    },
  });
  while (waits.length < 3) await new Promise((resolve) => engine?.onExit(resolve));
  expect(waits).toEqual([100, 200, 400]);
  expect(engine.state()).toBe('down');
});

it('ends with its signal', async () => {
  const controller = new AbortController();
  engine = startEngineProcess({ cacheDir: tmpdir(), log: silentLog, signal: controller.signal });
  const pid = engine.pid() ?? expect.fail('no process');
  controller.abort();
  await engine[Symbol.asyncDispose]();
  expect(engine.state()).toBe('down');
  expect(isAlive(pid)).toBe(false);
});

it('goes when its parent is gone', async () => {
  const parent = fork(new URL('./testing/dies-when-ready.child.ts', import.meta.url), {
    execArgv: [],
  });
  const [pid] = (await once(parent, 'message')) as [number]; // what the child program sends
  expect(isAlive(pid)).toBe(true);
  await once(parent, 'exit');
  while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 10));
});
