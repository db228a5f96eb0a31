import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { addDays, isWeekday, localTime, momentOf } from './calendar.ts';
import { bookings, invoices, refunds, slots } from './schema.ts';

/** Appointments start at these local times on every weekday. */
export const slotTimes = ['09:00', '10:30', '13:00', '14:30', '16:00'] as const;
/** How many days ahead, today included, slots exist. */
export const daysAhead = 15;

/** Due dates count from the day on which the desk first started. */
const seedInvoices = [
  ['INV-1042', 'a dental cleaning and check-up', 12_000, 8, 'unpaid'],
  ['INV-1043', 'two X-rays', 8_550, 15, 'unpaid'],
  ['INV-1051', 'teeth whitening', 24_000, 22, 'unpaid'],
  ['INV-1057', 'a filling', 18_000, -12, 'paid'],
  ['INV-1058', 'a dental cleaning', 9_500, -5, 'paid'],
  ['INV-1063', 'a crown fitting', 64_000, -30, 'paid'],
  ['INV-1070', 'an emergency visit', 15_025, -3, 'unpaid'],
  ['INV-1088', 'a night guard', 31_000, 29, 'unpaid'],
] as const;

/**
 * Brings the example data up to date: invoices, one refund and one booking once, and slots for the
 * coming two weeks at every start. Rows that exist are never touched, so nothing is un-booked.
 */
export async function seed(
  database: NodePgDatabase,
  options: { readonly nowMs: number; readonly timeZone: string },
): Promise<void> {
  const today = localTime(options.nowMs, options.timeZone).date;
  const createdAt = new Date(options.nowMs);

  await database
    .insert(invoices)
    .values(
      seedInvoices.map(([invoiceId, description, amountCents, dueInDays, status]) => ({
        invoiceId,
        description,
        amountCents,
        dueDate: addDays(today, dueInDays),
        status,
      })),
    )
    .onConflictDoNothing();
  await database
    .insert(refunds)
    .values({
      invoiceId: 'INV-1063',
      reason: 'The crown was fitted again at no charge.',
      status: 'completed',
      createdAt,
    })
    .onConflictDoNothing();

  const days = Array.from({ length: daysAhead }, (_, ahead) => addDays(today, ahead));
  await database
    .insert(slots)
    .values(
      days.filter(isWeekday).flatMap((date) =>
        slotTimes.map((time) => ({
          slotId: `${date}T${time.replace(':', '')}`,
          date,
          time,
          startsAt: new Date(momentOf({ date, time }, options.timeZone)),
        })),
      ),
    )
    .onConflictDoNothing();

  // One appointment to ask about, move or cancel. Its reference is fixed, so it is made only once.
  const bookedDay = days.slice(3).find(isWeekday) ?? today;
  await database
    .insert(bookings)
    .values({
      reference: 'GB-20261102-117',
      slotId: `${bookedDay}T1600`,
      name: 'James Carter',
      status: 'active',
      createdAt,
    })
    .onConflictDoNothing();
}
