import { randomInt } from 'node:crypto';
import { and, asc, eq, gt, gte, isNull } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { violatedConstraint } from './conflict.ts';
import { bookings, slots } from './schema.ts';

/** A time that can be booked. */
export interface Slot {
  readonly slotId: string;
  /** `YYYY-MM-DD`, local. */
  readonly date: string;
  /** `HH:MM`, local. */
  readonly time: string;
  readonly startsAt: Date;
}

/** An appointment with its time. */
export interface Booking extends Slot {
  readonly reference: string;
  readonly name: string;
  /** Null when who made it had not proved who they are. */
  readonly customerId: string | null;
  readonly status: 'active' | 'cancelled';
  readonly callId: string | null;
}

const bookingColumns = {
  reference: bookings.reference,
  name: bookings.name,
  customerId: bookings.customerId,
  status: bookings.status,
  callId: bookings.callId,
  slotId: slots.slotId,
  date: slots.date,
  time: slots.time,
  startsAt: slots.startsAt,
};

/** Free slots that start after `nowMs`, soonest first; of one day, or from a day onwards. */
export async function freeSlots(
  database: NodePgDatabase,
  options: {
    readonly date?: string;
    readonly fromDate?: string;
    readonly nowMs: number;
    readonly limit: number;
  },
): Promise<readonly Slot[]> {
  const rows = await database
    .select({ slot: slots })
    .from(slots)
    .leftJoin(bookings, and(eq(bookings.slotId, slots.slotId), eq(bookings.status, 'active')))
    .where(
      and(
        isNull(bookings.reference),
        gt(slots.startsAt, new Date(options.nowMs)),
        options.date === undefined ? undefined : eq(slots.date, options.date),
        options.fromDate === undefined ? undefined : gte(slots.date, options.fromDate),
      ),
    )
    .orderBy(asc(slots.startsAt))
    .limit(options.limit);
  return rows.map((row) => row.slot);
}

/** @returns the slot, free or not, or `undefined` when there is none. */
export async function findSlot(
  database: NodePgDatabase,
  slotId: string,
): Promise<Slot | undefined> {
  const [slot] = await database.select().from(slots).where(eq(slots.slotId, slotId));
  return slot;
}

/** @returns the booking, cancelled ones included, or `undefined`. */
export async function findBooking(
  database: NodePgDatabase,
  reference: string,
): Promise<Booking | undefined> {
  const [booking] = await database
    .select(bookingColumns)
    .from(bookings)
    .innerJoin(slots, eq(slots.slotId, bookings.slotId))
    .where(eq(bookings.reference, reference));
  return booking;
}

/** @returns the booking that holds the slot now, or `undefined`. */
export async function findHolder(
  database: NodePgDatabase,
  slotId: string,
): Promise<Booking | undefined> {
  const [booking] = await database
    .select(bookingColumns)
    .from(bookings)
    .innerJoin(slots, eq(slots.slotId, bookings.slotId))
    .where(and(eq(bookings.slotId, slotId), eq(bookings.status, 'active')));
  return booking;
}

/** Draws a reference such as `GB-20261122-482`; another one each time it is called. */
export type NewReference = (date: string) => string;

/** Three digits from the operating system's randomness. */
export const randomReference: NewReference = (date) =>
  `GB-${date.replaceAll('-', '')}-${randomInt(100, 1000)}`;

/**
 * Takes a slot, in one statement; the partial unique index decides between callers.
 *
 * @param options.today local date that the reference carries.
 * @returns the reference, or `undefined` when somebody else was first.
 * @throws when the day's references are all but used up, or the database fails.
 */
export async function insertBooking(
  database: NodePgDatabase,
  booking: Pick<Booking, 'slotId' | 'name' | 'customerId' | 'callId'>,
  options: {
    readonly nowMs: number;
    readonly today: string;
    readonly newReference?: NewReference;
  },
): Promise<string | undefined> {
  const newReference = options.newReference ?? randomReference;
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const reference = newReference(options.today);
    try {
      await database
        .insert(bookings)
        .values({ ...booking, reference, status: 'active', createdAt: new Date(options.nowMs) });
      return reference;
    } catch (thrown) {
      const constraint = violatedConstraint(thrown);
      if (constraint === 'bookings_one_active_per_slot') return undefined;
      if (constraint !== 'bookings_pkey') throw thrown; // otherwise the reference is taken: draw again
    }
  }
  throw new Error(`no booking reference is left for ${options.today}`);
}

/**
 * Moves an active booking to another slot, in one statement: it holds the old one or the new one.
 *
 * @returns `taken` when somebody else holds the new slot, `gone` when the booking is not active.
 */
export async function updateBookingSlot(
  database: NodePgDatabase,
  reference: string,
  slotId: string,
): Promise<'moved' | 'taken' | 'gone'> {
  try {
    const moved = await database
      .update(bookings)
      .set({ slotId })
      .where(and(eq(bookings.reference, reference), eq(bookings.status, 'active')))
      .returning({ reference: bookings.reference });
    return moved.length === 1 ? 'moved' : 'gone';
  } catch (thrown) {
    if (violatedConstraint(thrown) === 'bookings_one_active_per_slot') return 'taken';
    throw thrown;
  }
}

/** Cancels an active booking, which frees its slot. @returns false when it was not active. */
export async function cancelActiveBooking(
  database: NodePgDatabase,
  reference: string,
): Promise<boolean> {
  const cancelled = await database
    .update(bookings)
    .set({ status: 'cancelled' })
    .where(and(eq(bookings.reference, reference), eq(bookings.status, 'active')))
    .returning({ reference: bookings.reference });
  return cancelled.length === 1;
}
