import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { noteStoreContract } from '../call/contracts/note-store.ts';
import { trailStoreContract } from '../call/contracts/trail-store.ts';
import { countedIds, randomId, silentLog } from '../lib/index.ts';
import type { Tables } from './migrate.ts';
import { postgresNoteStore } from './notes.ts';
import { openStore, type Store } from './open-store.ts';
import { databaseOutbox } from './outbox.ts';
import { messages, notes } from './schema.ts';
import { temporaryFolder, testCacheDir, testEvent } from './testing/fixtures.ts';

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

noteStoreContract('the embedded database', () =>
  Promise.resolve({
    store: postgresNoteStore(store.database, { newId: randomId }),
    async texts(callId) {
      const rows = await store.database.select().from(notes).where(eq(notes.callId, callId));
      return rows.map(({ text }) => text);
    },
  }),
);

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
      recipient: null,
      text: `it's "here"`,
      createdAt: new Date('2026-11-23T09:00:00.000Z'),
    },
  ]);
});

it('gives a desk tables of its own, once, and seeds them at every start', async () => {
  const migrationsDir = join(folder.path, 'some-desk-migrations');
  mkdirSync(join(migrationsDir, 'meta'), { recursive: true });
  writeFileSync(
    join(migrationsDir, 'meta', '_journal.json'),
    JSON.stringify({
      version: '7',
      dialect: 'postgresql',
      entries: [{ idx: 0, version: '7', when: 1, tag: '0000_first', breakpoints: true }],
    }),
  );
  writeFileSync(
    join(migrationsDir, '0000_first.sql'),
    'CREATE SCHEMA some_desk;--> statement-breakpoint\nCREATE TABLE some_desk.visits (zone text)',
  );
  const tables: Tables = {
    schema: 'some_desk',
    migrationsDir,
    async seed(database, { timeZone }) {
      await database.execute(sql`insert into some_desk.visits values (${timeZone})`);
    },
  };
  await store.migrateDesk(tables, { timeZone: 'Europe/London' });
  await store.migrateDesk(tables, { timeZone: 'Europe/London' });
  const { rows } = await store.database.execute(sql`select zone from some_desk.visits`);
  expect(rows).toEqual([{ zone: 'Europe/London' }, { zone: 'Europe/London' }]);
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
