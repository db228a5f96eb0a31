import type { CaseTurn, DialogueCase } from './dialogue-case.ts';
import { frontDesk } from './front-desk.ts';
import { opened } from './opened.ts';

const openDesk = opened(frontDesk);

const one = (name: string, turns: readonly CaseTurn[]): DialogueCase => ({
  name,
  desk: openDesk,
  turns,
});

const toBilling: CaseTurn = {
  caller: 'hi i have a question about an invoice',
  calls: ['transfer_to_billing'],
  says: /billing\..*invoice number\?/s,
  neverSays: /hello|how can i help/i,
  agent: 'billing',
};
const toScheduling: CaseTurn = {
  caller: "i'd like to book an appointment for thursday",
  calls: ['transfer_to_scheduling', ['list_slots', { date: '2026-11-26' }]],
  says: /10:00, 10:30 and 11:00 on Thursday, November 26/,
};
const goodbye: CaseTurn = {
  caller: "that's all thank you goodbye",
  calls: ['transfer_to_triage', 'end_call'],
  says: /goodbye/i,
  ended: true,
};

/** Dialogues on a desk like the one that ships: typed and as a recogniser would write them. */
export const frontDeskCases: readonly DialogueCase[] = [
  one('the canonical conversation', [
    toBilling,
    {
      caller: "it's one zero four two",
      calls: [['lookup_invoice', { invoice_id: 'INV-1042' }]],
      says: /INV-1042.*\$120\.00.*Tuesday, December 1.*unpaid/,
    },
    {
      caller: "thanks now i'd like to book an appointment for thursday",
      calls: ['transfer_to_scheduling', ['list_slots', { date: '2026-11-26' }]],
      says: /10:00, 10:30 and 11:00/,
      agent: 'scheduling',
    },
    { caller: 'ten thirty please', calls: [], says: /full name/ },
    {
      caller: 'my name is maria lopez',
      calls: [['book_slot', { slot_id: '2026-11-26T1030', name: 'Maria Lopez' }]],
      says: /^You're booked for Thursday, November 26 at 10:30, in the name of Maria Lopez\. The reference is GB-20261126-482 and the confirmation was sent by text message\./,
    },
    goodbye,
  ]),
  one('the canonical conversation, typed with capitals and punctuation', [
    { ...toBilling, caller: 'Hi, I have a question about an invoice.' },
    { caller: "It's INV-1042.", calls: [['lookup_invoice', { invoice_id: 'INV-1042' }]] },
    {
      ...toScheduling,
      caller: "Thanks! Now I'd like to book an appointment for Thursday.",
    },
    { caller: 'The second one.', calls: [], says: /full name/ },
    {
      caller: 'Maria Lopez',
      calls: [['book_slot', { slot_id: '2026-11-26T1030', name: 'Maria Lopez' }]],
    },
    { ...goodbye, caller: "That's all, thank you. Goodbye!" },
  ]),
  one('the canonical conversation, misheard here and there', [
    { ...toBilling, caller: 'high i have a question about an in voice' },
    { caller: "it's one zero for two", calls: [['lookup_invoice', { invoice_id: 'INV-1042' }]] },
    { ...toScheduling, caller: 'thanks now i like to book an a pointment for thursday' },
    { caller: 'the half past ten please', calls: [], says: /full name/ },
    {
      caller: 'uh my name is maria lopez',
      calls: [['book_slot', { slot_id: '2026-11-26T1030', name: 'Maria Lopez' }]],
    },
    { ...goodbye, caller: "that's all thank you good by" },
  ]),
  one('a refund with its reason, confirmed as the instructions want it', [
    {
      caller: "i'd like a refund for invoice ten forty three",
      calls: ['transfer_to_billing'],
      says: /reason for the refund/,
    },
    {
      caller: 'because i was charged twice and i had to cancel my appointment',
      calls: [],
      says: /INV-1043.*right/,
    },
    {
      caller: 'yes',
      calls: [
        [
          'request_refund',
          {
            invoice_id: 'INV-1043',
            reason: 'i was charged twice and i had to cancel my appointment',
          },
        ],
      ],
      says: /refund was requested/,
      neverSays: /granted|approved/,
    },
    { ...goodbye, caller: 'no thanks' },
  ]),
  one('a refund that the tool refuses', [
    { caller: 'i want a refund', calls: ['transfer_to_billing'], says: /invoice number/ },
    { caller: 'one zero four two', says: /reason/ },
    { caller: 'it was too expensive', says: /right\?/ },
    {
      caller: 'yes please',
      calls: ['request_refund'],
      says: /has not been paid/,
      neverSays: /Done/,
    },
  ]),
  one('a payment link', [
    { caller: 'i want to pay an invoice', calls: ['transfer_to_billing'], says: /invoice number/ },
    {
      caller: 'i n v one oh four two',
      calls: [['pay_invoice', { invoice_id: 'INV-1042' }]],
      says: /payment link was sent by text message/,
    },
  ]),
  one('a lookup, then paying the same invoice without giving the number again', [
    toBilling,
    { caller: 'ten forty two', calls: ['lookup_invoice'] },
    { caller: "i'd like to pay it now", calls: [['pay_invoice', { invoice_id: 'INV-1042' }]] },
  ]),
  one('an invoice that does not exist, then the right one', [
    toBilling,
    {
      caller: 'nine nine nine nine',
      calls: [['lookup_invoice', { invoice_id: 'INV-9999' }]],
      says: /no invoice with the number INV-9999.*invoice number/,
    },
    {
      caller: 'sorry one zero four three',
      calls: [['lookup_invoice', { invoice_id: 'INV-1043' }]],
    },
  ]),
  one('a number in two halves', [
    toBilling,
    { caller: 'it is one zero', calls: [], says: /invoice number/ },
    { caller: 'four two', calls: [['lookup_invoice', { invoice_id: 'INV-1042' }]] },
  ]),
  one('another number after the first was looked up', [
    toBilling,
    { caller: 'one zero four three', calls: ['lookup_invoice'] },
    {
      caller: 'no sorry i meant one zero four two',
      calls: [['lookup_invoice', { invoice_id: 'INV-1042' }]],
    },
  ]),
  one('a booking is found by its reference', [
    {
      caller: 'can you find my booking',
      calls: ['transfer_to_scheduling'],
      says: /booking reference\?/,
    },
    {
      caller: 'gee bee twenty twenty six eleven twenty two four eight two',
      calls: [['find_booking', { reference: 'GB-20261122-482' }]],
      says: /It is booked for Thursday, November 26 at 10:30, in the name of Maria Lopez\. Is/,
    },
  ]),
  one('a booking is moved', [
    { caller: 'i need to move my appointment', calls: ['transfer_to_scheduling'] },
    { caller: 'g b two zero two six one one two two four eight two', calls: [], says: /What day/ },
    {
      caller: 'next thursday',
      calls: [['list_slots', { date: '2026-12-03' }]],
      says: /December 3 at 3:30 PM/,
    },
    {
      caller: 'yes please',
      calls: [['move_booking', { reference: 'GB-20261122-482', slot_id: '2026-12-03T1530' }]],
      says: /^It is moved to Thursday, December 3 at 3:30 PM, in the name of Maria Lopez\. The confirmation was sent by text message\./,
    },
    { caller: 'thank you', calls: [], says: /welcome/ },
    { ...goodbye, caller: 'no' },
  ]),
  one('a booking is cancelled, after a yes only', [
    { caller: 'can you cancel my booking please', calls: ['transfer_to_scheduling'] },
    {
      caller: 'GB-20261122-482',
      calls: ['find_booking'],
      says: /Thursday, November 26 at 10:30, in the name of Maria Lopez\. Do you want me to cancel it\?/,
    },
    {
      caller: 'yes that is right',
      calls: [['cancel_booking', { reference: 'GB-20261122-482' }]],
      says: /^Thursday, November 26 at 10:30, in the name of Maria Lopez, is cancelled\./,
    },
  ]),
  one('a cancellation of something that is not there', [
    { caller: 'please cancel my booking', calls: ['transfer_to_scheduling'] },
    {
      caller: 'GB-20261122-999',
      calls: ['find_booking'],
      says: /no booking .*reference GB-20261122-999.*\. What is the booking reference\?/,
    },
    { caller: 'GB-20261122-482', calls: ['find_booking'], says: /cancel it\?/ },
    { caller: 'yes', calls: ['cancel_booking'] },
  ]),
  one('a cancellation is taken back', [
    { caller: 'please cancel my booking', calls: ['transfer_to_scheduling'] },
    { caller: 'GB-20261122-482', calls: ['find_booking'], says: /cancel it\?/ },
    { caller: 'no', calls: [], says: /anything else/i },
  ]),
  one('a wrong turn is corrected', [
    toBilling,
    {
      caller: 'no i meant an appointment',
      calls: ['transfer_to_scheduling'],
      says: /What day/,
      agent: 'scheduling',
    },
  ]),
  one('the caller changes the day', [
    toScheduling,
    {
      caller: 'no sorry i meant friday',
      calls: [['list_slots', { date: '2026-11-27' }]],
      says: /9:00 and 2:00 PM on Friday/,
    },
    { caller: 'the first', calls: [], says: /name/ },
  ]),
  one('the caller changes the choice before giving the name', [
    toScheduling,
    { caller: 'ten please', calls: [], says: /name/ },
    { caller: 'no sorry make it eleven', calls: [], says: /name/ },
    { caller: 'maria lopez', calls: [['book_slot', { slot_id: '2026-11-26T1100' }]] },
  ]),
  one('a time that was named with the day is taken at once', [
    {
      caller: 'can i book an appointment on thursday at ten thirty',
      calls: ['transfer_to_scheduling', 'list_slots'],
      says: /name/,
    },
    {
      caller: "it's john smith",
      calls: [['book_slot', { slot_id: '2026-11-26T1030', name: 'John Smith' }]],
    },
  ]),
  one('a time that is not offered is not booked', [
    toScheduling,
    { caller: 'four in the afternoon', calls: [], says: /not among them.*10:00/ },
    { caller: 'okay eleven', calls: [], says: /name/ },
  ]),
  one('a slot that is gone: the rest is offered again', [
    {
      caller: 'book an appointment on friday please',
      calls: ['transfer_to_scheduling', 'list_slots'],
    },
    { caller: 'the afternoon one', says: /name/ },
    { caller: 'maria lopez', calls: ['book_slot', 'list_slots'], says: /just been taken.*9:00/s },
    {
      caller: 'nine then',
      calls: [['book_slot', { slot_id: '2026-11-27T0900', name: 'Maria Lopez' }]],
    },
  ]),
  one('a day without free times', [
    {
      caller: 'i want an appointment tomorrow',
      calls: ['transfer_to_scheduling', ['list_slots', { date: '2026-11-24' }]],
      says: /no free times.*What day/,
    },
    { caller: 'yes that would be good', calls: [['list_slots', { date: '2026-11-26' }]] },
  ]),
  one('two matters one after the other, and back', [
    toScheduling,
    { caller: 'the last one', says: /name/ },
    { caller: 'my name is ana', calls: ['book_slot'] },
    {
      caller: 'great and i also have a question about invoice one zero four two',
      calls: ['transfer_to_billing', ['lookup_invoice', { invoice_id: 'INV-1042' }]],
      says: /unpaid/,
    },
    goodbye,
  ]),
  one('in the middle of a question the caller turns to something else', [
    toScheduling,
    {
      caller: 'actually can i pay an invoice first',
      calls: ['transfer_to_billing'],
      says: /invoice number/,
    },
  ]),
  one('mumbling is asked about, never acted on', [
    { caller: '', calls: [], says: /./ },
    { caller: 'umm', calls: [], says: /./ },
    {
      caller: 'refund invoice one zero four two',
      confidence: 0.2,
      calls: [],
      says: /billing or scheduling/,
    },
    { caller: 'a refund', confidence: 0.9, calls: ['transfer_to_billing'] },
  ]),
  one('mumbling while a value is asked for', [
    toBilling,
    { caller: 'mm', calls: [], says: /invoice number/ },
    { caller: 'one zero four two', calls: ['lookup_invoice'] },
  ]),
  one('a question the instructions answer', [
    { caller: 'what are your opening hours', calls: [], says: /Monday to Friday, from 8:30/ },
    { caller: 'and where are you', calls: [], says: /12 Garden Street/ },
    { caller: 'is there parking', calls: [], says: /free parking/ },
  ]),
  one('a question that is not for this agent goes to the receptionist', [
    toBilling,
    {
      caller: 'can you tell me who the owner of the building is',
      calls: ['transfer_to_triage'],
      says: /receptionist.*don't know/s,
    },
  ]),
  one('what nobody can do is said plainly', [
    {
      caller: 'can you tell me the weather in lisbon',
      calls: [],
      says: /don't know that.*billing or scheduling/,
    },
    { caller: 'okay bye', calls: ['end_call'], says: /goodbye/i, ended: true },
  ]),
  one('goodbye at once', [{ caller: 'sorry wrong number bye', calls: ['end_call'], ended: true }]),
  one('say that again', [
    toBilling,
    { caller: 'sorry can you repeat that', calls: [], says: /invoice number/ },
  ]),
  one('an offer is declined, another day is asked for', [
    {
      caller: 'an appointment next thursday please',
      calls: ['transfer_to_scheduling', 'list_slots'],
    },
    { caller: 'no', calls: [], says: /What day/ },
    { caller: 'this friday', calls: [['list_slots', { date: '2026-11-27' }]] },
  ]),
  one('the day by its number, before anything is asked', [
    {
      caller: 'book me in for the twenty sixth',
      calls: ['transfer_to_scheduling', ['list_slots', { date: '2026-11-26' }]],
    },
  ]),
  one('thanks after a refusal is no new matter', [
    { caller: 'can you tell me the weather in lisbon', calls: [] },
    { caller: 'okay thanks', calls: [], says: /welcome/ },
    { caller: 'no', calls: ['end_call'], ended: true },
  ]),
  one('a choice half understood is asked about, not sent away', [
    toScheduling,
    { caller: 'ten dirty please', calls: [], says: /10:00 and 10:30/ },
    { caller: 'tan thirty please', calls: [], says: /10:30/ },
    { caller: 'yes', calls: [], says: /name/ },
    {
      caller: 'uh maria um lopez',
      calls: [['book_slot', { slot_id: '2026-11-26T1030', name: 'Maria Lopez' }]],
    },
  ]),
];
