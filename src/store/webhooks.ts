import { and, eq, lt } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { WebhookStore } from '../call/ports.ts';
import { storeFailure } from './failure.ts';
import { webhooks } from './schema.ts';

/** Providers give up sending one again after days. */
const keptForMs = 30 * 24 * 3_600_000;

/** Webhooks in `switchboard.webhooks`; the table's key makes each the first only once. */
export function postgresWebhooks(database: NodePgDatabase): WebhookStore {
  return {
    async first({ source, webhookId, type, atMs }) {
      const receivedAt = new Date(atMs);
      try {
        await database.delete(webhooks).where(lt(webhooks.receivedAt, new Date(atMs - keptForMs)));
        const { rowCount } = await database
          .insert(webhooks)
          .values({ source, webhookId, type, receivedAt })
          .onConflictDoNothing();
        return rowCount === 1;
      } catch (thrown) {
        throw storeFailure(thrown);
      }
    },
    async settled({ source, webhookId, outcome }) {
      try {
        await database
          .update(webhooks)
          .set({ outcome })
          .where(and(eq(webhooks.source, source), eq(webhooks.webhookId, webhookId)));
      } catch (thrown) {
        throw storeFailure(thrown);
      }
    },
  };
}
