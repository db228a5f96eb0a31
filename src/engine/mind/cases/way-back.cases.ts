import { casesOn, type CaseTurn, type DialogueCase } from './dialogue-case.ts';
import { frontDesk } from './front-desk.ts';
import { garage } from './garage.ts';
import { utility } from './utility.ts';

const practice = casesOn(frontDesk, '');
const supplier = casesOn(utility, ' (energy)');

const half: readonly CaseTurn[] = [
  {
    caller: 'i want a refund for invoice ten forty three',
    calls: ['transfer_to_billing'],
    says: /reason/,
  },
  {
    caller: "actually i'd like to book an appointment for thursday",
    calls: ['transfer_to_scheduling', 'list_slots'],
    says: /10:00/,
    agent: 'scheduling',
  },
];
const resumed: Omit<CaseTurn, 'caller'> = {
  calls: ['go_back'],
  says: /^.*Let's go on\. What is the reason for the refund\?$/s,
  neverSays: /invoice number|hello|how can i help/i,
  agent: 'billing',
};

/** Callers who go back, and find what they had left. */
export const wayBackCases: readonly DialogueCase[] = [
  ...[
    'actually go back',
    'can we go back to where i was',
    'can we go back to the other thing',
    'take me back please',
    'back to billing please',
    "let's go back to billing",
  ].map((caller) =>
    practice(`"${caller}"`, [
      ...half,
      { caller, ...resumed },
      {
        caller: 'because i was charged twice',
        calls: [['request_refund', { invoice_id: 'INV-1043' }]],
        says: /full name/,
      },
    ]),
  ),
  practice('back once more, to who had nothing left to do', [
    { caller: 'i want a refund', calls: ['transfer_to_billing'], says: /invoice number/ },
    { caller: 'go back', calls: ['go_back'], says: /What can I do for you\?$/, agent: 'triage' },
    {
      caller: "i'd like to book an appointment for thursday",
      calls: ['transfer_to_scheduling', 'list_slots'],
    },
  ]),
  practice('a list is read again', [
    {
      caller: "i'd like to book an appointment for thursday",
      calls: ['transfer_to_scheduling', 'list_slots'],
    },
    { caller: 'actually can i pay an invoice first', calls: ['transfer_to_billing'] },
    {
      caller: 'no go back please',
      calls: ['go_back'],
      says: /Let's go on\. I have 10:00, 10:30 and 11:00/,
      agent: 'scheduling',
    },
    { caller: 'the second one', calls: [], says: /full name/ },
  ]),
  practice('back with a new matter is a new matter', [
    ...half,
    {
      caller: 'can you send me a link to pay invoice ten forty two',
      calls: ['transfer_to_billing', ['pay_invoice', { invoice_id: 'INV-1042' }]],
      says: /full name/,
      neverSays: /go on/,
    },
  ]),
  practice('"back to the first one" is an offer', [
    ...half,
    { caller: 'the last one', calls: [], says: /name/ },
    { caller: 'no go back to the first one', calls: [], says: /name/, agent: 'scheduling' },
    {
      caller: 'maria lopez',
      calls: [['book_slot', { slot_id: '2026-11-26T1000' }]],
    },
  ]),
  supplier('proved in between: nobody is asked again', [
    {
      caller: 'i have a meter reading',
      calls: ['transfer_to_accounts'],
      says: /meter number/,
    },
    { caller: 'm one two three four five', calls: [], says: /reading/ },
    { caller: 'actually there is a power cut', calls: ['transfer_to_outages'], says: /area code/ },
    {
      caller: 'go back',
      calls: ['go_back'],
      says: /Let's go on\. What is the reading\?/,
      agent: 'accounts',
    },
    { caller: 'four hundred', calls: [['submit_reading', { meter_id: 'M12345', reading: 400 }]] },
  ]),
  {
    name: 'without a tool for it, by a transfer (garage)',
    desk: garage,
    turns: [
      { caller: 'how much are tyres', calls: ['transfer_to_parts'], says: /width/ },
      { caller: 'two hundred and five', calls: [], says: /how many tyres/ },
      {
        caller: 'actually i want a full service',
        calls: ['transfer_to_workshop'],
        says: /What day/,
      },
      {
        caller: 'can we go back to where we were',
        calls: ['transfer_to_parts'],
        says: /Let's go on\. .*how many tyres/,
        agent: 'parts',
      },
      { caller: 'four', calls: [['quote_tyres', { width: 205, count: 4 }]] },
    ],
  },
];
