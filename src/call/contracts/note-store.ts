import { describe, expect, it } from 'vitest';
import type { NoteStore } from '../ports.ts';

/** A store of notes, and a way to look into it. */
export interface NoteStoreUnderTest {
  readonly store: NoteStore;
  /** Texts of the notes of one call, in any order. */
  texts(callId: string): Promise<readonly string[]>;
}

/** What every store of notes must do. */
export function noteStoreContract(name: string, open: () => Promise<NoteStoreUnderTest>): void {
  describe(`${name} keeps notes`, () => {
    const noteOf = (callId: string, text: string) => ({
      ...{ callId, desk: 'front-desk', atMs: Date.UTC(2026, 10, 23, 9) },
      ...{ kind: 'message' as const, name: 'Jane', text },
    });

    it('keeps every note that has no key', async () => {
      const { store, texts } = await open();
      const callId = `call_${crypto.randomUUID()}`;
      const first = await store.leave(noteOf(callId, 'one'));
      const second = await store.leave(noteOf(callId, 'one'));
      expect(first.noteId).not.toBe(second.noteId);
      expect(await texts(callId)).toEqual(['one', 'one']);
    });

    it('F6: keeps a note once when the function call that left it is delivered again', async () => {
      const { store, texts } = await open();
      const callId = `call_${crypto.randomUUID()}`;
      const note = { ...noteOf(callId, 'one'), idempotencyKey: `${callId}:fc_1` };
      const first = await store.leave(note);
      expect(await store.leave(note)).toEqual(first);
      const other = await store.leave({ ...note, idempotencyKey: `${callId}:fc_2`, text: 'two' });
      expect(other).not.toEqual(first);
      expect([...(await texts(callId))].sort()).toEqual(['one', 'two']);
    });
  });
}
