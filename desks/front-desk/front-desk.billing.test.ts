import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { eq } from 'drizzle-orm';
import { policyOf } from '../../src/desk/index.ts';
import { paymentLinks, refunds } from './data/schema.ts';
import { jane, maria, openTestDesk, robert } from './testing/open-test-desk.ts';
import { lookupInvoice, payInvoice, requestRefund } from './tools/billing.ts';

let desk: Awaited<ReturnType<typeof openTestDesk>>;
beforeAll(async () => {
  desk = await openTestDesk();
});
afterAll(() => desk[Symbol.asyncDispose]());
beforeEach(() => desk.reset());

const byJane = { customer: jane };
const byRobert = { customer: robert };

it.each([lookupInvoice, requestRefund, payInvoice])(
  '$name is for callers who have proved who they are',
  (tool) => expect(policyOf(tool).verified).toBe(true),
);

it('A53: gives the same words for an invoice of another patient as for one that is not there', async () => {
  const unpaid = { reason: 'too dear' };
  for (const tool of [lookupInvoice, requestRefund, payInvoice]) {
    for (const invoiceId of ['INV-1057', 'INV-1070', 'INV-9999']) {
      const input = { invoice_id: invoiceId, ...(tool === requestRefund ? unpaid : {}) };
      const answer = await desk.use(tool, input, byJane);
      expect(answer).toEqual({
        error: `There is no invoice with the number ${invoiceId} in your name.`,
      });
      if (tool !== lookupInvoice) expect(await desk.readBack(tool, input, byJane)).toEqual(answer);
    }
  }
  expect(await desk.database.select().from(refunds)).toHaveLength(1); // the seeded one
  expect(await desk.database.select().from(paymentLinks)).toEqual([]);
  expect(desk.sent).toEqual([]);
});

it('reads an invoice out of the database', async () => {
  expect(await desk.use(lookupInvoice, { invoice_id: 'INV-1042' }, byJane)).toEqual({
    invoice_id: 'INV-1042',
    description: 'a dental cleaning and check-up',
    amount: '$120.00',
    due_date: '2026-12-01',
    status: 'unpaid',
  });
});

it('refuses a number of another form before it reaches the database', async () => {
  await expect(
    desk.use(lookupInvoice, { invoice_id: "INV-1042'; drop table invoices" }, byJane),
  ).rejects.toThrow();
});

it('requests a refund of a paid invoice once, even when asked twice at the same time', async () => {
  const ask = { invoice_id: 'INV-1057', reason: `the "filling" fell out; it's gone <b>` };
  expect(await desk.readBack(requestRefund, ask, byRobert)).toEqual({
    readBack: 'Shall I request a refund of $180.00 for a filling, invoice INV-1057?',
  });
  const answers = await Promise.all([
    desk.use(requestRefund, ask, byRobert),
    desk.use(requestRefund, ask, byRobert),
  ]);
  expect(answers.filter((answer) => answer['refund'] === 'requested')).toHaveLength(1);
  expect(answers.filter((answer) => 'error' in answer)).toEqual([
    { error: 'A refund of invoice INV-1057 has been requested already.' },
  ]);
  const rows = await desk.database.select().from(refunds).where(eq(refunds.invoiceId, 'INV-1057'));
  expect(rows).toMatchObject([{ reason: ask.reason, status: 'requested', callId: 'call_1' }]);
  expect(await desk.use(lookupInvoice, { invoice_id: 'INV-1057' }, byRobert)).toMatchObject({
    status: 'refund requested',
  });
});

it.each([
  ['INV-1042', 'Invoice INV-1042 has not been paid, so there is nothing to refund.'],
  ['INV-1063', 'Invoice INV-1063 has been refunded already.'],
])('does not refund %s', async (invoiceId, error) => {
  const input = { invoice_id: invoiceId, reason: 'too dear' };
  expect(await desk.readBack(requestRefund, input, byJane)).toEqual({ error });
  expect(await desk.use(requestRefund, input, byJane)).toEqual({ error });
});

it('sends the same payment link again rather than a second one', async () => {
  const ask = { invoice_id: 'INV-1042' };
  expect(await desk.readBack(payInvoice, ask, byJane)).toEqual({
    readBack: 'Shall I send you a link by text message to pay $120.00 for invoice INV-1042?',
  });
  expect(desk.sent).toEqual([]);
  const first = await desk.use(payInvoice, ask, byJane);
  await desk.use(payInvoice, ask, { ...byJane, callId: 'call_2' });
  expect(first).toEqual({
    invoice_id: 'INV-1042',
    amount: '$120.00',
    payment_link: 'sent by text message',
  });
  const links = await desk.database
    .select()
    .from(paymentLinks)
    .where(eq(paymentLinks.invoiceId, 'INV-1042'));
  expect(links).toHaveLength(1);
  expect(desk.sent.map((message) => message.kind)).toEqual(['payment_link', 'payment_link']);
  for (const { text } of desk.sent) expect(text).toContain(`.example/${links[0]?.token}`);
  expect(links[0]?.token.length).toBeGreaterThanOrEqual(22);
});

it('says so when the link cannot be sent', async () => {
  desk.messages.fail = true;
  expect(await desk.use(payInvoice, { invoice_id: 'INV-1043' }, byJane)).toMatchObject({
    payment_link: 'could not be sent',
  });
});

it('sends no link for what is paid', async () => {
  const ask = { invoice_id: 'INV-1058' };
  const error = 'Invoice INV-1058 does not have to be paid: its status is paid.';
  expect(await desk.readBack(payInvoice, ask, { customer: maria })).toEqual({ error });
  expect(await desk.use(payInvoice, ask, { customer: maria })).toEqual({ error });
  expect(desk.sent).toEqual([]);
});
