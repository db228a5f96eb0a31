/**
 * Runs `work` with a signal that aborts after `timeoutMs` or with the parent, whichever is first.
 *
 * The work itself is told to stop, so a timeout never leaves it running unseen; work that ignores
 * its signal is abandoned, and the caller still gets an answer in time.
 *
 * @throws the value `onTimeout` makes when time is up, the parent's reason when the parent aborts,
 *   or whatever `work` throws.
 */
export async function withDeadline<T>(
  work: (signal: AbortSignal) => Promise<T>,
  options: {
    readonly timeoutMs: number;
    readonly signal?: AbortSignal;
    readonly onTimeout: () => Error;
  },
): Promise<T> {
  const controller = new AbortController();
  const { signal } = controller;
  const timer = setTimeout(() => controller.abort(options.onTimeout()), options.timeoutMs);
  const follow = (): void => controller.abort(options.signal?.reason);
  options.signal?.addEventListener('abort', follow, { once: true });
  if (options.signal?.aborted) follow();
  const aborted = new Promise<never>((_resolve, reject) => {
    const fail = (): void => reject(signal.reason as Error); // an abort reason is typed `any` by the platform
    if (signal.aborted) fail();
    else signal.addEventListener('abort', fail, { once: true });
  });
  try {
    return await Promise.race([work(signal), aborted]);
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', follow);
    aborted.catch(() => undefined); // already reported through the race, or no longer of interest
  }
}
