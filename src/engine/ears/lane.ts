/**
 * Native calls that must not run side by side, because they share a language model that remembers what
 * it was asked last. A lane is also what keeps the heavy decoders from taking every thread there is.
 */
export interface Lane {
  /** Runs `work` when those before it are done; urgent work goes before what is not. */
  run<T>(work: () => Promise<T>, options: { readonly urgent: boolean }): Promise<T>;
}

/** @returns an empty lane. */
export function createLane(): Lane {
  const waiting: { readonly start: () => void; readonly urgent: boolean }[] = [];
  let busy = false;

  function next(): void {
    const first = Math.max(
      0,
      waiting.findIndex(({ urgent }) => urgent),
    );
    const [job] = waiting.splice(first, 1);
    busy = job !== undefined;
    job?.start();
  }

  return {
    async run(work, { urgent }) {
      if (busy) await new Promise<void>((start) => waiting.push({ start, urgent }));
      busy = true;
      try {
        return await work();
      } finally {
        next();
      }
    },
  };
}
