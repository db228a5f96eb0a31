import { sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { calls, trailEvents, type TrailPayload } from './schema.ts';

const ended = {
  reason: 'server_stopped',
  detail: 'The server ended without a word; seen at its next start.',
} satisfies TrailPayload;

/**
 * Ends the calls whose server died before it could, so that none is listed as live for ever. They
 * end with their last event, because nobody knows how much longer they went on.
 *
 * Only for a database that no other server uses: a call of theirs may be live.
 *
 * @returns how many there were
 */
export async function endCutCalls(database: NodePgDatabase): Promise<number> {
  const { rowCount } = await database.execute(sql`
    insert into ${trailEvents} (call_id, seq, type, at, elapsed_ms, payload)
    select call_id, max(seq) + 1, 'call.ended', max(at), max(elapsed_ms), ${JSON.stringify(ended)}::jsonb
    from ${trailEvents}
    where call_id in (select call_id from ${calls} where ended_at is null)
    group by call_id`);
  return rowCount ?? 0;
}
