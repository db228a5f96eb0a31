import { sql } from 'drizzle-orm';
import {
  check,
  date,
  index,
  integer,
  pgSchema,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core';

/** The Postgres schema that holds everything of this desk. */
export const frontDesk = pgSchema('front_desk');

const createdAt = () => timestamp('created_at', { withTimezone: true }).notNull();

/** Patients, as the practice knows them. Name and date of birth prove who is calling. */
export const customers = frontDesk.table(
  'customers',
  {
    customerId: text('customer_id').primaryKey(),
    name: text('name').notNull(),
    dateOfBirth: date('date_of_birth', { mode: 'string' }).notNull(),
    /** E.164. */
    phone: text('phone').notNull(),
  },
  (table) => [index('customers_by_date_of_birth').on(table.dateOfBirth)],
);

/** What patients owe or owed. Money is whole cents of US dollars. */
export const invoices = frontDesk.table(
  'invoices',
  {
    invoiceId: text('invoice_id').primaryKey(),
    /** Null: nobody's, so that no caller reaches it. */
    customerId: text('customer_id').references(() => customers.customerId),
    description: text('description').notNull(),
    amountCents: integer('amount_cents').notNull(),
    dueDate: date('due_date', { mode: 'string' }).notNull(),
    status: text('status', { enum: ['unpaid', 'paid'] }).notNull(),
  },
  (table) => [
    check('invoices_id_form', sql`${table.invoiceId} ~ '^INV-[0-9]{4}$'`),
    check('invoices_amount_positive', sql`${table.amountCents} > 0`),
    check('invoices_status_known', sql`${table.status} in ('unpaid', 'paid')`),
  ],
);

/** At most one refund for an invoice, ever: the primary key says so. */
export const refunds = frontDesk.table(
  'refunds',
  {
    invoiceId: text('invoice_id')
      .primaryKey()
      .references(() => invoices.invoiceId),
    reason: text('reason').notNull(),
    status: text('status', { enum: ['requested', 'completed'] }).notNull(),
    /** Null for refunds made outside of a call. */
    callId: text('call_id'),
    createdAt: createdAt(),
  },
  (table) => [check('refunds_status_known', sql`${table.status} in ('requested', 'completed')`)],
);

/** One payment link for an invoice, sent as often as asked for, so that nobody can pay twice. */
export const paymentLinks = frontDesk.table('payment_links', {
  invoiceId: text('invoice_id')
    .primaryKey()
    .references(() => invoices.invoiceId),
  token: text('token').notNull().unique(),
  callId: text('call_id').notNull(),
  createdAt: createdAt(),
});

/** Times that can be booked. `slotId` is the local date and time, e.g. `2026-11-26T1030`. */
export const slots = frontDesk.table(
  'slots',
  {
    slotId: text('slot_id').primaryKey(),
    date: date('date', { mode: 'string' }).notNull(),
    /** Local time, `HH:MM`. */
    time: text('time').notNull(),
    startsAt: timestamp('starts_at', { withTimezone: true }).notNull(),
  },
  (table) => [index('slots_by_date').on(table.date)],
);

/** Appointments. A cancelled one keeps its row and its reference, and frees the slot. */
export const bookings = frontDesk.table(
  'bookings',
  {
    reference: text('reference').primaryKey(),
    slotId: text('slot_id')
      .notNull()
      .references(() => slots.slotId),
    name: text('name').notNull(),
    /** Null when who made it had not proved who they are: then only the name is known. */
    customerId: text('customer_id').references(() => customers.customerId),
    status: text('status', { enum: ['active', 'cancelled'] }).notNull(),
    /** Null for bookings made outside of a call. */
    callId: text('call_id'),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex('bookings_one_active_per_slot')
      .on(table.slotId)
      .where(sql`${table.status} = 'active'`),
    check('bookings_reference_form', sql`${table.reference} ~ '^GB-[0-9]{8}-[0-9]{3}$'`),
    check('bookings_status_known', sql`${table.status} in ('active', 'cancelled')`),
  ],
);
