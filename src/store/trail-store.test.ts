import { afterAll, beforeAll, expect, it } from 'vitest';
import { trailStoreContract } from '../call/contracts/trail-store.ts';
import { countedIds, silentLog } from '../lib/index.ts';
import { openStore, type Store } from './open-store.ts';
import { databaseOutbox } from './outbox.ts';
import { messages } from './schema.ts';
import { temporaryFolder, testCacheDir, testEvent } from './testing.ts';

const folder = temporaryFolder();
let store: Store;
beforeAll(async () => {
  store = await openStore({ dataDir: folder.path, cacheDir: testCacheDir, log: silentLog });
}, 90_000);
afterAll(async () => {
  await store[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

trailStoreContract('the embedded database', () => Promise.resolve(store.trail));

it('keeps text that Postgres has no place for, without the characters in question', async () => {
  await store.trail.append([testEvent('call_odd', 2, 'a\0b \ud800 c')]);
  expect(await store.trail.read('call_odd')).toEqual([
    testEvent('call_odd', 2, 'a\u{FFFD}b \u{FFFD} c'),
  ]);
});

it('writes the trails of many calls at once, each in order', async () => {
  const callIds = Array.from({ length: 30 }, (_, n) => `call_many_${n}`);
  await Promise.all(
    callIds.map(async (callId) => {
      for (let seq = 1; seq <= 5; seq += 1) await store.trail.append([testEvent(callId, seq)]);
    }),
  );
  for (const callId of callIds) {
    const seqs = (await store.trail.read(callId)).map((event) => event.seq);
    expect(seqs).toEqual([1, 2, 3, 4, 5]);
  }
});

it('shows operators what was sent to callers', async () => {
  const outbox = databaseOutbox(store.database, {
    log: silentLog,
    newId: countedIds(),
    nowMs: () => Date.UTC(2026, 10, 23, 9),
  });
  const sent = await outbox.send({ callId: 'call_1', kind: 'payment_link', text: `it's "here"` });
  expect(sent).toEqual({ messageId: 'msg_1' });
  expect(await store.database.select().from(messages)).toEqual([
    {
      messageId: 'msg_1',
      callId: 'call_1',
      kind: 'payment_link',
      text: `it's "here"`,
      createdAt: new Date('2026-11-23T09:00:00.000Z'),
    },
  ]);
});

it('gives a desk tables of its own, and seeds them at every start', async () => {
  const { desk } = await import('../../desks/front-desk/desk.ts');
  const tables = desk.data;
  if (!tables) throw new Error('the front desk has tables');
  await store.migrateDesk(tables, desk);
  await store.migrateDesk(tables, desk);
  const { rows } = await store.database.execute<{ n: number }>(
    'select count(*)::int as n from front_desk.invoices',
  );
  expect(rows[0]?.n).toBeGreaterThan(0);
});

it('says which desk has tables that cannot be made', async () => {
  const migrate = (schema: string) =>
    store.migrateDesk({ schema, migrationsDir: '/nowhere' }, { timeZone: 'UTC' });
  await expect(migrate('broken')).rejects.toMatchObject({
    code: 'desk_invalid',
    message: expect.stringContaining('"broken"') as string,
  });
  await expect(migrate('a"; drop schema switchboard')).rejects.toMatchObject({
    code: 'desk_invalid',
  });
});
