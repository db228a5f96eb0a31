import { z } from 'zod';
import { deskTool, type ToolCall } from '../../../src/desk/index.ts';
import {
  ensurePaymentLink,
  findInvoice,
  insertRefund,
  type InvoiceFacts,
} from '../data/invoices.ts';
import { answerOf, plainText, sendMessage, sendOutcome, type NoAnswer } from './within-call.ts';

/** Form of an invoice number, which callers give by its digits. */
export const invoiceId = z
  .string()
  .regex(/^INV-\d{4}$/)
  .describe(
    'The invoice number: the letters INV and four digits, such as INV-1042. Callers often say only the digits.',
  );

/** The same words for somebody else's invoice as for one that does not exist. */
const notFound = (id: string): NoAnswer => ({
  error: `There is no invoice with the number ${id} in your name.`,
});

function dollars(cents: number): string {
  return new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' }).format(cents / 100);
}

/** The caller's own invoice, in a form that `refusal` finds nothing against; otherwise why not. */
async function ownInvoice(
  call: ToolCall<true>,
  id: string,
  refusal: (invoice: InvoiceFacts) => string | null = () => null,
): Promise<InvoiceFacts | NoAnswer> {
  const invoice = await findInvoice(call.database, { invoiceId: id, customerId: call.verified.id });
  if (!invoice) return notFound(id);
  const reason = refusal(invoice);
  return reason === null ? invoice : { error: reason };
}

/** Amount, due date and status of one invoice. */
export const lookupInvoice = deskTool({
  name: 'lookup_invoice',
  description: 'Look up an invoice: what the bill is for, its amount, its due date and its status.',
  parameters: z.object({ invoice_id: invoiceId }),
  verified: true,
  output: answerOf({
    invoice_id: z.string(),
    description: z.string(),
    amount: z.string(),
    due_date: z.string(),
    status: z.string(),
  }),
  async execute(input, call) {
    const invoice = await ownInvoice(call, input.invoice_id);
    if ('error' in invoice) return invoice;
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
export const requestRefund = deskTool({
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
  verified: true,
  output: answerOf({
    invoice_id: z.string(),
    amount: z.string(),
    refund: z.literal('requested'),
    decision: z.string(),
  }),
  async confirm(input, call) {
    const invoice = await ownInvoice(call, input.invoice_id, notRefundable);
    if ('error' in invoice) return invoice;
    const { invoiceId: id, amountCents, description } = invoice;
    return {
      readBack: `Shall I request a refund of ${dollars(amountCents)} for ${description}, invoice ${id}?`,
    };
  },
  async execute(input, call) {
    const invoice = await ownInvoice(call, input.invoice_id, notRefundable);
    if ('error' in invoice) return invoice;
    const isNew = await insertRefund(
      call.database,
      { invoiceId: invoice.invoiceId, reason: plainText(input.reason), callId: call.callId },
      call.nowMs(),
    );
    if (!isNew) return { error: requestedAlready(invoice) };
    return {
      invoice_id: invoice.invoiceId,
      amount: dollars(invoice.amountCents),
      refund: 'requested',
      decision: 'will come within five working days',
    };
  },
});

const requestedAlready = ({ invoiceId: id }: InvoiceFacts): string =>
  `A refund of invoice ${id} has been requested already.`;

function notRefundable(invoice: InvoiceFacts): string | null {
  const { invoiceId: id, status } = invoice;
  if (status === 'unpaid') return `Invoice ${id} has not been paid, so there is nothing to refund.`;
  if (status === 'refunded') return `Invoice ${id} has been refunded already.`;
  return status === 'paid' ? null : requestedAlready(invoice);
}

/** Sends the caller a link to pay with. No card number is ever spoken. */
export const payInvoice = deskTool({
  name: 'pay_invoice',
  description: 'Send the caller a link by text message with which they can pay an invoice.',
  parameters: z.object({ invoice_id: invoiceId }),
  verified: true,
  output: answerOf({ invoice_id: z.string(), amount: z.string(), payment_link: sendOutcome }),
  async confirm(input, call) {
    const invoice = await ownInvoice(call, input.invoice_id, notPayable);
    if ('error' in invoice) return invoice;
    const { invoiceId: id, amountCents } = invoice;
    return {
      readBack: `Shall I send you a link by text message to pay ${dollars(amountCents)} for invoice ${id}?`,
    };
  },
  async execute(input, call) {
    const invoice = await ownInvoice(call, input.invoice_id, notPayable);
    if ('error' in invoice) return invoice;
    return {
      invoice_id: invoice.invoiceId,
      amount: dollars(invoice.amountCents),
      payment_link: await sendPaymentLink(call, invoice),
    };
  },
});

function notPayable({ invoiceId: id, status }: InvoiceFacts): string | null {
  return status === 'unpaid'
    ? null
    : `Invoice ${id} does not have to be paid: its status is ${status}.`;
}

async function sendPaymentLink(call: ToolCall<true>, invoice: InvoiceFacts) {
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
