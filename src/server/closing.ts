import { messageOf, withDeadline, type Log } from '../lib/index.ts';
import type { Part } from './readiness.ts';

/** Time each part gets to close; one that is still starting has to come up first. */
const partClosesWithinMs = 5_000;

/** Closes a part, also one that only comes up while the server stops. */
export function closePart(name: string, part: Part<AsyncDisposable>, log: Log): Promise<void> {
  const close = async (): Promise<void> => {
    const value = await part.started.catch(() => null); // never came up: it cleaned up itself
    await value?.[Symbol.asyncDispose]();
  };
  return closeInTime(name, close, log);
}

/** Closes something. What fails, or takes too long, is said and left behind. */
export async function closeInTime(
  name: string,
  close: () => Promise<unknown>,
  log: Log,
): Promise<void> {
  try {
    await withDeadline(close, {
      timeoutMs: partClosesWithinMs,
      onTimeout: () => new Error(`not closed within ${partClosesWithinMs} ms`),
    });
  } catch (thrown) {
    log.error('part did not close', { part: name, error: messageOf(thrown) });
  }
}

/** The same, done once however often it is asked for. */
export function once(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => (running ??= run());
}
