import type { Log } from './log.ts';
import { messageOf } from './errors.ts';

/** Starts background work that nobody awaits. A failure is logged, never an unhandled rejection. */
export type Spawn = (name: string, work: () => Promise<unknown>) => void;

/** @returns a {@link Spawn} that reports failures to `log`. */
export function supervised(log: Log): Spawn {
  return (name, work) => {
    void (async () => {
      try {
        await work();
      } catch (thrown) {
        log.error('background work failed', { work: name, error: messageOf(thrown) });
      }
    })();
  };
}
