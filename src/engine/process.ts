import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  SwitchboardError,
  systemClock,
  type Clock,
  type ErrorCode,
  type Log,
} from '../lib/index.ts';
import { ownChoices, writeChoices, type EngineChoices } from './choices.ts';

/** What an engine process tells its parent. */
export type EngineMessage =
  | {
      readonly type: 'ready';
      readonly url: string;
      readonly hearing: Hearing;
      /** From the start of the process's code to listening. */
      readonly startMs: number;
    }
  | { readonly type: 'failed'; readonly code: ErrorCode; readonly message: string };

/** Whether the engine can hear; if not, why and what to do. */
export interface Hearing {
  readonly available: boolean;
  readonly note?: string;
}

/** Where an engine serves, and with which key. */
export interface EngineAddress {
  readonly kind: 'embedded';
  /** WebSocket address without the model. */
  readonly url: string;
  readonly apiKey: string;
  readonly model: string;
}

/** An engine in a child process that is started again whenever it dies. */
export interface EngineProcess extends AsyncDisposable {
  /** `starting` also while it is coming back; `down` between two attempts and after disposal. */
  state(): 'starting' | 'ready' | 'down';
  /** Null unless ready. A new one after each restart. */
  endpoint(): EngineAddress | null;
  hearing(): Hearing;
  /** Why the last child did not start, in its own words; null when it did or said nothing. */
  failure(): SwitchboardError | null;
  /** Process id of the child, for tests and diagnostics. */
  pid(): number | null;
  /**
   * Resolves when the engine is ready; also for a restart.
   *
   * @throws the signal's reason when aborted first
   */
  ready(signal?: AbortSignal): Promise<EngineAddress>;
  /** Told each time a child ends unasked. Returns its unsubscribe. */
  onExit(
    listener: (exit: { readonly code: number | null; readonly signal: string | null }) => void,
  ): () => void;
}

export interface EngineProcessOptions {
  /** Where the launcher keeps models and `assets.json`. */
  readonly cacheDir: string;
  readonly log: Log;
  /** @default what comes along */
  readonly choices?: EngineChoices;
  /** Ends the engine for good. */
  readonly signal?: AbortSignal;
  /** @default the machine's clock */
  readonly clock?: Clock;
  /** Where to serve, and the key to ask for. @default a free port on 127.0.0.1 and a random key for each child */
  readonly serve?: { readonly host: string; readonly port: number; readonly apiKey: string };
  /** Program of the child. @default the engine's own entry */
  readonly entry?: URL;
}

/** Name of the embedded model, as trails and the page show it. */
export const embeddedModel = 'offline';

const firstBackoffMs = 100;
const longestBackoffMs = 5_000;
/** A child that lived this long was not a failed start. */
const settledMs = 10_000;
const stopTimeoutMs = 2_000;
/** Native speech calls run on this pool. */
const threadPoolSize = '8';

type State =
  | { readonly name: 'starting'; readonly child: ChildProcess }
  | { readonly name: 'ready'; readonly child: ChildProcess; readonly address: EngineAddress }
  | { readonly name: 'down'; readonly cancelRestart: () => void }
  | { readonly name: 'disposed' };

/**
 * Starts the embedded engine. Returns at once; its death never is the caller's.
 */
export function startEngineProcess(options: EngineProcessOptions): EngineProcess {
  const { log, clock = systemClock } = options;
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const entry = fileURLToPath(
    options.entry ?? new URL(`./main.child.${extension}`, import.meta.url),
  );
  const exits = new Set<Parameters<EngineProcess['onExit']>[0]>();
  const waiters = new Set<(address: EngineAddress) => void>();
  let backoffMs = firstBackoffMs;
  let hearing: Hearing = { available: false, note: 'The engine is starting.' };
  let failure: SwitchboardError | null = null;
  let hasServed = false;
  let state: State = launch();

  function launch(): State {
    const apiKey = options.serve?.apiKey ?? randomBytes(24).toString('base64url');
    const startedMs = clock.monotonicMs();
    const child = fork(entry, [], {
      env: {
        ...process.env,
        UV_THREADPOOL_SIZE: threadPoolSize,
        // Saves the better part of a second at each start but the first.
        NODE_COMPILE_CACHE: join(options.cacheDir, 'compiled'),
        SWITCHBOARD_ENGINE_CACHE: options.cacheDir,
        SWITCHBOARD_ENGINE_CHOICES: writeChoices(options.choices ?? ownChoices),
        SWITCHBOARD_ENGINE_KEY: apiKey,
        SWITCHBOARD_ENGINE_HOST: options.serve?.host ?? '127.0.0.1',
        SWITCHBOARD_ENGINE_PORT: String(options.serve?.port ?? 0),
      },
      execArgv: [],
      // Native speech code writes to standard output; nobody reads it.
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    // Written by our own entry, in exactly this shape.
    child.on('message', (message) => onMessage(child, apiKey, message as EngineMessage));
    child.on('error', (error) => log.error('the engine process failed', { error: error.message }));
    child.once('exit', (code, signal) => onExit(child, { code, signal, startedMs }));
    return { name: 'starting', child };
  }

  function onMessage(child: ChildProcess, apiKey: string, message: EngineMessage): void {
    if (state.name !== 'starting' || state.child !== child) return;
    if (message.type === 'failed') {
      failure = new SwitchboardError(message.code, message.message);
      return; // its exit follows
    }
    const { url, startMs } = message;
    failure = null;
    hasServed = true;
    hearing = message.hearing;
    const address: EngineAddress = { kind: 'embedded', url, apiKey, model: embeddedModel };
    state = { name: 'ready', child, address };
    log.info('the engine is ready', { url, startMs, hearing: hearing.available });
    for (const resolve of waiters) resolve(address);
    waiters.clear();
  }

  function onExit(
    child: ChildProcess,
    exit: {
      readonly code: number | null;
      readonly signal: string | null;
      readonly startedMs: number;
    },
  ): void {
    if (state.name === 'disposed' || state.name === 'down' || state.child !== child) return;
    if (clock.monotonicMs() - exit.startedMs >= settledMs) backoffMs = firstBackoffMs;
    const waitMs = backoffMs;
    backoffMs = Math.min(longestBackoffMs, backoffMs * 2);
    // Whoever waits for the first start says aloud that it fails; said twice is not clearer.
    const level = hasServed ? 'error' : 'info';
    log[level]('the engine process ended; starting another', { ...exit, waitMs });
    const cancelRestart = clock.setTimer(waitMs, () => {
      state = launch();
    });
    state = { name: 'down', cancelRestart };
    for (const listener of exits) listener({ code: exit.code, signal: exit.signal });
  }

  let disposal: Promise<void> | null = null;
  function dispose(): Promise<void> {
    disposal ??= end();
    return disposal;
  }

  async function end(): Promise<void> {
    const last = state;
    state = { name: 'disposed' };
    if (last.name === 'down') last.cancelRestart();
    if (last.name === 'down' || last.name === 'disposed') return;
    const { child } = last;
    if (child.exitCode !== null || child.signalCode !== null) return;
    await new Promise<void>((resolve) => {
      const giveUp = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs);
      child.once('exit', () => {
        clearTimeout(giveUp);
        resolve();
      });
      child.kill('SIGTERM');
    });
  }

  const stop = (): void => void dispose(); // never rejects
  if (options.signal?.aborted) stop();
  else options.signal?.addEventListener('abort', stop, { once: true });

  return {
    state: () => (state.name === 'disposed' ? 'down' : state.name),
    endpoint: () => (state.name === 'ready' ? state.address : null),
    hearing: () => hearing,
    failure: () => failure,
    pid: () =>
      state.name === 'starting' || state.name === 'ready' ? (state.child.pid ?? null) : null,
    ready(signal) {
      if (state.name === 'ready') return Promise.resolve(state.address);
      return new Promise((resolve, reject) => {
        const abort = (): void => {
          waiters.delete(done);
          reject(signal?.reason as Error); // an abort reason is typed `any` by the platform
        };
        const done = (address: EngineAddress): void => {
          signal?.removeEventListener('abort', abort);
          resolve(address);
        };
        if (signal?.aborted) {
          abort();
          return;
        }
        signal?.addEventListener('abort', abort, { once: true });
        waiters.add(done);
      });
    },
    onExit(listener) {
      exits.add(listener);
      return () => exits.delete(listener);
    },
    async [Symbol.asyncDispose]() {
      options.signal?.removeEventListener('abort', stop);
      await dispose();
    },
  };
}
