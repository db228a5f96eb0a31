import { PGlite } from '@electric-sql/pglite';
import { RunContext } from '@openai/agents';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { manualClock } from '../../../src/lib/index.ts';
import {
  policyOf,
  type CallContext,
  type ConfirmOutcome,
  type Customer,
  type DeskTool,
  type MessageSender,
} from '../../../src/desk/index.ts';
import { bookings, customers, invoices, paymentLinks, refunds, slots } from '../data/schema.ts';
import { desk } from '../desk.ts';

/** Monday, 23 November 2026, 04:00 in New York. */
export const mondayMs = Date.UTC(2026, 10, 23, 9, 0, 0);

/** Patients of the seed. */
export const jane: Customer = { id: 'PT-1001', name: 'Jane Miller' };
export const robert: Customer = { id: 'PT-1002', name: 'Robert Wilson' };
export const maria: Customer = { id: 'PT-1003', name: 'Maria Lopez' };
export const james: Customer = { id: 'PT-1004', name: 'James Carter' };

/** Who is on the line. */
export interface TestCaller {
  /** @default 'call_1' */
  readonly callId?: string;
  /** Who they have proved to be. @default nobody */
  readonly customer?: Customer;
}

/** A real Postgres in memory with this desk's tables and seed, and a call to run tools in. */
export async function openTestDesk() {
  const pglite = await PGlite.create();
  let clock = manualClock(mondayMs);
  // Both drivers share one dialect; they differ only in the shape of raw `execute` results.
  const database = drizzle(pglite) as unknown as NodePgDatabase;
  if (!desk.data?.seed) throw new Error('the front desk has data');
  const { migrationsDir, schema } = desk.data;
  await migrate(drizzle(pglite), {
    migrationsFolder: migrationsDir,
    migrationsSchema: 'migrations',
    migrationsTable: schema,
  });
  const seed = () => desk.data?.seed?.(database, { nowMs: clock.nowMs(), timeZone: desk.timeZone });

  const sent: { readonly kind: string; readonly text: string }[] = [];
  const messages: MessageSender & { fail: boolean } = {
    fail: false,
    send({ kind, text }) {
      if (messages.fail) return Promise.reject(new Error('no carrier'));
      sent.push({ kind, text });
      return Promise.resolve({ messageId: `message_${sent.length}` });
    },
  };
  const contextOf = ({ callId = 'call_1', customer }: TestCaller): CallContext => ({
    callId,
    desk: desk.name,
    database,
    messages,
    timeZone: desk.timeZone,
    nowMs: () => clock.nowMs(),
    customer: () => customer ?? null,
    callerNumber: null,
    outbound: null,
    doNotCall: () => Promise.reject(new Error('not used')),
    keyed: () => null,
    collectKeys: () => Promise.reject(new Error('not used')),
    verify: () => Promise.reject(new Error('not used')),
    state: { get: (key) => key.initial, set: () => undefined },
    leaveNote: () => Promise.reject(new Error('not used')),
    handOff: () => undefined,
  });

  return {
    /** Back to the seeded state, Monday morning, nothing sent. */
    async reset(): Promise<void> {
      const tables = [bookings, slots, refunds, paymentLinks, invoices, customers];
      for (const table of tables) await database.delete(table);
      clock = manualClock(mondayMs);
      await seed();
      sent.length = 0;
      messages.fail = false;
    },
    advance: (byMs: number) => clock.advance(byMs),
    nowMs: () => clock.nowMs(),
    database,
    seed,
    sent,
    messages,
    /**
     * Runs a tool as the SDK does: arguments as JSON text, answer as the model would read it.
     *
     * @throws when the answer is not what the tool says it returns
     */
    async use(
      tool: DeskTool,
      input: unknown,
      by: TestCaller = {},
    ): Promise<Record<string, unknown>> {
      const context = new RunContext({ ...contextOf(by), history: [] });
      const answer: unknown = await tool.invoke(context, JSON.stringify(input));
      policyOf(tool).output?.parse(answer);
      // Through JSON and back, as on the wire; tools answer with objects.
      return JSON.parse(JSON.stringify(answer)) as Record<string, unknown>;
    },
    /** What the runtime reads back before it runs a tool that writes, or why it will not. */
    async readBack(tool: DeskTool, input: unknown, by: TestCaller = {}): Promise<ConfirmOutcome> {
      const { confirm } = policyOf(tool);
      if (!confirm) throw new Error(`${tool.name} is not read back`);
      return confirm(input, contextOf(by));
    },
    [Symbol.asyncDispose]: () => pglite.close(),
  };
}
