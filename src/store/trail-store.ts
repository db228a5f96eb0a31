import { and, asc, desc, eq, gt } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { TrailStore } from '../call/ports.ts';
import { callSummary, trailEvent, type TrailEvent } from '../protocol/index.ts';
import { groupedAppend } from './grouped-append.ts';
import { storeFailure } from './failure.ts';
import { calls, trailEvents, type TrailPayload } from './schema.ts';

/**
 * Trails in Postgres.
 *
 * An append that is repeated (its answer was lost) changes nothing: the first one stands. Text is
 * kept as Postgres can keep it: a NUL character and half a surrogate pair become U+FFFD.
 */
export function postgresTrailStore(database: NodePgDatabase): TrailStore {
  const insert = async (events: readonly TrailEvent[]): Promise<void> => {
    await database
      .insert(trailEvents)
      .values(events.map(toRow))
      .onConflictDoNothing({ target: [trailEvents.callId, trailEvents.seq] });
  };
  const append = groupedAppend(insert);
  return {
    async append(events) {
      if (events.length === 0) return;
      await available(append(events));
    },
    async read(callId, options = {}) {
      const rows = await available(
        database
          .select()
          .from(trailEvents)
          .where(and(eq(trailEvents.callId, callId), gt(trailEvents.seq, options.afterSeq ?? 0)))
          .orderBy(asc(trailEvents.seq)),
      );
      return rows.map(toEvent);
    },
    async listCalls({ limit }) {
      const rows = await available(
        database
          .select()
          .from(calls)
          .orderBy(desc(calls.startedAt), desc(calls.callId))
          .limit(limit),
      );
      return rows.map((row) =>
        callSummary.parse({
          ...row,
          startedAt: row.startedAt.toISOString(),
          endedAt: row.endedAt?.toISOString() ?? null,
        }),
      );
    },
  };
}

async function available<T>(work: PromiseLike<T>): Promise<T> {
  try {
    return await work;
  } catch (thrown) {
    throw storeFailure(thrown);
  }
}

function toRow(event: TrailEvent): typeof trailEvents.$inferInsert {
  const { callId, seq, type, at, elapsedMs, ...payload } = event;
  return { callId, seq, type, at: new Date(at), elapsedMs, payload: storable(payload) };
}

function toEvent(row: typeof trailEvents.$inferSelect): TrailEvent {
  const { callId, seq, type, elapsedMs, payload } = row;
  return trailEvent.parse({
    ...payload,
    type,
    callId,
    seq,
    at: row.at.toISOString(),
    elapsedMs,
  });
}

function storable(payload: TrailPayload): TrailPayload {
  const text = JSON.stringify(payload, (_key, value: unknown) =>
    typeof value === 'string' ? value.replaceAll('\0', '\u{FFFD}').toWellFormed() : value,
  );
  return JSON.parse(text) as TrailPayload; // the same shape, with other characters
}
