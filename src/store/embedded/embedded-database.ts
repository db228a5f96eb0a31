import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { SwitchboardError, type Clock, type Log } from '../../lib/index.ts';
import { isFolderHeldBy } from './folder-lock.ts';
import type { DatabaseProcessMessage, DatabaseProcessOptions } from './messages.ts';

/** Where the database listens at present. Both change when it is started anew. */
export interface DatabaseAddress {
  readonly port: number;
  readonly password: string;
}

/** The embedded Postgres, kept alive in a process of its own. */
export interface EmbeddedDatabase extends AsyncDisposable {
  /** `undefined` while it is down. */
  address(): DatabaseAddress | undefined;
  /** Whether what is written can be found again: it runs, and its folder has not been taken away. */
  isIntact(): Promise<boolean>;
  /** Of the process that runs now, for measuring. */
  pid(): number | undefined;
}

/** First wait before a restart; doubles up to {@link maxBackoffMs}, and starts over after a good start. */
const firstBackoffMs = 100;
const maxBackoffMs = 5000;
/** A process that has not closed in time after being asked is ended. */
const closeTimeoutMs = 5000;
/** A first start on a slow machine sets up a template; longer than this it is stuck. */
const startTimeoutMs = 60_000;

type State =
  | { readonly type: 'up'; readonly child: ChildProcess; readonly address: DatabaseAddress }
  | { readonly type: 'waiting'; readonly cancel: () => void }
  | { readonly type: 'starting' }
  | { readonly type: 'closed' };

/**
 * Starts the database process and restarts it whenever it ends.
 *
 * @param options.signal ends a first start that is no longer wanted, at any moment of it: what a
 *   killed start leaves behind, the next one puts right.
 * @throws SwitchboardError data_folder_locked or store_unavailable when the first start fails.
 */
export async function startEmbeddedDatabase(
  options: DatabaseProcessOptions & {
    readonly log: Log;
    readonly clock: Clock;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<EmbeddedDatabase> {
  const { log, clock, signal } = options;
  let state: State = { type: 'starting' };
  let backoffMs = firstBackoffMs;

  const up = ({ child, address }: Started): void => {
    state = { type: 'up', child, address };
    child.once('exit', (code, signal) => {
      if (state.type === 'closed') return;
      log.error('the database process ended; starting another', { code, signal });
      restartLater();
    });
  };

  const restartLater = (): void => {
    const cancel = clock.setTimer(backoffMs, () => {
      state = { type: 'starting' };
      startProcess(options).then(
        (started) => {
          if (state.type === 'closed') return void stopProcess(started.child);
          backoffMs = firstBackoffMs;
          log.info('the database is back', { pid: started.child.pid });
          up(started);
        },
        (thrown: unknown) => {
          if (state.type === 'closed') return;
          log.error('the database process did not start', { error: String(thrown) });
          restartLater();
        },
      );
    });
    backoffMs = Math.min(backoffMs * 2, maxBackoffMs);
    state = { type: 'waiting', cancel };
  };

  up(await startProcess(options, signal));
  return {
    address: () => (state.type === 'up' ? state.address : undefined),
    async isIntact() {
      const pid = state.type === 'up' ? state.child.pid : undefined;
      return pid !== undefined && isFolderHeldBy(options.dataDir, pid);
    },
    pid: () => (state.type === 'up' ? state.child.pid : undefined),
    async [Symbol.asyncDispose]() {
      const last = state;
      state = { type: 'closed' };
      if (last.type === 'waiting') last.cancel();
      if (last.type === 'up') await stopProcess(last.child);
    },
  };
}

/**
 * V8 compiles WebAssembly with its quick compiler only. Its optimising one takes half a second of
 * processor time and 550 MB at the start for Postgres, and our statements do not get faster by it.
 */
const execArgv = ['--liftoff-only', '--disable-warning=ExperimentalWarning'];

interface Started {
  readonly child: ChildProcess;
  readonly address: DatabaseAddress;
}

async function startProcess(
  options: DatabaseProcessOptions,
  signal?: AbortSignal,
): Promise<Started> {
  const { dataDir, templateFolder } = options;
  signal?.throwIfAborted();
  const child = fork(
    fileURLToPath(new URL('./database.child.ts', import.meta.url)),
    [JSON.stringify({ dataDir, templateFolder } satisfies DatabaseProcessOptions)],
    {
      execArgv,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    },
  );
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      fail(new SwitchboardError('store_unavailable', 'The database did not start in time.'));
    }, startTimeoutMs);
    const abort = (): void => {
      child.kill('SIGKILL');
      fail(signal?.reason as Error); // an abort reason is typed `any` by the platform
    };
    signal?.addEventListener('abort', abort, { once: true });
    const settle = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    };
    const fail = (error: Error): void => {
      settle();
      reject(error);
    };
    child.once('error', fail);
    child.once('exit', (code, signal) => {
      const how = signal ?? `code ${code}`;
      fail(new SwitchboardError('store_unavailable', `The database process ended (${how}).`));
    });
    // Our own process sends nothing else.
    child.once('message', (message: DatabaseProcessMessage) => {
      if (message.type === 'failed') {
        fail(new SwitchboardError(message.code, message.message));
        return;
      }
      settle();
      resolve({ child, address: { port: message.port, password: message.password } });
    });
  });
}

async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  if (child.connected) child.disconnect(); // it closes the database and ends
  const timer = setTimeout(() => child.kill('SIGKILL'), closeTimeoutMs);
  await exited;
  clearTimeout(timer);
}
