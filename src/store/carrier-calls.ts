import { and, eq, lt, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { CarrierCallStore, CarrierStatus } from '../call/ports.ts';
import { storeFailure } from './failure.ts';
import { carrierCalls } from './schema.ts';

/** How far a call is, in the order in which it goes; what is not named is over, and stays so. */
const order: readonly CarrierStatus[] = ['queued', 'ringing', 'answered'];

/**
 * Carriers' calls in `switchboard.carrier_calls`.
 *
 * A status is written only over one of a lower rank, in one statement: reports that come twice, late or
 * at the same moment to two servers cannot move a call backwards.
 */
export function postgresCarrierCalls(database: NodePgDatabase): CarrierCallStore {
  const key = [carrierCalls.carrier, carrierCalls.carrierCallId];
  const available = async <T>(work: PromiseLike<T>): Promise<T> => {
    try {
      return await work;
    } catch (thrown) {
      throw storeFailure(thrown);
    }
  };
  const row = (atMs: number) => ({
    ...{ status: 'queued' as const, rank: 0 },
    ...{ createdAt: new Date(atMs), updatedAt: new Date(atMs) },
  });
  return {
    async announced({ carrier, carrierCallId, desk, atMs }) {
      const values = { carrier, carrierCallId, desk, ...row(atMs) };
      await available(
        database
          .insert(carrierCalls)
          .values(values)
          // A report may have come before it.
          .onConflictDoUpdate({
            target: key,
            set: { desk: sql`coalesce(${carrierCalls.desk}, excluded.desk)` },
          }),
      );
    },
    async begun({ carrier, carrierCallId, callId, atMs }) {
      const values = { carrier, carrierCallId, callId, ...row(atMs) };
      await available(
        database
          .insert(carrierCalls)
          .values(values)
          .onConflictDoUpdate({ target: key, set: { callId, updatedAt: values.updatedAt } }),
      );
    },
    async progressed({ carrier, carrierCallId, status, atMs }) {
      const at = order.indexOf(status);
      const rank = at < 0 ? order.length : at;
      const updatedAt = new Date(atMs);
      const { rowCount } = await available(
        database
          .insert(carrierCalls)
          .values({ carrier, carrierCallId, ...row(atMs), status, rank })
          .onConflictDoUpdate({
            target: key,
            set: { status, rank, updatedAt },
            setWhere: lt(carrierCalls.rank, rank),
          }),
      );
      return (rowCount ?? 0) > 0;
    },
    async find({ carrier, carrierCallId }) {
      const [found] = await available(
        database
          .select({
            callId: carrierCalls.callId,
            desk: carrierCalls.desk,
            status: carrierCalls.status,
          })
          .from(carrierCalls)
          .where(
            and(eq(carrierCalls.carrier, carrier), eq(carrierCalls.carrierCallId, carrierCallId)),
          ),
      );
      return found ?? null;
    },
  };
}
