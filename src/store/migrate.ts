import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import type { Pool } from 'pg';
import { SwitchboardError, messageOf } from '../lib/index.ts';
import { storeFailure, unavailable } from './failure.ts';

/** A desk's tables; `DeskData` of the desk has this shape. */
export interface Tables {
  /** Postgres schema, also the name of the record of what has been applied. */
  readonly schema: string;
  readonly migrationsDir: string;
  seed?(
    database: NodePgDatabase,
    options: { readonly nowMs: number; readonly timeZone: string },
  ): Promise<void>;
}

/** The house's own tables. */
export const ownTables: Tables = {
  schema: 'switchboard',
  migrationsDir: fileURLToPath(new URL('./migrations', import.meta.url)),
};

/** One number for all of us: migrations of several servers on one database go one after another. */
const migrationLock = 7_429_011;

/**
 * Applies the migrations that are missing, then the seed.
 *
 * @throws SwitchboardError desk_invalid when the migrations or the seed do not run,
 *   store_unavailable when the database is not there.
 */
export async function migrateTables(
  pool: Pool,
  tables: Tables,
  seedOptions: { readonly nowMs: number; readonly timeZone: string },
): Promise<void> {
  if (!/^[a-z][a-z0-9_]{0,50}$/.test(tables.schema)) {
    throw new SwitchboardError('desk_invalid', `"${tables.schema}" cannot name a database schema.`);
  }
  const client = await pool.connect().catch((thrown: unknown) => {
    throw unavailable(thrown);
  });
  const database = drizzle(client);
  try {
    await database.execute(sql`select pg_advisory_lock(${migrationLock})`);
    await migrate(database, {
      migrationsFolder: tables.migrationsDir,
      migrationsSchema: 'migrations',
      migrationsTable: tables.schema,
    });
    await tables.seed?.(database, seedOptions);
    await database.execute(sql`select pg_advisory_unlock(${migrationLock})`);
    client.release();
  } catch (thrown) {
    client.release(true); // ends the connection, and with it the lock
    const failure = storeFailure(thrown);
    if (failure instanceof SwitchboardError) throw failure;
    throw new SwitchboardError(
      'desk_invalid',
      `The tables of "${tables.schema}" cannot be brought up to date: ${messageOf(thrown)}`,
      { cause: thrown },
    );
  }
}
