import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { eq } from 'drizzle-orm';
import { paymentLinks, refunds } from './data/schema.ts';
import { openTestDesk } from './testing/open-test-desk.ts';
import { lookupInvoice, payInvoice, requestRefund } from './tools/billing.ts';

let desk: Awaited<ReturnType<typeof openTestDesk>>;
beforeAll(async () => {
  desk = await openTestDesk();
});
afterAll(() => desk[Symbol.asyncDispose]());
beforeEach(() => desk.reset());

it('reads an invoice out of the database', async () => {
  expect(await desk.use(lookupInvoice, { invoice_id: 'INV-1042' })).toEqual({
    invoice_id: 'INV-1042',
    description: 'a dental cleaning and check-up',
    amount: '$120.00',
    due_date: '2026-12-01',
    status: 'unpaid',
  });
});

it('says that an invoice does not exist', async () => {
  const answer = await desk.use(lookupInvoice, { invoice_id: 'INV-9999' });
  expect(answer).toEqual({ error: 'There is no invoice with the number INV-9999.' });
});

it('refuses a number of another form before it reaches the database', async () => {
  await expect(
    desk.use(lookupInvoice, { invoice_id: "INV-1042'; drop table invoices" }),
  ).rejects.toThrow();
});

it('requests a refund of a paid invoice once, even when asked twice at the same time', async () => {
  const ask = { invoice_id: 'INV-1057', reason: `the "filling" fell out; it's gone <b>` };
  const answers = await Promise.all([desk.use(requestRefund, ask), desk.use(requestRefund, ask)]);
  expect(answers.filter((answer) => answer['refund'] === 'requested')).toHaveLength(1);
  expect(answers.filter((answer) => 'error' in answer)).toEqual([
    { error: 'A refund of invoice INV-1057 has been requested already.' },
  ]);
  const rows = await desk.database.select().from(refunds).where(eq(refunds.invoiceId, 'INV-1057'));
  expect(rows).toMatchObject([{ reason: ask.reason, status: 'requested', callId: 'call_1' }]);
  expect(await desk.use(lookupInvoice, { invoice_id: 'INV-1057' })).toMatchObject({
    status: 'refund requested',
  });
});

it.each([
  ['INV-1042', 'Invoice INV-1042 has not been paid, so there is nothing to refund.'],
  ['INV-1063', 'Invoice INV-1063 has been refunded already.'],
  ['INV-9999', 'There is no invoice with the number INV-9999.'],
])('does not refund %s', async (invoiceId, error) => {
  const answer = await desk.use(requestRefund, { invoice_id: invoiceId, reason: 'too dear' });
  expect(answer).toEqual({ error });
});

it('sends the same payment link again rather than a second one', async () => {
  const first = await desk.use(payInvoice, { invoice_id: 'INV-1042' });
  await desk.use(payInvoice, { invoice_id: 'INV-1042' }, 'call_2');
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
  expect(await desk.use(payInvoice, { invoice_id: 'INV-1043' })).toMatchObject({
    payment_link: 'could not be sent',
  });
});

it('sends no link for what is paid', async () => {
  expect(await desk.use(payInvoice, { invoice_id: 'INV-1058' })).toEqual({
    error: 'Invoice INV-1058 does not have to be paid: its status is paid.',
  });
  expect(desk.sent).toEqual([]);
});
