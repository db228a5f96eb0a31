import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { carrierCallsContract } from '../call/contracts/carrier-calls.ts';
import { attemptStoreContract } from '../call/contracts/attempt-store.ts';
import { noteStoreContract } from '../call/contracts/note-store.ts';
import { webhookStoreContract } from '../call/contracts/webhooks.ts';
import type { AttemptStore, NoteStore } from '../call/ports.ts';
import { countedIds, silentLog } from '../lib/index.ts';
import { postgresAttemptStore } from './attempts.ts';
import { postgresNoteStore } from './notes.ts';
import { postgresCarrierCalls } from './carrier-calls.ts';
import { postgresWebhooks } from './webhooks.ts';
import { openStore, type Store } from './open-store.ts';
import { notes, webhooks } from './schema.ts';
import { temporaryFolder, testCacheDir } from './testing/fixtures.ts';

const folder = temporaryFolder();
let store: Store;
let attempts: AttemptStore;
let noteStore: NoteStore;
beforeAll(async () => {
  store = await openStore({ dataDir: folder.path, cacheDir: testCacheDir, log: silentLog });
  attempts = postgresAttemptStore(store.database, { newId: countedIds() });
  noteStore = postgresNoteStore(store.database, { newId: countedIds() });
}, 90_000);
afterAll(async () => {
  await store[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

attemptStoreContract('the embedded database', () => Promise.resolve(attempts));

carrierCallsContract('the embedded database', () =>
  Promise.resolve(postgresCarrierCalls(store.database)),
);

webhookStoreContract('the embedded database', () =>
  Promise.resolve({
    store: postgresWebhooks(store.database),
    async outcome(webhookId) {
      const [row] = await store.database
        .select()
        .from(webhooks)
        .where(eq(webhooks.webhookId, webhookId));
      return row?.outcome;
    },
  }),
);

noteStoreContract('the embedded database', () =>
  Promise.resolve({
    store: noteStore,
    async texts(callId) {
      const rows = await store.database.select().from(notes).where(eq(notes.callId, callId));
      return rows.map(({ text }) => text);
    },
  }),
);

it('keeps all that a note says, as it was said', async () => {
  const text = `Robert'); DROP TABLE notes;-- <b>"ü" 漢字`;
  await noteStore.leave({
    ...{ kind: 'callback', callId: 'call_note', desk: 'front-desk', atMs: Date.UTC(2026, 10, 23) },
    ...{ queue: 'team', phone: '+49 30 12345', when: 'tomorrow', name: 'Jane', text },
  });
  const rows = await store.database.select().from(notes).where(eq(notes.callId, 'call_note'));
  expect(rows).toEqual([
    {
      noteId: expect.stringMatching(/^note_/) as string,
      callId: 'call_note',
      desk: 'front-desk',
      kind: 'callback',
      queue: 'team',
      phone: '+49 30 12345',
      wantedWhen: 'tomorrow',
      name: 'Jane',
      text,
      createdAt: new Date('2026-11-23T00:00:00.000Z'),
    },
  ]);
});
