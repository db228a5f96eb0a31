import { expect, it } from 'vitest';
import { tooAlike } from './alike.ts';

it.each([
  [
    'Hand the caller to billing, for invoices and refunds.',
    'Bills and refunds: invoices of a caller.',
  ],
  ['For billing questions.', 'Questions about bills.'],
  ['Technical support for broken devices.', 'Support for devices that are broken or slow.'],
  ['Appointments.', 'To book, move or cancel an appointment.'],
  ['Handles the request.', 'Invoices, bills, payments, charges and refunds.'],
  [
    'Handoff to the agent to handle the request.',
    'Handoff to the assistant to handle the request.',
  ],
])('cannot tell apart: %s | %s', (one, other) => {
  expect(tooAlike(one, other)).toBe(true);
  expect(tooAlike(other, one)).toBe(true);
});

it.each([
  [
    'Hand the caller to billing, for invoices, bills, payments, charges and refunds.',
    'Hand the caller to scheduling, for appointments: to book, find, move or cancel one, or to hear the free times.',
  ],
  ['Sales of new cars.', 'Service of cars that were bought here.'],
  ['Questions about prices, before an order.', 'Questions about a delivery, after an order.'],
  ['Vorbestellungen und Tische.', 'Rechnungen und Erstattungen.'],
  [
    'Handoff to the Billing agent to handle the request.',
    'Handoff to the Sales agent to handle the request.',
  ],
])('can tell apart: %s | %s', (one, other) => {
  expect(tooAlike(one, other)).toBe(false);
});
