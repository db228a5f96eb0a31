import { tool } from '@openai/agents/realtime';
import { z } from 'zod';
import type { CallContext } from '../../../src/desk/index.ts';
import { ensurePaymentLink, findInvoice, insertRefund } from '../data/invoices.ts';
import { callOf, plainText, sendMessage, type Answer, type Run } from './within-call.ts';

const invoiceId = z
  .string()
  .regex(/^INV-\d{4}$/)
  .describe(
    'The invoice number: the letters INV and four digits, such as INV-1042. Callers often say only the digits.',
  );

const notFound = (id: string) => ({ error: `There is no invoice with the number ${id}.` });

function dollars(cents: number): string {
  return new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' }).format(cents / 100);
}

async function invoiceOf(run: Run, id: string) {
  const call = callOf(run);
  return { call, invoice: await findInvoice(call.database, id) };
}

/** Amount, due date and status of one invoice. */
export const lookupInvoice = tool({
  name: 'lookup_invoice',
  description: 'Look up an invoice: what the bill is for, its amount, its due date and its status.',
  parameters: z.object({ invoice_id: invoiceId }),
  errorFunction: null,
  async execute(input, run: Run): Promise<Answer> {
    const { invoice } = await invoiceOf(run, input.invoice_id);
    if (!invoice) return notFound(input.invoice_id);
    return {
      invoice_id: invoice.invoiceId,
      description: invoice.description,
      amount: dollars(invoice.amountCents),
      due_date: invoice.dueDate,
      status: invoice.status,
    };
  },
});

/** Files a request for a refund, which people decide later. */
export const requestRefund = tool({
  name: 'request_refund',
  description:
    'Request a refund of an invoice that has been paid. For callers who want their money back or were charged twice. The team decides within five working days.',
  parameters: z.object({
    invoice_id: invoiceId,
    reason: z
      .string()
      .trim()
      .min(1)
      .max(500)
      .describe("The reason for the refund, in the caller's own words"),
  }),
  errorFunction: null,
  async execute(input, run: Run): Promise<Answer> {
    const { call, invoice } = await invoiceOf(run, input.invoice_id);
    if (!invoice) return notFound(input.invoice_id);
    if (invoice.status === 'unpaid') {
      return {
        error: `Invoice ${invoice.invoiceId} has not been paid, so there is nothing to refund.`,
      };
    }
    const isNew =
      invoice.status === 'paid' &&
      (await insertRefund(
        call.database,
        { invoiceId: invoice.invoiceId, reason: plainText(input.reason), callId: call.callId },
        call.nowMs(),
      ));
    if (!isNew) {
      return invoice.status === 'refunded'
        ? { error: `Invoice ${invoice.invoiceId} has been refunded already.` }
        : { error: `A refund of invoice ${invoice.invoiceId} has been requested already.` };
    }
    return {
      invoice_id: invoice.invoiceId,
      amount: dollars(invoice.amountCents),
      refund: 'requested',
      decision: 'will come within five working days',
    };
  },
});

/** Sends the caller a link to pay with. No card number is ever spoken. */
export const payInvoice = tool({
  name: 'pay_invoice',
  description: 'Send the caller a link by text message with which they can pay an invoice.',
  parameters: z.object({ invoice_id: invoiceId }),
  errorFunction: null,
  async execute(input, run: Run): Promise<Answer> {
    const { call, invoice } = await invoiceOf(run, input.invoice_id);
    if (!invoice) return notFound(input.invoice_id);
    if (invoice.status !== 'unpaid') {
      return {
        error: `Invoice ${invoice.invoiceId} does not have to be paid: its status is ${invoice.status}.`,
      };
    }
    return {
      invoice_id: invoice.invoiceId,
      amount: dollars(invoice.amountCents),
      payment_link: await sendPaymentLink(call, invoice),
    };
  },
});

async function sendPaymentLink(
  call: CallContext,
  invoice: { readonly invoiceId: string; readonly amountCents: number },
) {
  const token = await ensurePaymentLink(
    call.database,
    { invoiceId: invoice.invoiceId, callId: call.callId },
    call.nowMs(),
  );
  return sendMessage(call, {
    kind: 'payment_link',
    text:
      `Garden Bridge Dental: pay invoice ${invoice.invoiceId} (${dollars(invoice.amountCents)}) ` +
      `at https://pay.gardenbridgedental.example/${token}`,
  });
}
