import { messageOf, type Log } from '../lib/index.ts';
import { note } from './output.ts';

/** A stop that takes longer than this is cut short. */
const stopWithinMs = 15_000;

/**
 * Runs a long-lived process until it is asked to stop.
 *
 * The first SIGINT, SIGTERM or SIGHUP stops it in order and exits with 0; a second one, or a stop that
 * hangs, ends it at once with 1. The listeners stay for good: the Agents SDK has its own, which end
 * the process in their own way when they find themselves alone. An error nobody caught leaves the process in an unknown
 * state: it stops in order, with 1. A rejection nobody handled is a fault in one place, and logged.
 */
export function stopOnSignals(stop: () => Promise<void>, log: Log): void {
  let isStopping = false;

  async function end(exitCode: number): Promise<void> {
    isStopping = true;
    const overdue = setTimeout(() => {
      log.error('stopping took too long');
      process.exit(1);
    }, stopWithinMs);
    try {
      await stop();
      process.exitCode = exitCode;
    } catch (thrown) {
      log.error('stopping failed', { error: messageOf(thrown) });
      process.exitCode = 1;
    }
    clearTimeout(overdue);
    process.exit();
  }

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (isStopping) {
        note('Stopped at once.');
        process.exit(1);
      }
      note('Stopping. Live calls are told; once more to stop at once.');
      void end(0);
    });
  }
  process.on('unhandledRejection', (reason) => {
    log.error('unhandled rejection', { error: messageOf(reason) });
  });
  process.on('uncaughtException', (error) => {
    log.error('uncaught exception', { error: error.message, stack: error.stack });
    if (!isStopping) void end(1);
  });
}
