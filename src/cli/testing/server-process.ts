import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';

const main = join(import.meta.dirname, '../main.ts');

/** A command that serves, as a process. */
export interface ServerProcess {
  readonly child: ChildProcess;
  readonly pid: number;
  /** Where it is reached; empty when it did not come up. */
  readonly url: string;
  out(): string;
  err(): string;
  /** Exit code and signal. */
  readonly ended: Promise<[number | null, string | null]>;
}

/**
 * The real server with its real children, as processes of the tests of one file. Without speech
 * parts, so that it runs anywhere. All are killed and their folders gone after each test.
 */
export function serverProcesses() {
  const running: ChildProcess[] = [];
  let folder = '';
  let cacheDir = ''; // shared: the first start fills it
  beforeAll(async () => {
    cacheDir = await mkdtemp(join(tmpdir(), 'switchboard-cache-'));
  });
  afterAll(() => rm(cacheDir, { recursive: true, force: true, maxRetries: 10 }));
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'switchboard-'));
  });
  afterEach(async () => {
    for (const child of running.splice(0)) child.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  });

  return {
    /** A folder of this test alone. */
    folder: () => folder,

    /** Starts and waits for the first line of the result, or for the end. */
    async start(
      env: Readonly<Record<string, string>> = {},
      args: readonly string[] = ['start'],
    ): Promise<ServerProcess> {
      const child = spawn(process.execPath, [main, ...args], {
        env: {
          ...process.env,
          PORT: '0',
          SWITCHBOARD_DATA_DIR: join(folder, 'data'),
          SWITCHBOARD_CACHE_DIR: cacheDir,
          LOG_LEVEL: 'silent',
          ...env,
        },
      });
      running.push(child);
      let out = '';
      let err = '';
      child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
      const ended = once(child, 'close') as Promise<[number | null, string | null]>; // what a child closes with
      await Promise.race([
        ended,
        new Promise<void>((resolve) =>
          child.stdout.on('data', (chunk: Buffer) => {
            out += chunk.toString();
            if (out.includes('Stop with')) resolve();
          }),
        ),
      ]);
      const url = /Ready: (\S+)/.exec(out)?.[1] ?? '';
      return { child, pid: child.pid ?? 0, url, out: () => out, err: () => err.trimEnd(), ended };
    },
  };
}
