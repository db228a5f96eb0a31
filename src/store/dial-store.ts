import { and, asc, desc, eq, inArray, lte, or, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { DialChange, DialJob, DialState, DialStore } from '../call/ports.ts';
import { storeFailure } from './failure.ts';
import { dialJobs as jobs } from './schema.ts';

const active: DialState[] = ['placing', 'ringing', 'answered'];
/** One number for all servers on one database: claims go one after another, or two could pass a cap. */
const claimLock = 7_429_013;

type Row = typeof jobs.$inferSelect;

/** Jobs in `switchboard.dial_jobs`. */
export function postgresDialStore(database: NodePgDatabase): DialStore {
  return {
    async create(job, idempotencyKey) {
      try {
        const [row] = await database
          .insert(jobs)
          .values({ ...rowOf(job), idempotencyKey })
          .onConflictDoNothing({ target: jobs.idempotencyKey })
          .returning();
        if (row) return { job: jobOf(row), isNew: true };
        const [before] = await database
          .select()
          .from(jobs)
          .where(eq(jobs.idempotencyKey, idempotencyKey ?? ''));
        if (!before) throw new Error('a job of that key was there and is gone');
        return { job: jobOf(before), isNew: false };
      } catch (thrown) {
        throw storeFailure(thrown);
      }
    },
    async get(dialId) {
      try {
        const [row] = await database.select().from(jobs).where(eq(jobs.dialId, dialId));
        return row ? jobOf(row) : null;
      } catch (thrown) {
        throw storeFailure(thrown);
      }
    },
    async list({ limit }) {
      try {
        const rows = await database.select().from(jobs).orderBy(desc(jobs.createdAt)).limit(limit);
        return rows.map(jobOf);
      } catch (thrown) {
        throw storeFailure(thrown);
      }
    },
    async claim(dialId, { nowMs, maxActive }) {
      const now = new Date(nowMs);
      try {
        return await database.transaction(async (tx) => {
          await tx.execute(sql`select pg_advisory_xact_lock(${claimLock})`);
          const under = await tx
            .select({ number: jobs.number })
            .from(jobs)
            .where(inArray(jobs.state, active));
          if (under.length >= maxActive) return null;
          const [row] = await tx
            .select({ number: jobs.number })
            .from(jobs)
            .where(and(eq(jobs.dialId, dialId), eq(jobs.state, 'waiting'), lte(jobs.dueAt, now)));
          if (!row || under.some(({ number }) => number === row.number)) return null;
          const [taken] = await tx
            .update(jobs)
            .set({
              ...{ state: 'placing', attempts: sql`${jobs.attempts} + 1`, placedAt: now },
              ...{ outcome: null, detail: null, answeredBy: null },
              ...{ carrierCallId: null, callId: null },
            })
            // Whoever cancels takes no lock: between the look and this, the job may be cancelled.
            .where(and(eq(jobs.dialId, dialId), eq(jobs.state, 'waiting')))
            .returning();
          return taken ? jobOf(taken) : null;
        });
      } catch (thrown) {
        throw storeFailure(thrown);
      }
    },
    async change(dialId, from, change) {
      try {
        const [row] = await database
          .update(jobs)
          .set(columnsOf(change))
          .where(
            and(
              eq(jobs.dialId, dialId),
              inArray(jobs.state, [...from.states]),
              eq(jobs.attempts, from.attempt),
            ),
          )
          .returning();
        return row ? jobOf(row) : null;
      } catch (thrown) {
        throw storeFailure(thrown);
      }
    },
    async open({ nowMs, limit }) {
      const isDue = and(eq(jobs.state, 'waiting'), lte(jobs.dueAt, new Date(nowMs)));
      try {
        const rows = await database
          .select({ dialId: jobs.dialId })
          .from(jobs)
          .where(or(isDue, inArray(jobs.state, active)))
          .orderBy(asc(jobs.dueAt))
          .limit(limit);
        return rows.map(({ dialId }) => dialId);
      } catch (thrown) {
        throw storeFailure(thrown);
      }
    },
  };
}

function rowOf(job: DialJob): typeof jobs.$inferInsert {
  const { dueAtMs, placedAtMs, createdAtMs, ...same } = job;
  return {
    ...same,
    dueAt: new Date(dueAtMs),
    placedAt: placedAtMs === null ? null : new Date(placedAtMs),
    createdAt: new Date(createdAtMs),
  };
}

function columnsOf({ dueAtMs, ...same }: DialChange): Partial<typeof jobs.$inferInsert> {
  return { ...same, ...(dueAtMs === undefined ? {} : { dueAt: new Date(dueAtMs) }) };
}

function jobOf({ dueAt, placedAt, createdAt, idempotencyKey: _key, ...same }: Row): DialJob {
  return {
    ...same,
    dueAtMs: dueAt.getTime(),
    placedAtMs: placedAt?.getTime() ?? null,
    createdAtMs: createdAt.getTime(),
  };
}
