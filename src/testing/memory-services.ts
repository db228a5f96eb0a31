import type { AttemptStore, CallServices, NoteStore } from '../call/index.ts';

/** Attempts that are forgotten with the process. */
export function memoryAttemptStore(): AttemptStore {
  let attempts: { id: string; desk: string; subjects: readonly string[]; atMs: number }[] = [];
  return {
    async begin({ desk, subjects, sinceMs, atMs }) {
      const attemptId = `attempt_${attempts.length + 1}`;
      attempts.push({ id: attemptId, desk, subjects, atMs });
      const counts = subjects.map(
        (subject) =>
          attempts.filter(
            (one) => one.desk === desk && one.atMs > sinceMs && one.subjects.includes(subject),
          ).length,
      );
      return { attemptId, failures: Math.max(0, ...counts) };
    },
    async succeeded(attemptId) {
      const right = attempts.find(({ id }) => id === attemptId);
      attempts = attempts.filter(
        ({ subjects }) => !subjects.some((subject) => right?.subjects.includes(subject)),
      );
    },
  };
}

/** A note as a call left it. */
export type LeftNote = Parameters<NoteStore['leave']>[0];

/** Notes that are forgotten with the process, and what was left. */
export function memoryNoteStore(): NoteStore & { readonly left: readonly LeftNote[] } {
  const left: LeftNote[] = [];
  return {
    left,
    async leave(note) {
      const { desk, kind, idempotencyKey: key } = note;
      const again = (one: LeftNote): boolean =>
        key !== undefined && one.desk === desk && one.kind === kind && one.idempotencyKey === key;
      const known = left.findIndex(again);
      if (known < 0) left.push(note);
      return { noteId: `note_${known < 0 ? left.length : known + 1}` };
    },
  };
}

/** Services for a call whose tools use neither database nor messages. */
export function memoryServices(over: Partial<CallServices> = {}): CallServices {
  return {
    database: Object.create(null) as CallServices['database'], // a tool that reads it would be the test's mistake
    messages: { send: async () => ({ messageId: 'message_1' }) },
    attempts: memoryAttemptStore(),
    notes: memoryNoteStore(),
    operators: null,
    textModel: null,
    ...over,
  };
}
