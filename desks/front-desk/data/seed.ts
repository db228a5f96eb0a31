import { isNull, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { addDays, isWeekday, localTime, momentOf } from './calendar.ts';
import { bookings, customers, invoices, refunds, slots } from './schema.ts';

/** Appointments start at these local times on every weekday. */
export const slotTimes = ['09:00', '10:30', '13:00', '14:30', '16:00'] as const;
/** How many days ahead, today included, slots exist. */
export const daysAhead = 15;

/** Patients who do not exist, with numbers that are kept for such people. */
const seedCustomers = [
  ['PT-1001', 'Jane Miller', '1982-03-05', '+12125550142'],
  ['PT-1002', 'Robert Wilson', '1974-10-21', '+12125550157'],
  ['PT-1003', 'Maria Lopez', '1990-06-12', '+12125550163'],
  ['PT-1004', 'James Carter', '1968-01-30', '+12125550188'],
] as const;

/** Due dates count from the day on which the desk first started. */
const seedInvoices = [
  ['INV-1042', 'PT-1001', 'a dental cleaning and check-up', 12_000, 8, 'unpaid'],
  ['INV-1043', 'PT-1001', 'two X-rays', 8_550, 15, 'unpaid'],
  ['INV-1051', 'PT-1002', 'teeth whitening', 24_000, 22, 'unpaid'],
  ['INV-1057', 'PT-1002', 'a filling', 18_000, -12, 'paid'],
  ['INV-1058', 'PT-1003', 'a dental cleaning', 9_500, -5, 'paid'],
  ['INV-1063', 'PT-1001', 'a crown fitting', 64_000, -30, 'paid'],
  ['INV-1070', 'PT-1003', 'an emergency visit', 15_025, -3, 'unpaid'],
  ['INV-1088', 'PT-1004', 'a night guard', 31_000, 29, 'unpaid'],
] as const;

/**
 * Brings the example data up to date: patients, invoices, one refund and one booking once, and slots
 * for the coming two weeks at every start. Rows that exist are never touched, so nothing is
 * un-booked; only example rows from before there were patients get the one they belong to.
 */
export async function seed(
  database: NodePgDatabase,
  options: { readonly nowMs: number; readonly timeZone: string },
): Promise<void> {
  const today = localTime(options.nowMs, options.timeZone).date;
  const createdAt = new Date(options.nowMs);

  await database
    .insert(customers)
    .values(
      seedCustomers.map(([customerId, name, dateOfBirth, phone]) => ({
        customerId,
        name,
        dateOfBirth,
        phone,
      })),
    )
    .onConflictDoNothing();
  await database
    .insert(invoices)
    .values(
      seedInvoices.map(([invoiceId, customerId, description, amountCents, dueInDays, status]) => ({
        invoiceId,
        customerId,
        description,
        amountCents,
        dueDate: addDays(today, dueInDays),
        status,
      })),
    )
    .onConflictDoUpdate({
      target: invoices.invoiceId,
      set: { customerId: sql`excluded.customer_id` },
      setWhere: isNull(invoices.customerId),
    });
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
      customerId: 'PT-1004',
      status: 'active',
      createdAt,
    })
    .onConflictDoUpdate({
      target: bookings.reference,
      set: { customerId: sql`excluded.customer_id` },
      setWhere: isNull(bookings.customerId),
    });
}
