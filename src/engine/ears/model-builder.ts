import { Worker } from 'node:worker_threads';
import { SwitchboardError, messageOf } from '../../lib/index.ts';
import type { Answers, Subject } from './language-model.ts';

/**
 * What the thread is asked. For a subject it writes `<id>.arpa` and `<id>.dict` into its folder, for a
 * general model only `<id>.dict`, with the words that the model expects most.
 */
export type ModelOrder =
  | { readonly id: string; readonly subject: Subject | Answers }
  | { readonly id: string; readonly generalModel: string; readonly words: number };

/** What it answers, for each order; `size` is in words. */
export type ModelReply =
  | { readonly id: string; readonly ok: true; readonly size: number }
  | { readonly id: string; readonly ok: false; readonly message: string };

/** What it is started with. */
export interface ModelThreadData {
  readonly folder: string;
  readonly dictionaryFile: string;
}

/** Builds language models on a thread of its own, because audio goes through this one. */
export interface ModelBuilder extends AsyncDisposable {
  /**
   * Resolves with the number of words once the files are written. One order at a time for one id.
   *
   * @throws SwitchboardError `speech_failed`; the next order starts a new thread.
   */
  build(order: ModelOrder): Promise<number>;
}

interface Ticket {
  readonly resolve: (size: number) => void;
  readonly reject: (reason: Error) => void;
}

/** Starts the thread at once; it ends with the builder. */
export function createModelBuilder(data: ModelThreadData): ModelBuilder {
  const open = new Map<string, Ticket>();
  let worker: Worker | null = start();

  function start(): Worker {
    // From source a TypeScript file, published JavaScript.
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    const file = new URL(`./language-model-worker.${extension}`, import.meta.url);
    const started = new Worker(file, { workerData: data, execArgv: [], name: 'language-model' });
    let reason = 'its thread ended';
    started.on('message', settle);
    started.on('error', (error) => {
      reason = messageOf(error);
    });
    started.on('exit', () => {
      if (worker !== started) return;
      worker = null;
      for (const ticket of open.values()) ticket.reject(failed(reason));
      open.clear();
    });
    return started;
  }

  function settle(reply: ModelReply): void {
    const ticket = open.get(reply.id);
    open.delete(reply.id);
    if (reply.ok) ticket?.resolve(reply.size);
    else ticket?.reject(failed(reply.message));
  }

  return {
    build(order) {
      worker ??= start();
      const running = worker;
      return new Promise((resolve, reject) => {
        open.set(order.id, { resolve, reject });
        running.postMessage(order);
      });
    },
    async [Symbol.asyncDispose]() {
      const running = worker;
      worker = null;
      for (const ticket of open.values()) ticket.reject(failed('the ears were closed'));
      open.clear();
      await running?.terminate();
    },
  };
}

function failed(reason: string): SwitchboardError {
  return new SwitchboardError('speech_failed', `A language model could not be built: ${reason}`);
}
