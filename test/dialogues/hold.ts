import { sql } from 'drizzle-orm';
import { placeCall, type PlacedCall } from '../../src/cli/caller/index.ts';
import type { Store } from '../../src/store/index.ts';
import { eventsOf } from '../support/callers.ts';
import { listening } from './caller.ts';
import type { Dialogue, Leaves } from './front-desk.ts';
import { speak } from './speak.ts';

/** A dialogue that was held. */
export interface Held {
  readonly call: PlacedCall;
  /** What the caller really said, in order. */
  readonly said: readonly string[];
  /** What the agents said, as far as it was heard. */
  readonly heard: string;
}

/** Callers on the line at the same time. */
const atOnce = 3;

/** Calls the line as each of the callers would, some at the same time. */
export async function holdAll<Key>(
  url: string,
  dialogues: ReadonlyMap<Key, Dialogue>,
): Promise<ReadonlyMap<Key, Held>> {
  const waiting = [...dialogues];
  const held = new Map<Key, Held>();
  const line = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [key, dialogue] = next;
      held.set(key, await hold(url, dialogue));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, line));
  return held;
}

/** Calls the line once. */
export async function hold(url: string, dialogue: Dialogue): Promise<Held> {
  const said: string[] = [];
  const call = await placeCall({
    url,
    desk: 'front-desk',
    record: true,
    pauseMs: 500,
    turns: listening(dialogue, (text) => {
      said.push(text);
      return speak(text, dialogue);
    }),
  });
  const heard = eventsOf(call.events, 'turn.agent').map(({ text }) => text);
  return { call, said, heard: heard.join(' ') };
}

/** Reads what a call left behind, in the form in which a dialogue says it should be. */
export async function leftBy(
  { call: { callId } }: Held,
  { moved }: Leaves,
  store: Store,
): Promise<Required<Leaves>> {
  const rows = async (query: ReturnType<typeof sql>) =>
    (await store.database.execute(query)).rows as readonly Readonly<Record<string, string>>[]; // text columns only
  const bookings = await rows(
    sql`select slot_id, name, status from front_desk.bookings where call_id = ${callId}`,
  );
  const refunds = await rows(
    sql`select invoice_id from front_desk.refunds where call_id = ${callId}`,
  );
  const links = await rows(
    sql`select invoice_id from front_desk.payment_links where call_id = ${callId}`,
  );
  const notes = await rows(
    sql`select kind, phone from switchboard.notes where call_id = ${callId}`,
  );
  const places = await Promise.all(
    Object.keys(moved ?? {}).map(async (reference) => {
      const [row] = await rows(
        sql`select slot_id from front_desk.bookings where reference = ${reference}`,
      );
      return [reference, row?.['slot_id'] ?? ''] as const;
    }),
  );
  const invoices = (from: typeof refunds): string[] => from.map((row) => row['invoice_id'] ?? '');
  return {
    bookings: bookings.map((row) => ({
      slot: row['slot_id'] ?? '',
      name: (row['name'] ?? '').toLowerCase(),
      status: row['status'] === 'active' ? 'active' : 'cancelled',
    })),
    moved: Object.fromEntries(places),
    refunds: invoices(refunds),
    paymentLinks: invoices(links),
    notes: notes.map((row) => ({
      kind: row['kind'] ?? '',
      ...(row['phone'] ? { phone: row['phone'].replace(/\D/g, '') } : {}),
    })),
  };
}
