/** Runs work that is needed at different times, so much at once. */
export interface DueQueue {
  /**
   * @param options.dueMs smaller is sooner; equal ones keep their order
   * @param options.signal drops work that waits. What runs goes on, and its result is dropped.
   */
  run<T>(
    work: () => Promise<T>,
    options: { readonly dueMs: number; readonly signal: AbortSignal },
  ): Promise<T>;
  /** Resolves when nothing runs any more. */
  settled(): Promise<void>;
}

/** @param atOnce how much may run at the same time */
export function createDueQueue(atOnce: number): DueQueue {
  const waiting: { readonly dueMs: number; readonly start: () => void }[] = [];
  const running = new Set<Promise<unknown>>();

  function next(): void {
    while (running.size < atOnce) {
      const entry = waiting.shift();
      if (!entry) return;
      entry.start();
    }
  }

  return {
    run<T>(
      work: () => Promise<T>,
      { dueMs, signal }: { readonly dueMs: number; readonly signal: AbortSignal },
    ) {
      const result = Promise.withResolvers<T>();
      const abort = (): void => {
        const at = waiting.indexOf(entry);
        if (at >= 0) waiting.splice(at, 1);
        result.reject(signal.reason);
      };
      const entry = {
        dueMs,
        start: () => {
          const done = work().then(result.resolve, result.reject);
          running.add(done);
          void done.finally(() => {
            signal.removeEventListener('abort', abort);
            running.delete(done);
            next();
          });
        },
      };
      if (signal.aborted) abort();
      else {
        signal.addEventListener('abort', abort, { once: true });
        const behind = waiting.findIndex((other) => other.dueMs > dueMs);
        waiting.splice(behind < 0 ? waiting.length : behind, 0, entry);
        next();
      }
      return result.promise;
    },
    async settled() {
      await Promise.allSettled(running);
    },
  };
}
