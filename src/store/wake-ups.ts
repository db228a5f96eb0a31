import type { Pool } from 'pg';
import type { WakeUps } from '../call/ports.ts';
import { messageOf, type Log } from '../lib/index.ts';
import { unavailable } from './failure.ts';

/** Postgres schema of the job queue: it is pg-boss's own, and so are its migrations. */
const schema = 'jobs';
const queue = 'dial';
/** A look at a job asks a carrier at most; one that takes longer is taken for dead and done again. */
const expireInSeconds = 120;
/** A stop waits for what is being done; a carrier is asked for no longer than this. */
const stopWithinMs = 3_000;

/** What wake-ups are made of. */
export interface WakeUpsOptions {
  readonly pool: Pool;
  /** The embedded database: one session, so that nothing can listen beside it. */
  readonly isEmbedded: boolean;
  /** What is due; done again when it throws, later each time. */
  wake(dialId: string): Promise<void>;
  readonly log: Log;
}

/**
 * Wake-ups as jobs of pg-boss, in the same database as everything else: they outlive a restart, and of
 * several servers one does each. A job has one that waits, at most: what is asked for meanwhile is dropped.
 *
 * @throws SwitchboardError store_unavailable
 */
export async function openWakeUps(options: WakeUpsOptions): Promise<WakeUps> {
  const { pool, log } = options;
  const { PgBoss } = await import('pg-boss'); // slow to load, and only those who dial need it
  const boss = new PgBoss({
    schema,
    backend: options.isEmbedded ? 'pglite' : 'postgres',
    db: { executeSql: (text, values) => pool.query(text, values) },
    schedule: false,
    reindex: false,
    monitorVacuum: false,
    registerInstance: false,
  });
  boss.on('error', (error) => log.warn('the job queue had trouble', { error: messageOf(error) }));
  try {
    await boss.start();
    await boss.createQueue(queue, {
      ...{ policy: 'short', expireInSeconds },
      ...{ retryLimit: 8, retryDelay: 5, retryBackoff: true, retryDelayMax: 300 },
      deleteAfterSeconds: 3_600,
    });
    await boss.work<{ dialId: string }>(queue, { pollingIntervalSeconds: 2 }, async (jobs) => {
      for (const { data } of jobs) await options.wake(data.dialId);
    });
  } catch (thrown) {
    await boss.stop({ graceful: false, close: false }).catch(() => undefined); // what matters is why it did not start
    throw unavailable(thrown);
  }
  return {
    async wakeAt(dialId, atMs) {
      const due = { startAfter: new Date(atMs), singletonKey: dialId };
      try {
        await boss.send(queue, { dialId }, due);
      } catch (thrown) {
        throw unavailable(thrown);
      }
    },
    async [Symbol.asyncDispose]() {
      await boss.stop({ graceful: true, close: false, timeout: stopWithinMs });
    },
  };
}
