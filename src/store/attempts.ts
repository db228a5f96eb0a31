import { and, count, eq, exists, gt, gte, inArray, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { AttemptStore } from '../call/ports.ts';
import type { NewId } from '../lib/index.ts';
import { storeFailure } from './failure.ts';
import { verificationAttempts as attempts } from './schema.ts';

/** Attempts in `switchboard.verification_attempts`, one row a subject. */
export function postgresAttemptStore(
  database: NodePgDatabase,
  options: { readonly newId: NewId },
): AttemptStore {
  return {
    async begin({ desk, callId, subjects, sinceMs, atMs }) {
      const attemptId = options.newId('attempt');
      const at = new Date(atMs);
      try {
        const failures = await database.transaction(async (tx) => {
          // One after another within a desk: attempts made at the same moment must see each other.
          await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`attempts ${desk}`}))`);
          await tx
            .insert(attempts)
            .values(subjects.map((subject) => ({ attemptId, desk, subject, callId, at })));
          const counts = await tx
            .select({ failed: count() })
            .from(attempts)
            .where(
              and(
                eq(attempts.desk, desk),
                inArray(attempts.subject, [...subjects]),
                gt(attempts.at, new Date(sinceMs)),
              ),
            )
            .groupBy(attempts.subject);
          return Math.max(0, ...counts.map(({ failed }) => failed));
        });
        return { attemptId, failures };
      } catch (thrown) {
        throw storeFailure(thrown);
      }
    },
    async succeeded(attemptId) {
      const right = alias(attempts, 'proved');
      const before = database
        .select({ found: sql`1` })
        .from(right)
        .where(
          and(
            eq(right.attemptId, attemptId),
            eq(right.desk, attempts.desk),
            eq(right.subject, attempts.subject),
            // What was begun later is not known to be right.
            gte(right.at, attempts.at),
          ),
        );
      try {
        await database.delete(attempts).where(exists(before));
      } catch (thrown) {
        throw storeFailure(thrown);
      }
    },
  };
}
