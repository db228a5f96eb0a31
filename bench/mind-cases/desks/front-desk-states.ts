import { handedTo, type Step } from '../case.ts';

// Where a call with the front desk stands when the caller says something.

/** With scheduling, which asked for the day. */
export const booking: readonly Step[] = [
  ...handedTo('scheduling', [
    "i'd like to book an appointment",
    "I'll bring in scheduling for that.",
  ]),
  { agent: 'Which day would you like to come in?' },
];

/** With scheduling, which read out the free times of Thursday, 26 November. */
export const thursday: readonly Step[] = [
  ...booking,
  { caller: 'thursday' },
  { call: 'list_slots', args: { date: '2026-11-26' } },
  {
    agent:
      'On Thursday, November 26, I have 9:00 AM, 10:30 AM, 1:00 PM and 2:30 PM. Which one would you like?',
  },
];

/** With scheduling, which asks Peter Novak whether to book half past ten. */
export const readBack: readonly Step[] = [
  ...thursday,
  { caller: 'half past ten' },
  { agent: 'What is your full name?' },
  { caller: 'peter novak' },
  { call: 'book_slot', args: { slot_id: '2026-11-26T1030', name: 'Peter Novak' } },
  { agent: 'Shall I book Thursday, November 26 at 10:30 AM for Peter Novak?' },
];

/** With scheduling about an appointment that there is already; asked who they are. */
export const ownBooking = (says: string): readonly Step[] => [
  ...handedTo('scheduling', [says, "I'll bring in scheduling for that."]),
  {
    agent:
      'First I need to know who I am speaking with. What is your full name and your date of birth?',
  },
];

/** The same, proved to be James Carter; asked for the reference. */
export const carters = (says: string): readonly Step[] => [
  ...ownBooking(says),
  { caller: 'james carter january thirtieth nineteen sixty eight' },
  { call: 'verify_caller', args: { name: 'James Carter', date_of_birth: '1968-01-30' } },
  { agent: 'Thank you, James Carter. What is the reference of your booking?' },
];

/** With billing, which asked what it can do. */
export const billing: readonly Step[] = [
  ...handedTo('billing', ['i have a question about a bill', "I'll bring in billing for that."], {
    invoice_id: null,
  }),
  { agent: 'This is billing. What would you like to know?' },
];

/** With billing about `says`, proved to be that patient; asked for the invoice number. */
const patient =
  ([heard, name, born]: readonly [string, string, string]) =>
  (says: string): readonly Step[] => [
    ...handedTo('billing', [says, "I'll bring in billing for that."], { invoice_id: null }),
    {
      agent:
        'First I need to know who I am speaking with. What is your full name and your date of birth?',
    },
    { caller: heard },
    { call: 'verify_caller', args: { name, date_of_birth: born } },
    { agent: `Thank you, ${name}. What is the invoice number?` },
  ];

/** Jane Miller, whose invoices are INV-1042, INV-1043 and INV-1063. */
export const jane = patient([
  'jane miller march fifth nineteen eighty two',
  'Jane Miller',
  '1982-03-05',
]);
/** Maria Lopez, whose invoices are INV-1058 (paid) and INV-1070. */
export const maria = patient([
  'maria lopez june twelfth nineteen ninety',
  'Maria Lopez',
  '1990-06-12',
]);

/** Jane Miller has heard what INV-1042 is. */
export const lookedUp: readonly Step[] = [
  ...jane('what do i owe you'),
  { caller: 'one oh four two' },
  { call: 'lookup_invoice', args: { invoice_id: 'INV-1042' } },
  {
    agent:
      'Invoice INV-1042 is for a dental cleaning and check-up. It is $120.00, due on Tuesday, December 1, and it is unpaid.',
  },
  { agent: 'Is there anything else?' },
];

/** Nobody could take the call: a callback or a message was offered. */
export const nobodyThere: readonly Step[] = [
  { caller: 'can i speak to somebody please' },
  { agent: "I'll see who is there." },
  { call: 'transfer_to_practice_team', args: { reason: 'can i speak to somebody please' } },
  {
    agent:
      'Nobody can take your call now. The practice team is back at 8:30 in the morning. Shall I note a callback, or take a message?',
  },
];
