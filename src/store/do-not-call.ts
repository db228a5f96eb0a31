import { desc, eq } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { DoNotCallList } from '../call/ports.ts';
import { storeFailure } from './failure.ts';
import { doNotCall } from './schema.ts';

/** The list in `switchboard.do_not_call`. */
export function postgresDoNotCallList(database: NodePgDatabase): DoNotCallList {
  return {
    async add({ number, source, note = null, atMs }) {
      try {
        await database
          .insert(doNotCall)
          .values({ number, source, note, createdAt: new Date(atMs) })
          .onConflictDoNothing();
      } catch (thrown) {
        throw storeFailure(thrown);
      }
    },
    async remove(number) {
      try {
        const gone = await database
          .delete(doNotCall)
          .where(eq(doNotCall.number, number))
          .returning({ number: doNotCall.number });
        return gone.length > 0;
      } catch (thrown) {
        throw storeFailure(thrown);
      }
    },
    async has(number) {
      try {
        const found = await database
          .select({ number: doNotCall.number })
          .from(doNotCall)
          .where(eq(doNotCall.number, number));
        return found.length > 0;
      } catch (thrown) {
        throw storeFailure(thrown);
      }
    },
    async list({ limit }) {
      try {
        const rows = await database
          .select()
          .from(doNotCall)
          .orderBy(desc(doNotCall.createdAt))
          .limit(limit);
        return rows.map(({ createdAt, ...entry }) => ({ ...entry, atMs: createdAt.getTime() }));
      } catch (thrown) {
        throw storeFailure(thrown);
      }
    },
  };
}
