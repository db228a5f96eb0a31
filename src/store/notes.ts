import { createHash } from 'node:crypto';
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
    async leave({ callId, desk, atMs, kind, queue, phone, when, name, text, idempotencyKey }) {
      const noteId =
        idempotencyKey === undefined ? options.newId('note') : noteIdOf(desk, kind, idempotencyKey);
      try {
        await database
          .insert(notes)
          .values({
            ...{ noteId, callId, desk, kind, text, createdAt: new Date(atMs) },
            ...{ queue: queue ?? null, phone: phone ?? null },
            ...{ wantedWhen: when ?? null, name: name ?? null },
          })
          .onConflictDoNothing();
      } catch (thrown) {
        throw storeFailure(thrown);
      }
      return { noteId };
    },
  };
}

/** The same for the same key, so that the table's own key keeps a note once. */
function noteIdOf(...parts: readonly string[]): string {
  return `note_${createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32)}`;
}
