import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { silentLog } from '../lib/index.ts';
import type { TrailEvent } from '../protocol/index.ts';
import { openStore } from './open-store.ts';
import { temporaryFolder, testCacheDir, testEvent } from './testing/fixtures.ts';

// These wait for real processes: what is looked at is what the operating system does at their end.

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder[Symbol.dispose]());

const open = () => openStore({ dataDir: folder.path, cacheDir: testCacheDir, log: silentLog });

/** Runs the writer until it has had `count` events acknowledged. */
async function writerAt(count: number) {
  const writer = spawn(
    process.execPath,
    [fileURLToPath(new URL('./testing/endless-writer.child.ts', import.meta.url)), folder.path],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const exited = new Promise((resolve) => writer.once('exit', resolve));
  const lines: string[] = [];
  let rest = '';
  const reached = new Promise<void>((resolve) => {
    writer.stdout.on('data', (bytes: Buffer) => {
      const pieces = (rest + bytes.toString()).split('\n');
      rest = pieces.pop() ?? '';
      lines.push(...pieces);
      if (lines.length > count) resolve();
    });
  });
  await Promise.race([reached, exited]);
  return {
    pid: writer.pid!, // it has written, so it runs
    databasePid: Number(lines[0]?.split(' ')[1]),
    exited,
    acknowledged: () => Number(lines.at(-1)),
  };
}

async function expectAllKept(acknowledged: number): Promise<void> {
  expect(acknowledged).toBeGreaterThanOrEqual(20);
  const store = await open();
  try {
    const written = await store.trail.read('call_1');
    expect(written.at(-1)?.type).toBe('call.ended'); // by the start that found it cut off
    const seqs = written.slice(0, -1).map((event) => event.seq);
    // One more may have been written whose acknowledgement was lost; none may be missing.
    expect(seqs).toEqual(Array.from({ length: seqs.length }, (_, index) => index + 1));
    expect(seqs.length).toBeGreaterThanOrEqual(acknowledged);
    expect(seqs.length).toBeLessThanOrEqual(acknowledged + 1);
  } finally {
    await store[Symbol.asyncDispose]();
  }
}

vi.setConfig({ testTimeout: 90_000 });

it('has everything it acknowledged after server and database were killed', async () => {
  const writer = await writerAt(20);
  process.kill(writer.databasePid, 'SIGKILL');
  process.kill(writer.pid, 'SIGKILL');
  await writer.exited;
  await expectAllKept(writer.acknowledged());
});

it('has everything it acknowledged after the server was killed, and the database ends by itself', async () => {
  const writer = await writerAt(20);
  process.kill(writer.pid, 'SIGKILL');
  await writer.exited;
  await expectAllKept(writer.acknowledged()); // opens only because the folder was let go
  // It has ended by now, but its id is only free once the system's first process has taken note.
  const isGone = () => expect(() => process.kill(writer.databasePid, 0)).toThrow('ESRCH');
  await vi.waitFor(isGone, { timeout: 30_000, interval: 50 });
});

it('fails clearly while the database is down, starts it again and goes on', async () => {
  const store = await open();
  try {
    await store.trail.append([testEvent('call_1', 1)]);
    const pid = store.databasePid();
    process.kill(pid!, 'SIGKILL');
    const failed = store.trail.append([testEvent('call_1', 2)]);
    await expect(failed).rejects.toMatchObject({ code: 'store_unavailable', retryable: true });
    while (store.state() === 'down' || store.databasePid() === pid) await sleep(50);
    await store.trail.append([testEvent('call_1', 2)]);
    expect(await store.trail.read('call_1')).toEqual([
      testEvent('call_1', 1),
      testEvent('call_1', 2),
    ]);
  } finally {
    await store[Symbol.asyncDispose]();
  }
});

it('refuses a data folder that another process holds, in one line that says what to do', async () => {
  const store = await open();
  try {
    const refused = await open().then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(refused).toMatchObject({ code: 'data_folder_locked' });
    const { message } = refused as Error;
    expect(message).toContain(folder.path);
    expect(message).toContain(`process ${store.databasePid()}`);
    expect(message).not.toContain('\n');
    await store.trail.append([testEvent('call_1', 1)]); // the first one is not disturbed
  } finally {
    await store[Symbol.asyncDispose]();
  }
  const next = await open();
  await next[Symbol.asyncDispose]();
});

it('leaves at once, with nothing behind, a start that is no longer wanted', async () => {
  const controller = new AbortController();
  const reason = new Error('not wanted');
  const opening = openStore({
    dataDir: folder.path,
    cacheDir: testCacheDir,
    log: silentLog,
    signal: controller.signal,
  });
  controller.abort(reason); // the process is being started
  await expect(opening).rejects.toBe(reason);
  await (await open())[Symbol.asyncDispose](); // the folder is free, and whole
});

it('F11: ends a call that was cut off by a kill at the next start, once, and leaves the others alone', async () => {
  let store = await open();
  await store.trail.append([testEvent('call_cut', 1), testEvent('call_cut', 2)]);
  const over: TrailEvent = {
    ...testEvent('call_over', 1),
    seq: 2,
    type: 'call.ended',
    reason: 'agent_ended',
  };
  await store.trail.append([testEvent('call_over', 1), over]);
  await store[Symbol.asyncDispose](); // to the trail the same as a kill: nobody ended the call
  for (let start = 1; start <= 2; start += 1) {
    store = await open();
    try {
      expect(await store.trail.read('call_cut', { afterSeq: 2 })).toMatchObject([
        { type: 'call.ended', seq: 3, reason: 'server_stopped', elapsedMs: 2 },
      ]);
      expect(await store.trail.read('call_over')).toHaveLength(2);
      const listed = await store.trail.listCalls({ limit: 10 });
      expect(listed.map(({ endReason }) => endReason).sort()).toEqual([
        'agent_ended',
        'server_stopped',
      ]);
    } finally {
      await store[Symbol.asyncDispose]();
    }
  }
});
