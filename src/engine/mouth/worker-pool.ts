import { SwitchboardError, messageOf, type Clock, type Log } from '../../lib/index.ts';
import type { SpeechJob, SpeechReply, Spoken } from './job.ts';

/** The part of a worker thread that the pool uses; `Worker` of `node:worker_threads` fits. */
export interface PoolWorker {
  postMessage(job: SpeechJob & { readonly id: number }): void;
  on(event: 'message', listener: (reply: SpeechReply) => void): unknown;
  on(event: 'error', listener: (error: unknown) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
  terminate(): Promise<unknown>;
}

/** Runs speech jobs on a fixed number of threads, the one that is needed first before the others. */
export interface WorkerPool extends AsyncDisposable {
  /**
   * @param options.dueMs when the caller will have heard all before it, on the pool's clock. The first
   * words of an answer are due at once and go before the rest of a longer one, which is heard later.
   * @param options.signal drops the job while it waits; once begun it runs to its end and the result is dropped.
   * @throws SwitchboardError speech_failed, or the signal's reason.
   */
  run(
    job: SpeechJob,
    options: { readonly dueMs: number; readonly signal: AbortSignal },
  ): Promise<Spoken>;
  /** Resolves when one thread can take work. @throws SwitchboardError speech_failed */
  ready(): Promise<void>;
}

/** What a {@link WorkerPool} is made of. */
export interface WorkerPoolOptions {
  readonly size: number;
  readonly start: () => PoolWorker;
  readonly clock: Clock;
  readonly log: Log;
  /** A thread that takes longer over one clause is stuck and replaced. @default 10000 */
  readonly jobTimeoutMs?: number;
}

interface Ticket {
  readonly dueMs: number;
  readonly job: SpeechJob;
  readonly resolve: (spoken: Spoken) => void;
  readonly reject: (reason: Error) => void;
}

interface Slot {
  readonly worker: PoolWorker;
  state:
    | { readonly name: 'starting' }
    | { readonly name: 'idle' }
    | {
        readonly name: 'busy';
        readonly id: number;
        readonly ticket: Ticket;
        readonly stop: () => void;
      };
}

/**
 * A thread that dies fails the one job it had and is replaced. One that dies before it was ready is
 * not replaced until the next job asks for it, so that a broken installation does not spin.
 */
export function createWorkerPool(options: WorkerPoolOptions): WorkerPool {
  const { size, start, clock, log, jobTimeoutMs = 10_000 } = options;
  let slots: Slot[] = [];
  let queue: Ticket[] = [];
  let lastId = 0;
  let closed = false;
  const readyWaiters: {
    readonly resolve: () => void;
    readonly reject: (reason: unknown) => void;
  }[] = [];

  function fill(): void {
    while (!closed && slots.length < size) addSlot();
  }

  function addSlot(): void {
    const worker = start();
    const slot: Slot = { worker, state: { name: 'starting' } };
    let lastError = 'its thread ended';
    slots.push(slot);
    worker.on('message', (reply) => receive(slot, reply));
    worker.on('error', (error) => {
      lastError = messageOf(error);
    });
    worker.on('exit', () => lose(slot, lastError));
  }

  function receive(slot: Slot, reply: SpeechReply): void {
    const { state } = slot;
    if (state.name === 'busy' && reply.id === state.id) {
      state.stop();
      if (reply.ok) state.ticket.resolve(reply.spoken);
      else state.ticket.reject(new SwitchboardError('speech_failed', reply.message));
    }
    slot.state = { name: 'idle' };
    for (const waiter of readyWaiters.splice(0)) waiter.resolve();
    assign();
  }

  function lose(slot: Slot, reason: string): void {
    if (!slots.includes(slot)) return;
    slots = slots.filter((other) => other !== slot);
    const { state } = slot;
    if (closed) return;
    log.warn('a speech thread died', { reason });
    const error = new SwitchboardError(
      'speech_failed',
      `The speech synthesiser failed: ${reason}.`,
    );
    if (state.name === 'busy') {
      state.stop();
      state.ticket.reject(error);
    }
    if (state.name !== 'starting') fill();
    else if (slots.length === 0) {
      for (const ticket of queue.splice(0)) ticket.reject(error);
      for (const waiter of readyWaiters.splice(0)) waiter.reject(error);
    }
  }

  function assign(): void {
    for (const slot of slots) {
      if (slot.state.name !== 'idle') continue;
      const ticket = queue.shift();
      if (!ticket) return;
      const id = ++lastId;
      const stop = clock.setTimer(jobTimeoutMs, () => {
        lose(slot, `no answer within ${jobTimeoutMs} ms`);
        void slot.worker.terminate();
      });
      slot.state = { name: 'busy', id, ticket, stop };
      slot.worker.postMessage({ ...ticket.job, id });
    }
  }

  fill();

  return {
    run(job, { dueMs, signal }) {
      if (signal.aborted) return Promise.reject(signal.reason as Error); // typed `any` by the platform
      if (closed) {
        return Promise.reject(
          new SwitchboardError('speech_failed', 'The speech synthesiser is closed.'),
        );
      }
      return new Promise<Spoken>((resolve, reject) => {
        const abort = (): void => {
          queue = queue.filter((other) => other !== ticket);
          reject(signal.reason as Error);
        };
        const done = (): void => signal.removeEventListener('abort', abort);
        const ticket: Ticket = {
          job,
          dueMs,
          resolve: (spoken) => {
            done();
            resolve(spoken);
          },
          reject: (reason) => {
            done();
            reject(reason);
          },
        };
        signal.addEventListener('abort', abort, { once: true });
        const behind = queue.findIndex((other) => other.dueMs > dueMs);
        queue.splice(behind < 0 ? queue.length : behind, 0, ticket);
        fill();
        assign();
      });
    },
    ready() {
      if (slots.some((slot) => slot.state.name !== 'starting')) return Promise.resolve();
      return new Promise((resolve, reject) => readyWaiters.push({ resolve, reject }));
    },
    async [Symbol.asyncDispose]() {
      if (closed) return;
      closed = true;
      const error = new SwitchboardError('speech_failed', 'The speech synthesiser was closed.');
      for (const ticket of queue.splice(0)) ticket.reject(error);
      for (const waiter of readyWaiters.splice(0)) waiter.reject(error);
      for (const { state } of slots) {
        if (state.name !== 'busy') continue;
        state.stop();
        state.ticket.reject(error);
      }
      await Promise.all(slots.map((slot) => slot.worker.terminate()));
    },
  };
}
