import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import type { TrailStore, WakeUps } from '../call/ports.ts';
import { SwitchboardError, systemClock, type Clock, type Log } from '../lib/index.ts';
import { startEmbeddedDatabase, type EmbeddedDatabase } from './embedded/embedded-database.ts';
import { templateFolderIn } from './embedded/template-folder.ts';
import { endCutCalls } from './end-cut-calls.ts';
import { storeFailure } from './failure.ts';
import { migrateTables, ownTables, type Tables } from './migrate.ts';
import { readiness } from './schema.ts';
import { postgresTrailStore } from './trail-store.ts';
import { openWakeUps, type WakeUpsOptions } from './wake-ups.ts';

/** Everything that is kept. */
export interface Store extends AsyncDisposable {
  /** For desks and their tools. */
  readonly database: NodePgDatabase;
  readonly trail: TrailStore;
  /** Brings a desk's tables and seed rows up to date. @throws SwitchboardError desk_invalid, store_unavailable */
  migrateDesk(data: Tables, options: { readonly timeZone: string }): Promise<void>;
  /**
   * Writes one row and waits until it is durable, which is what a call's trail will need.
   * @throws SwitchboardError store_unavailable
   */
  check(): Promise<void>;
  /** Whether the embedded database runs now. Postgres elsewhere is taken to be there. */
  state(): 'ready' | 'down';
  /** Wake-ups for calls that are to be placed. @throws SwitchboardError store_unavailable */
  openWakeUps(wake: WakeUpsOptions['wake']): Promise<WakeUps>;
  /** Of the embedded database's process, for measuring. */
  databasePid(): number | undefined;
}

/** Connections to a Postgres of one's own. The embedded one has a single session anyway. */
const maxPostgresConnections = 10;
/** Longest wait for a free connection, after which a query fails as unavailable. */
const connectTimeoutMs = 10_000;

/**
 * Opens the store: Postgres at `databaseUrl`, or else the embedded one in `dataDir`.
 *
 * @param options.cacheDir where the template of a fresh database is kept. @default dataDir
 * @throws SwitchboardError data_folder_locked, store_unavailable
 */
export async function openStore(options: {
  readonly dataDir: string;
  readonly databaseUrl?: string;
  readonly cacheDir?: string;
  readonly log: Log;
  readonly clock?: Clock;
  readonly signal?: AbortSignal;
}): Promise<Store> {
  options.signal?.throwIfAborted();
  const { log, clock = systemClock } = options;
  const embedded = options.databaseUrl
    ? undefined
    : await startEmbeddedDatabase({
        dataDir: options.dataDir,
        templateFolder: templateFolderIn(options.cacheDir ?? options.dataDir),
        log,
        clock,
        signal: options.signal,
      });
  const pool = embedded ? embeddedPool(embedded) : postgresPool(options.databaseUrl ?? '');
  // A connection that breaks while nobody uses it is replaced by the pool; without a listener it ends the process.
  pool.on('error', (error) => log.warn('a database connection was lost', { error: error.message }));

  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    await pool.end();
    await embedded?.[Symbol.asyncDispose]();
  };
  const database = drizzle(pool);
  const store: Store = {
    database,
    trail: postgresTrailStore(database),
    migrateDesk: (data, { timeZone }) =>
      migrateTables(pool, data, { nowMs: clock.nowMs(), timeZone }),
    async check() {
      if (embedded && !(await embedded.isIntact())) throw goneWithItsFolder(options.dataDir);
      await writeReadiness(database, clock.nowMs());
    },
    state: () => (embedded && !embedded.address() ? 'down' : 'ready'),
    openWakeUps: (wake) => openWakeUps({ pool, isEmbedded: embedded !== undefined, wake, log }),
    databasePid: () => embedded?.pid(),
    [Symbol.asyncDispose]: () => (closing ??= close()),
  };
  try {
    await migrateTables(pool, ownTables, { nowMs: clock.nowMs(), timeZone: 'UTC' });
    const cut = embedded ? await endCutCalls(database) : 0; // nobody else can have a call in there
    if (cut > 0) log.info('calls that were cut off are ended', { calls: cut });
    options.signal?.throwIfAborted();
    return store;
  } catch (thrown) {
    await store[Symbol.asyncDispose]();
    throw thrown;
  }
}

function goneWithItsFolder(dataDir: string): SwitchboardError {
  const message = `The data folder ${dataDir} is not as it was opened. Put it back and start again.`;
  return new SwitchboardError('store_unavailable', message);
}

async function writeReadiness(database: NodePgDatabase, nowMs: number): Promise<void> {
  const checkedAt = new Date(nowMs);
  try {
    await database
      .insert(readiness)
      .values({ id: 1, checkedAt })
      .onConflictDoUpdate({ target: readiness.id, set: { checkedAt } });
  } catch (thrown) {
    throw storeFailure(thrown);
  }
}

function postgresPool(connectionString: string): pg.Pool {
  return new pg.Pool({
    connectionString,
    max: maxPostgresConnections,
    connectionTimeoutMillis: connectTimeoutMs,
  });
}

/** Reserved, so that nothing listens there: a connection is refused at once. */
const portOfNothing = 1;

/** A pool whose connections go to wherever the embedded database listens at that moment. */
function embeddedPool(embedded: EmbeddedDatabase): pg.Pool {
  class EmbeddedClient extends pg.Client {
    constructor() {
      // Not a throw: the pool also makes clients where nobody could catch it.
      const address = embedded.address() ?? { port: portOfNothing, password: '' };
      super({ host: '127.0.0.1', user: 'postgres', database: 'postgres', ...address });
    }
  }
  return new pg.Pool({
    Client: EmbeddedClient,
    max: 1,
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: connectTimeoutMs,
  });
}
