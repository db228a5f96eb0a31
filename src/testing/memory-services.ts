import type { AttemptStore, CallServices, NoteStore } from '../call/index.ts';
import type {
  CarrierCallStore,
  DoNotCallEntry,
  DoNotCallList,
  KnownCarrierCall,
  WebhookStore,
} from '../call/ports.ts';

/** Attempts that are forgotten with the process. */
export function memoryAttemptStore(): AttemptStore {
  let count = 0;
  let rows: { id: string; desk: string; subject: string; atMs: number }[] = [];
  return {
    async begin({ desk, subjects, sinceMs, atMs }) {
      const attemptId = `attempt_${++count}`;
      for (const subject of subjects) rows.push({ id: attemptId, desk, subject, atMs });
      const counts = subjects.map(
        (subject) =>
          rows.filter((row) => row.desk === desk && row.subject === subject && row.atMs > sinceMs)
            .length,
      );
      return { attemptId, failures: Math.max(0, ...counts) };
    },
    async succeeded(attemptId) {
      const right = rows.filter(({ id }) => id === attemptId);
      rows = rows.filter(
        (row) =>
          !right.some(
            (one) => one.desk === row.desk && one.subject === row.subject && one.atMs >= row.atMs,
          ),
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

/** A list that is forgotten with the process. */
export function memoryDoNotCallList(): DoNotCallList {
  const entries: DoNotCallEntry[] = [];
  const find = (number: string): number => entries.findIndex((entry) => entry.number === number);
  return {
    async add({ note = null, ...entry }) {
      if (find(entry.number) < 0) entries.unshift({ ...entry, note });
    },
    async remove(number) {
      const index = find(number);
      if (index >= 0) entries.splice(index, 1);
      return index >= 0;
    },
    has: async (number) => find(number) >= 0,
    list: async ({ limit }) => entries.slice(0, limit),
  };
}

/** Services for a call whose tools use neither database nor messages. */
export function memoryServices(over: Partial<CallServices> = {}): CallServices {
  return {
    database: Object.create(null) as CallServices['database'], // a tool that reads it would be the test's mistake
    messages: { send: async () => ({ messageId: 'message_1' }) },
    attempts: memoryAttemptStore(),
    notes: memoryNoteStore(),
    doNotCall: memoryDoNotCallList(),
    operators: null,
    textModel: null,
    ...over,
  };
}

/** Carriers' calls that are forgotten with the process. */
export function memoryCarrierCalls(): CarrierCallStore {
  const order: readonly string[] = ['queued', 'ringing', 'answered'];
  const rank = (status: string): number =>
    order.includes(status) ? order.indexOf(status) : order.length;
  const rows = new Map<string, KnownCarrierCall>();
  const keyOf = (call: { carrier: string; carrierCallId: string }): string =>
    `${call.carrier} ${call.carrierCallId}`;
  const empty: KnownCarrierCall = { callId: null, desk: null, status: 'queued' };
  return {
    async announced(call) {
      const known = rows.get(keyOf(call)) ?? empty;
      rows.set(keyOf(call), { ...known, desk: known.desk ?? call.desk });
    },
    async begun(call) {
      rows.set(keyOf(call), { ...(rows.get(keyOf(call)) ?? empty), callId: call.callId });
    },
    async progressed(call) {
      const known = rows.get(keyOf(call));
      if (known && rank(call.status) <= rank(known.status)) return false;
      rows.set(keyOf(call), { ...(known ?? empty), status: call.status });
      return true;
    },
    async find(call) {
      return rows.get(keyOf(call)) ?? null;
    },
  };
}

/** Webhooks that are forgotten with the process, and what was done about them. */
export function memoryWebhooks(): WebhookStore & {
  readonly kept: ReadonlyMap<string, { readonly type: string; outcome: string | null }>;
} {
  const kept = new Map<string, { type: string; atMs: number; outcome: string | null }>();
  const keptForMs = 30 * 24 * 3_600_000;
  return {
    kept,
    async first({ source, webhookId, type, atMs }) {
      for (const [key, one] of kept) if (one.atMs < atMs - keptForMs) kept.delete(key);
      const key = `${source} ${webhookId}`;
      if (kept.has(key)) return false;
      kept.set(key, { type, atMs, outcome: null });
      return true;
    },
    async settled({ source, webhookId, outcome }) {
      const one = kept.get(`${source} ${webhookId}`);
      if (one) one.outcome = outcome;
    },
  };
}
