import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll } from 'vitest';
import { jsonLog } from '../../src/lib/json-log.ts';
import { openStore, type Store } from '../../src/store/index.ts';

const root = join(import.meta.dirname, '../..');

/** A server as a user starts it: a process of its own, with its own data folder. */
export interface TestLine extends AsyncDisposable {
  readonly url: string;
  readonly pid: number;
  /** Ends it the polite way and waits. */
  stop(): Promise<void>;
  /** Ends it as a power cut would: it and its children, at once. */
  kill(): Promise<void>;
}

/** Where a line keeps its data; removed at disposal. */
export interface TestFolder extends AsyncDisposable {
  readonly dataDir: string;
}

export async function testFolder(): Promise<TestFolder> {
  const dataDir = await mkdtemp(join(tmpdir(), 'switchboard-test-'));
  return {
    dataDir,
    [Symbol.asyncDispose]: () => rm(dataDir, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/** Starts `switchboard start` on a free port and waits until it takes calls. */
export async function startLine(options: {
  readonly dataDir: string;
  readonly env?: Readonly<Record<string, string>>;
}): Promise<TestLine> {
  const child = spawn(process.execPath, [join(root, 'src/cli/main.ts'), 'start'], {
    cwd: root,
    // A group of its own, so that `kill` reaches the children too.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      OPENAI_API_KEY: '',
      OPENAI_BASE_URL: '',
      PORT: '0',
      LOG_LEVEL: 'warn',
      SWITCHBOARD_DATA_DIR: options.dataDir,
      ...options.env,
    },
  });
  const url = await readyUrl(child);
  const pid = child.pid;
  if (pid === undefined) throw new Error('the server has no process id');
  const exited = once(child, 'exit');
  const signal = async (name: 'SIGTERM' | 'SIGKILL', target: number): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) process.kill(target, name);
    await exited;
  };
  return {
    url,
    pid,
    stop: () => signal('SIGTERM', pid),
    kill: () => signal('SIGKILL', -pid),
    [Symbol.asyncDispose]: () => signal('SIGTERM', pid),
  };
}

/** A line for the tests of a file, or of the `describe` it is asked for in: started before, stopped after. */
export function lineForTests(): TestLine & TestFolder {
  let folder: TestFolder;
  let line: TestLine;
  beforeAll(async () => {
    folder = await testFolder();
    line = await startLine(folder);
  });
  const end = async (): Promise<void> => {
    await line.stop();
    await folder[Symbol.asyncDispose]();
  };
  afterAll(end);
  return {
    get dataDir() {
      return folder.dataDir;
    },
    get url() {
      return line.url;
    },
    get pid() {
      return line.pid;
    },
    stop: () => line.stop(),
    kill: () => line.kill(),
    [Symbol.asyncDispose]: end,
  };
}

async function readyUrl(child: ChildProcess): Promise<string> {
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  }
  if (!child.stdout) throw new Error('the server has no output');
  for await (const text of createInterface({ input: child.stdout })) {
    const url = /^Ready: (http:\S+)/.exec(text)?.[1];
    if (url !== undefined) return url;
  }
  throw new Error(`the server did not become ready:\n${said.join('')}`);
}

/** Opens the database that a stopped line left behind. */
export async function openData(dataDir: string): Promise<Store> {
  return openStore({ dataDir, cacheDir: join(root, '.switchboard/cache'), log: jsonLog('warn') });
}
