import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { eq } from 'drizzle-orm';
import { findCustomer } from './data/customers.ts';
import { bookings, customers, invoices } from './data/schema.ts';
import { jane, openTestDesk } from './testing/open-test-desk.ts';

let desk: Awaited<ReturnType<typeof openTestDesk>>;
beforeAll(async () => {
  desk = await openTestDesk();
});
afterAll(() => desk[Symbol.asyncDispose]());
beforeEach(() => desk.reset());

it('finds a patient by date of birth and a name that sounds like theirs', async () => {
  const dateOfBirth = '1982-03-05';
  for (const name of ['Jane Miller', 'jean millar', 'Mrs Jane Ann Miller']) {
    expect(await findCustomer(desk.database, { name, dateOfBirth })).toEqual(jane);
  }
});

it.each([
  ['the day of birth is a day off', 'Jane Miller', '1982-03-06'],
  ['the family name is missing', 'Jane', '1982-03-05'],
  ['the name is another patient’s', 'Robert Wilson', '1982-03-05'],
  ['the name is meant for the database', "Jane Miller' or 'a'='a", '1982-03-05'],
])('finds nobody when %s', async (_why, name, dateOfBirth) => {
  expect(await findCustomer(desk.database, { name, dateOfBirth })).toBeNull();
});

it('takes no twin for the other', async () => {
  const twin = { customerId: 'PT-9001', name: 'John Miller', dateOfBirth: '1982-03-05', phone: '' };
  await desk.database.insert(customers).values(twin);
  const find = (name: string) => findCustomer(desk.database, { name, dateOfBirth: '1982-03-05' });
  expect(await find('Jane Miller')).toEqual(jane);
  expect(await find('John Miller')).toEqual({ id: 'PT-9001', name: 'John Miller' });
  expect(await find('Jean Miller')).toBeNull(); // sounds like both
});

it('gives example rows from before there were patients the one they belong to', async () => {
  await desk.database.update(invoices).set({ customerId: null, amountCents: 1 });
  await desk.database.update(bookings).set({ customerId: null, status: 'cancelled' });
  await desk.seed();
  const [invoice] = await desk.database
    .select()
    .from(invoices)
    .where(eq(invoices.invoiceId, 'INV-1042'));
  expect(invoice).toMatchObject({ customerId: jane.id, amountCents: 1 });
  expect(await desk.database.select().from(bookings)).toMatchObject([
    { customerId: 'PT-1004', status: 'cancelled' },
  ]);
});
