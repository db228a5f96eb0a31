import { z } from 'zod';
import { desk } from '../../../desks/front-desk/desk.ts';
import { spokenClock, spokenDate } from '../../../desks/front-desk/data/calendar.ts';
import { soundsLikeName } from '../../../desks/front-desk/data/name-sound.ts';
import { edgesOf, plainPacket } from '../../../src/desk/index.ts';
import type { CannedTool, TestDesk } from '../../../src/engine/mind/cases/test-desk.ts';
import type { BenchDesk } from '../case.ts';
import { text } from './schema.ts';

type Work = Pick<CannedTool, 'run' | 'confirm' | 'verified' | 'verifies'>;

const patients = [
  ['Jane Miller', '1982-03-05'],
  ['Robert Wilson', '1974-10-21'],
  ['Maria Lopez', '1990-06-12'],
  ['James Carter', '1968-01-30'],
] as const;
const times = ['0900', '1030', '1300', '1430', '1600'];
/** Days on which not every time is free. */
const left: Readonly<Record<string, readonly string[]>> = {
  '2026-11-23': ['1300', '1430', '1600'],
  '2026-11-25': [],
  '2026-11-26': ['0900', '1030', '1300', '1430'],
  '2026-11-27': ['0900', '1430'],
  '2026-12-01': ['0900', '1300', '1430', '1600'],
};
const lastDay = '2026-12-07';

const clock = (time: string): string => `${time.slice(0, 2)}:${time.slice(2)}`;
const spokenSlot = (slot: string): string => {
  const [date = '', time = ''] = slot.split('T');
  return `${spokenDate(date)} at ${spokenClock(clock(time))}`;
};

/** The data of the shipped desk's seed, held in memory, with the answers that its tools give. */
function work(): Readonly<Record<string, Work>> {
  let verified = '';
  const invoices = new Map([
    [
      'INV-1042',
      {
        of: 'Jane Miller',
        what: 'a dental cleaning and check-up',
        amount: '$120.00',
        due: '2026-12-01',
        status: 'unpaid',
      },
    ],
    [
      'INV-1043',
      {
        of: 'Jane Miller',
        what: 'two X-rays',
        amount: '$85.50',
        due: '2026-12-08',
        status: 'unpaid',
      },
    ],
    [
      'INV-1051',
      {
        of: 'Robert Wilson',
        what: 'teeth whitening',
        amount: '$240.00',
        due: '2026-12-15',
        status: 'unpaid',
      },
    ],
    [
      'INV-1057',
      {
        of: 'Robert Wilson',
        what: 'a filling',
        amount: '$180.00',
        due: '2026-11-11',
        status: 'paid',
      },
    ],
    [
      'INV-1058',
      {
        of: 'Maria Lopez',
        what: 'a dental cleaning',
        amount: '$95.00',
        due: '2026-11-18',
        status: 'paid',
      },
    ],
    [
      'INV-1063',
      {
        of: 'Jane Miller',
        what: 'a crown fitting',
        amount: '$640.00',
        due: '2026-10-24',
        status: 'refunded',
      },
    ],
    [
      'INV-1070',
      {
        of: 'Maria Lopez',
        what: 'an emergency visit',
        amount: '$150.25',
        due: '2026-11-20',
        status: 'unpaid',
      },
    ],
    [
      'INV-1088',
      {
        of: 'James Carter',
        what: 'a night guard',
        amount: '$310.00',
        due: '2026-12-22',
        status: 'unpaid',
      },
    ],
  ]);
  const bookings = new Map([
    ['GB-20261102-117', { name: 'James Carter', slot: '2026-11-26T1600', status: 'booked' }],
    ['GB-20261116-482', { name: 'Maria Lopez', slot: '2026-12-01T1030', status: 'booked' }],
  ]);
  const isHeld = (slot: string): boolean =>
    [...bookings.values()].some((one) => one.slot === slot && one.status === 'booked');
  const freeOn = (date: string): readonly string[] => {
    const weekday = new Date(`${date}T12:00:00Z`).getUTCDay();
    if (weekday === 0 || weekday === 6 || date > lastDay) return [];
    return (left[date] ?? times).filter((time) => !isHeld(`${date}T${time}`));
  };
  const isFree = (slot: string): boolean => freeOn(slot.slice(0, 10)).includes(slot.slice(11));
  const invoiceOf = (id: unknown) => {
    const invoice = invoices.get(text(id));
    return invoice?.of === verified ? invoice : undefined;
  };
  const noInvoice = (id: unknown) => ({
    error: `There is no invoice with the number ${text(id)} in your name.`,
  });
  const bookingOf = (id: unknown) => {
    const booking = bookings.get(text(id));
    return booking?.name === verified ? booking : undefined;
  };
  const noBooking = (id: unknown) => ({
    error: `There is no booking with the reference ${text(id)} in your name.`,
  });
  const factsOf = (
    reference: unknown,
    { name, slot, status }: { name: string; slot: string; status: string },
  ) => ({
    ...{ reference, name, date: slot.slice(0, 10), time: clock(slot.slice(11)), status },
  });

  return {
    verify_caller: {
      verifies: true,
      run: ({ name, date_of_birth: born }, { claim }) => {
        const found = patients.find(
          ([known, day]) => day === born && soundsLikeName(known, text(name)),
        );
        if (found) verified = found[0];
        return claim(found?.[0]);
      },
    },
    lookup_invoice: {
      verified: true,
      run: ({ invoice_id: id }) => {
        const invoice = invoiceOf(id);
        return invoice
          ? {
              invoice_id: id,
              description: invoice.what,
              amount: invoice.amount,
              due_date: invoice.due,
              status: invoice.status,
            }
          : noInvoice(id);
      },
    },
    request_refund: {
      verified: true,
      confirm: ({ invoice_id: id }) => {
        const invoice = invoiceOf(id);
        if (!invoice) return noInvoice(id);
        if (invoice.status === 'unpaid')
          return { error: `Invoice ${text(id)} has not been paid, so there is nothing to refund.` };
        if (invoice.status !== 'paid')
          return { error: `Invoice ${text(id)} has been refunded already.` };
        return `Shall I request a refund of ${invoice.amount} for ${invoice.what}, invoice ${text(id)}?`;
      },
      run: ({ invoice_id: id }) => ({
        invoice_id: id,
        amount: invoiceOf(id)?.amount,
        refund: 'requested',
        decision: 'will come within five working days',
      }),
    },
    pay_invoice: {
      verified: true,
      confirm: ({ invoice_id: id }) => {
        const invoice = invoiceOf(id);
        if (!invoice) return noInvoice(id);
        return invoice.status === 'unpaid'
          ? `Shall I send you a link by text message to pay ${invoice.amount} for invoice ${text(id)}?`
          : {
              error: `Invoice ${text(id)} does not have to be paid: its status is ${invoice.status}.`,
            };
      },
      run: ({ invoice_id: id }) => ({
        invoice_id: id,
        amount: invoiceOf(id)?.amount,
        payment_link: 'sent by text message',
      }),
    },
    list_slots: {
      run: ({ date: given }) => {
        const date = text(given);
        if (Number.isNaN(Date.parse(`${date}T00:00:00Z`)))
          return { error: 'There is no such day.' };
        if (date < '2026-11-23') return { error: `${spokenDate(date)} is in the past.` };
        const free = freeOn(date);
        if (free.length > 0)
          return {
            date,
            slots: free.map((time) => ({ slot_id: `${date}T${time}`, date, time: clock(time) })),
          };
        const days = Array.from({ length: 15 }, (_, ahead) =>
          new Date(Date.UTC(2026, 10, 23 + ahead)).toISOString().slice(0, 10),
        );
        const later = days.find((day) => day > date && freeOn(day).length > 0);
        const next = later ?? days.find((day) => freeOn(day).length > 0) ?? '';
        return {
          error:
            `There are no free times on ${spokenDate(date)}. ${later ? 'The next' : 'The first'} free ` +
            `time is on ${spokenSlot(`${next}T${freeOn(next)[0] ?? ''}`)}.`,
        };
      },
    },
    book_slot: {
      confirm: ({ slot_id: slot, name }) =>
        isFree(text(slot))
          ? `Shall I book ${spokenSlot(text(slot))} for ${text(name)}?`
          : { error: 'There is no appointment at that time.' },
      run: ({ slot_id: slot, name }) => {
        const booking = { name: text(name), slot: text(slot), status: 'booked' };
        bookings.set('GB-20261123-306', booking);
        const { status: _, ...facts } = factsOf('GB-20261123-306', booking);
        return { ...facts, confirmation: 'sent by text message' };
      },
    },
    find_booking: {
      verified: true,
      run: ({ reference }) => {
        const booking = bookingOf(reference);
        return booking ? factsOf(reference, booking) : noBooking(reference);
      },
    },
    move_booking: {
      verified: true,
      confirm: ({ reference, slot_id: slot }) => {
        const booking = bookingOf(reference);
        if (!booking) return noBooking(reference);
        return isFree(text(slot))
          ? `Shall I move the appointment from ${spokenSlot(booking.slot)} to ${spokenSlot(text(slot))}?`
          : { error: 'There is no appointment at that time.' };
      },
      run: ({ reference, slot_id: slot }) => {
        const moved = { name: verified, slot: text(slot), status: 'booked' };
        bookings.set(text(reference), moved);
        const { status: _, ...facts } = factsOf(reference, moved);
        return { ...facts, confirmation: 'sent by text message' };
      },
    },
    cancel_booking: {
      verified: true,
      confirm: ({ reference }) => {
        const booking = bookingOf(reference);
        if (!booking) return noBooking(reference);
        return booking.status === 'booked'
          ? `Shall I cancel the appointment on ${spokenSlot(booking.slot)}?`
          : { error: `Booking ${text(reference)} has been cancelled already.` };
      },
      run: ({ reference }) => {
        const cancelled = {
          ...{ name: verified, slot: '' },
          ...bookingOf(reference),
          status: 'cancelled',
        };
        bookings.set(text(reference), cancelled);
        return factsOf(reference, cancelled);
      },
    },
  };
}

/** What transfers to an agent carry beside the reason. */
function packetInto(name: string): Readonly<Record<string, unknown>> {
  const edge = Object.keys(desk.agents)
    .flatMap((from) => edgesOf(desk, from))
    .find(({ to }) => to === name);
  const { reason, ...more } = z.toJSONSchema(edge?.packet ?? plainPacket).properties ?? {};
  return reason ? more : {};
}

/** What who may hand over to an agent is told of it, examples of its callers included. */
const describedTo = (name: string): string =>
  Object.keys(desk.agents)
    .flatMap((from) => edgesOf(desk, from))
    .find(({ to }) => to === name)?.description ?? '';

function open(): TestDesk {
  const works = work();
  return {
    firstAgent: desk.firstAgent,
    greeting: desk.greeting,
    agents: Object.fromEntries(
      Object.entries(desk.agents).map(([name, agent]) => [
        name,
        {
          handoffDescription: describedTo(name),
          instructions: typeof agent.instructions === 'string' ? agent.instructions : '',
          handoffs: edgesOf(desk, name).map(({ to }) => to),
          packet: packetInto(name),
          canEndCall: agent.canEndCall ?? false,
          canReturn: agent.canReturn ?? false,
          tools: (agent.tools ?? []).map(({ name: tool, description, parameters }) => {
            const done = works[tool];
            if (!done) throw new Error(`the cases know no tool ${tool}`);
            return { ...done, name: tool, description, parameters };
          }),
        },
      ]),
    ),
    people: Object.fromEntries(
      Object.entries(desk.people ?? {}).map(([name, { label, handoffDescription }]) => [
        name,
        {
          label,
          handoffDescription,
          refusal: {
            say: 'Nobody can take your call now. The practice team is back at 8:30 in the morning.',
            code: 'out_of_hours',
          },
        },
      ]),
    ),
  };
}

/** The shipped desk: its own prompts, descriptions and schemas; its people are not there yet. */
export const frontDesk: BenchDesk = {
  name: 'front desk',
  timeZone: 'America/New_York',
  time: '07:45', // before it opens
  writes: [
    'request_refund',
    'pay_invoice',
    'book_slot',
    'move_booking',
    'cancel_booking',
    'request_callback',
    'leave_message',
  ],
  open,
};
