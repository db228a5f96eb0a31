import type { CaseTurn, DialogueCase } from './dialogue-case.ts';
import { frontDesk } from './front-desk.ts';
import { utility } from './utility.ts';

const practice = (name: string, turns: readonly CaseTurn[]): DialogueCase => ({
  name,
  desk: frontDesk,
  turns,
});

const askedForName: readonly CaseTurn[] = [
  {
    caller: "i'd like to book an appointment for thursday",
    calls: ['transfer_to_scheduling', 'list_slots'],
  },
  { caller: 'ten thirty please', calls: [], says: /full name/ },
];
const readBack: CaseTurn = {
  caller: 'my name is maria lopez',
  calls: [['book_slot', { slot_id: '2026-11-26T1030', name: 'Maria Lopez' }]],
  says: /^Shall I book Thursday, November 26 at 10:30 AM for Maria Lopez\?$/,
};
const known: readonly CaseTurn[] = [
  {
    caller: 'please cancel my booking',
    calls: ['transfer_to_scheduling'],
    says: /booking reference/,
  },
  { caller: 'GB-20261122-482', calls: ['cancel_booking'], says: /full name/ },
  {
    caller: 'maria lopez june twelfth nineteen ninety',
    calls: ['verify_caller', ['cancel_booking', { reference: 'GB-20261122-482' }]],
    says: /Shall I cancel your appointment on Thursday, November 26 at 10:30 AM\?$/,
  },
];

/** What a tool has read back is done after a yes, and once. */
export const readBackCases: readonly DialogueCase[] = [
  practice('yes', [
    ...askedForName,
    readBack,
    {
      caller: 'yes please',
      calls: [['book_slot', { slot_id: '2026-11-26T1030', name: 'Maria Lopez' }]],
      says: /^You're booked for Thursday, November 26 at 10:30/,
    },
    {
      caller: "that's all thank you goodbye",
      calls: ['transfer_to_triage', 'end_call'],
      ended: true,
    },
  ]),
  practice('no', [
    ...askedForName,
    readBack,
    { caller: 'no', calls: [], says: /^All right, I'll leave that\. .*else/ },
  ]),
  practice('another time', [
    ...askedForName,
    readBack,
    {
      caller: 'no sorry make it eleven',
      calls: [['book_slot', { slot_id: '2026-11-26T1100', name: 'Maria Lopez' }]],
      says: /^Shall I book Thursday, November 26 at 11:00 AM for Maria Lopez\?$/,
    },
    { caller: 'yes', calls: ['book_slot'], says: /11:00/ },
  ]),
  practice('the same name again, whose words speak of something else', [
    ...askedForName,
    {
      caller: 'my name is david bring',
      calls: [['book_slot', { name: 'David Bring' }]],
      says: /for David Bring\?$/,
    },
    { caller: 'no my name is david bring', calls: [], agent: 'scheduling' },
    {
      caller: 'no my name is david green',
      calls: [['book_slot', { slot_id: '2026-11-26T1030', name: 'David Green' }]],
      says: /for David Green\?$/,
    },
    { caller: 'yes please', calls: ['book_slot'], says: /You're booked/ },
  ]),
  practice('another name', [
    ...askedForName,
    readBack,
    {
      caller: 'no the name is mary lopez',
      calls: [['book_slot', { slot_id: '2026-11-26T1030', name: 'Mary Lopez' }]],
      says: /for Mary Lopez\?$/,
    },
    { caller: 'yes that is right', calls: ['book_slot'], says: /booked/ },
  ]),
  practice('not heard, and heard again', [
    ...askedForName,
    readBack,
    { caller: 'umm', calls: [], says: /./ },
    { caller: 'can you say that again', calls: [], says: /./ },
    { caller: 'yes', calls: ['book_slot'], says: /booked/ },
  ]),
  practice('the caller is known first, then asked once', [
    ...known,
    {
      caller: 'yes',
      calls: ['cancel_booking'],
      says: /is cancelled\./,
    },
  ]),
  practice('the value itself once more is no other matter', [
    ...known,
    { caller: 'GB-20261122-482', calls: [], says: /Shall I cancel/ },
    { caller: 'no thanks', calls: [], says: /leave that/ },
  ]),
  practice('what cannot be done is not read back', [
    { caller: 'i want a refund', calls: ['transfer_to_billing'], says: /invoice number/ },
    { caller: 'one zero four two', says: /reason/ },
    { caller: 'it was too expensive', calls: ['request_refund'], says: /full name/ },
    {
      caller: 'jane miller march fifth eighty two',
      calls: ['verify_caller', 'request_refund'],
      says: /has not been paid/,
      neverSays: /Shall I|Done/,
    },
  ]),
  {
    name: 'another number (energy)',
    desk: utility,
    turns: [
      { caller: 'i have a meter reading', calls: ['transfer_to_accounts'], says: /meter number/ },
      { caller: 'm one two three four five', calls: [], says: /reading/ },
      { caller: 'four hundred and twelve', calls: ['submit_reading'], says: /birthday/ },
      { caller: 'november thirtieth seventy five', calls: [], says: /surname/ },
      {
        caller: 'okafor',
        calls: ['identify_customer', ['submit_reading', { meter_id: 'M12345', reading: 412 }]],
        says: /Shall I put down 412 for meter M12345\?$/,
      },
      {
        caller: 'no four hundred and twenty',
        calls: [['submit_reading', { meter_id: 'M12345', reading: 420 }]],
        says: /^Shall I put down 420/,
      },
      { caller: 'yes', calls: ['submit_reading'], says: /recorded/ },
    ],
  },
];
