import { randomBytes } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { invoices, paymentLinks, refunds } from './schema.ts';

/** An invoice as a caller may hear about it. */
export interface InvoiceFacts {
  readonly invoiceId: string;
  readonly description: string;
  readonly amountCents: number;
  /** `YYYY-MM-DD` */
  readonly dueDate: string;
  readonly status: 'unpaid' | 'paid' | 'refund requested' | 'refunded';
}

/** @returns the customer's invoice, or `undefined` when they have none of that number. */
export async function findInvoice(
  database: NodePgDatabase,
  { invoiceId, customerId }: { readonly invoiceId: string; readonly customerId: string },
): Promise<InvoiceFacts | undefined> {
  const [row] = await database
    .select({ invoice: invoices, refundStatus: refunds.status })
    .from(invoices)
    .leftJoin(refunds, eq(refunds.invoiceId, invoices.invoiceId))
    .where(and(eq(invoices.invoiceId, invoiceId), eq(invoices.customerId, customerId)));
  if (!row) return undefined;
  const refunded = { requested: 'refund requested', completed: 'refunded' } as const;
  return {
    ...row.invoice,
    status: row.refundStatus ? refunded[row.refundStatus] : row.invoice.status,
  };
}

/** @returns false when a refund for the invoice exists already, whoever asked for it. */
export async function insertRefund(
  database: NodePgDatabase,
  refund: { readonly invoiceId: string; readonly reason: string; readonly callId: string },
  nowMs: number,
): Promise<boolean> {
  const inserted = await database
    .insert(refunds)
    .values({ ...refund, status: 'requested', createdAt: new Date(nowMs) })
    .onConflictDoNothing()
    .returning({ invoiceId: refunds.invoiceId });
  return inserted.length === 1;
}

/** The token of the invoice's payment link: the one it has, or a new one. */
export async function ensurePaymentLink(
  database: NodePgDatabase,
  link: { readonly invoiceId: string; readonly callId: string },
  nowMs: number,
): Promise<string> {
  const token = randomBytes(16).toString('base64url');
  const [row] = await database
    .insert(paymentLinks)
    .values({ ...link, token, createdAt: new Date(nowMs) })
    // Writing the same value back makes Postgres return the row that is there.
    .onConflictDoUpdate({ target: paymentLinks.invoiceId, set: { invoiceId: link.invoiceId } })
    .returning({ token: paymentLinks.token });
  return row?.token ?? token;
}
