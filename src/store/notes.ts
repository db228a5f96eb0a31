import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { NoteStore } from '../call/ports.ts';
import type { NewId } from '../lib/index.ts';
import { storeFailure } from './failure.ts';
import { notes } from './schema.ts';

/** Callbacks and messages in `switchboard.notes`, for people to read. */
export function postgresNoteStore(
  database: NodePgDatabase,
  options: { readonly newId: NewId },
): NoteStore {
  return {
    async leave({ callId, desk, atMs, kind, queue, phone, when, name, text }) {
      const noteId = options.newId('note');
      try {
        await database.insert(notes).values({
          ...{ noteId, callId, desk, kind, text, createdAt: new Date(atMs) },
          ...{ queue: queue ?? null, phone: phone ?? null },
          ...{ wantedWhen: when ?? null, name: name ?? null },
        });
      } catch (thrown) {
        throw storeFailure(thrown);
      }
      return { noteId };
    },
  };
}
