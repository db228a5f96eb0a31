import type { CaseTurn, DialogueCase } from './dialogue-case.ts';
import { frontDesk } from './front-desk.ts';
import { opened } from './opened.ts';

const openDesk = opened(frontDesk);

const one = (name: string, turns: readonly CaseTurn[]): DialogueCase => ({
  name,
  desk: openDesk,
  turns,
});

const thursday: CaseTurn = {
  caller: 'book an appointment for thursday',
  calls: ['transfer_to_scheduling', 'list_slots'],
};
const booked: readonly CaseTurn[] = [
  thursday,
  { caller: 'ten thirty', says: /name/ },
  { caller: 'maria lopez', calls: ['book_slot'] },
];
const toBilling: CaseTurn = {
  caller: 'i have a question about an invoice',
  calls: ['transfer_to_billing'],
  says: /invoice number\?/,
};

/** What people say who call for the first time: side questions, second thoughts, half sentences. */
export const newcomerCases: readonly DialogueCase[] = [
  one('questions about what was just booked', [
    ...booked,
    {
      caller: 'when is my appointment',
      calls: [],
      says: /^It is on Thursday, November 26 at 10:30\./,
    },
    {
      caller: 'what was the reference again',
      calls: [],
      says: /^The reference is GB-20261126-482\./,
    },
    { caller: 'and the name', calls: [], says: /./ },
  ]),
  one('questions about the invoice just read', [
    toBilling,
    { caller: 'ten forty two', calls: ['lookup_invoice'] },
    { caller: 'what is it for', calls: [], says: /is for check-up and cleaning\./ },
    { caller: 'how much is it', calls: [], says: /^The amount is \$120\.00\./ },
    { caller: 'when is it due', calls: [], says: /^It is due on Tuesday, December 1\./ },
    { caller: 'is it paid', calls: [], says: /^It is unpaid\./ },
    {
      caller: 'what about ten forty three',
      calls: [['lookup_invoice', { invoice_id: 'INV-1043' }]],
    },
  ]),
  one('when an appointment is, is looked up by its reference', [
    {
      caller: 'when is my appointment',
      calls: ['transfer_to_scheduling'],
      says: /booking reference\?/,
    },
    {
      caller: "i don't have the number",
      calls: [],
      says: /can't do that without the booking reference\./,
      neverSays: /slowly|once more/,
    },
  ]),
  one('the caller asks what is speaking, in the middle of a matter', [
    toBilling,
    {
      caller: 'is this a robot',
      calls: [],
      says: /^I'm an automated assistant\. .*invoice number/,
    },
    { caller: 'can i talk to a human', calls: [], says: /no person.*invoice number/ },
    { caller: 'ten forty two', calls: ['lookup_invoice'] },
  ]),
  one('a scolding caller is met kindly, and what is wanted is done', [
    { caller: 'this is ridiculous', calls: [], says: /sorry.*\?/ },
    {
      caller: 'i want a refund you idiots',
      calls: ['transfer_to_billing'],
      says: /invoice number/,
    },
  ]),
  one('a wrong number', [
    { caller: 'sorry wrong number', calls: ['end_call'], says: /goodbye/i, ended: true },
  ]),
  one('a wrong number that is only a wrong number', [
    { caller: 'i want a refund', calls: ['transfer_to_billing'] },
    { caller: 'ten forty three', calls: [], says: /reason/ },
    { caller: 'because i paid twice', calls: [], says: /invoice INV-1043\. Is that right\?/ },
    { caller: 'no wrong number', calls: [], says: /invoice number\?/ },
  ]),
  one('a day and nothing else goes to who keeps the days', [
    {
      caller: 'do you have anything next week',
      calls: ['transfer_to_scheduling'],
      says: /What day/,
    },
    { caller: 'thursday', calls: [['list_slots', { date: '2026-12-03' }]] },
  ]),
  one('a time and nothing else goes there too', [
    {
      caller: 'do you have anything at ten thirty',
      calls: ['transfer_to_scheduling'],
      says: /What day/,
    },
  ]),
  one('who wants to come in needs a day with free times', [
    {
      caller: 'can i come in on thursday',
      calls: ['transfer_to_scheduling', ['list_slots', { date: '2026-11-26' }]],
    },
  ]),
  one('a part of the day narrows the list', [
    {
      caller: 'something on friday afternoon please',
      calls: ['transfer_to_scheduling', ['list_slots', { date: '2026-11-27' }]],
      says: /2:00 PM/,
    },
  ]),
  one('second thoughts about the choice', [
    thursday,
    { caller: 'the first one', calls: [], says: /name/ },
    { caller: 'no wait, the second', calls: [], says: /name/, neverSays: /did not get/ },
    { caller: 'maria lopez', calls: [['book_slot', { slot_id: '2026-11-26T1030' }]] },
  ]),
  one('another day after a time was chosen: the old time is let go', [
    thursday,
    { caller: 'ten thirty', says: /name/ },
    {
      caller: 'actually what about friday',
      calls: [['list_slots', { date: '2026-11-27' }]],
      says: /9:00 and 2:00 PM on Friday.*\?/,
    },
    { caller: 'nine', says: /name/ },
    { caller: 'maria lopez', calls: [['book_slot', { slot_id: '2026-11-27T0900' }]] },
  ]),
  one('"the other one" of several is asked about', [
    thursday,
    { caller: 'ten', says: /name/ },
    { caller: 'no the other one', calls: [], says: /10:00, 10:30 and 11:00.*\?/ },
    { caller: 'eleven', says: /name/ },
  ]),
  one('given up in the middle', [
    thursday,
    { caller: 'ten thirty', says: /name/ },
    { caller: "actually i don't want it anymore", calls: [], says: /^All right\./ },
  ]),
  one('a question is no name', [
    thursday,
    { caller: 'ten thirty', says: /name/ },
    { caller: 'is it painful', calls: [], says: /name/ },
    { caller: 'how long does it usually take', calls: [], says: /don't know.*name/ },
    {
      caller: "it's mary-ann, last name o'hara",
      calls: [['book_slot', { name: "Mary-Ann O'Hara" }]],
    },
  ]),
  one('a last name is no last offer', [
    thursday,
    { caller: 'my last name is lopez', calls: [], says: /which/i },
  ]),
  one('what was just booked is moved without its reference', [
    ...booked,
    {
      caller: 'could you move it to eleven',
      calls: [
        ['list_slots', { date: '2026-11-26' }],
        ['move_booking', { reference: 'GB-20261126-482', slot_id: '2026-11-26T1100' }],
      ],
      says: /moved to Thursday, November 26 at 11:00/,
    },
  ]),
  one('what was just booked is cancelled without its reference, after a yes', [
    ...booked,
    { caller: 'cancel that please', calls: ['find_booking'], says: /cancel it\?/ },
    { caller: 'yes', calls: [['cancel_booking', { reference: 'GB-20261126-482' }]] },
  ]),
  one('a question in a statement', [
    { caller: "i'd like to know if you have parking", calls: [], says: /free parking/ },
  ]),
  one('a when about a refund is no matter of days', [
    { caller: "i'd like a refund for invoice ten forty three", calls: ['transfer_to_billing'] },
    { caller: 'because i was charged twice', says: /right\?/ },
    { caller: 'yes', calls: ['request_refund'] },
    { caller: 'when will i get it', neverSays: /scheduling/ },
  ]),
  one('one more of the same', [
    ...booked,
    { caller: 'yes another one', calls: [], says: /What day/ },
    { caller: 'friday', calls: [['list_slots', { date: '2026-11-27' }]] },
  ]),
  one('what was asked is said once more: yes by its own name', [
    { caller: 'please cancel my booking', calls: ['transfer_to_scheduling'] },
    { caller: 'GB-20261122-482', calls: ['find_booking'], says: /cancel it\?/ },
    { caller: 'cancel it', calls: ['cancel_booking'] },
  ]),
  one('what was asked is turned down by its own name', [
    { caller: 'please cancel my booking', calls: ['transfer_to_scheduling'] },
    { caller: 'GB-20261122-482', calls: ['find_booking'], says: /cancel it\?/ },
    { caller: "don't cancel it", calls: [], says: /^All right/ },
  ]),
  one('who cannot come is asked for the booking, and may move it instead', [
    {
      caller: "i can't make it to my appointment",
      calls: ['transfer_to_scheduling'],
      says: /booking reference\?/,
    },
    { caller: 'GB-20261122-482', calls: ['find_booking'], says: /cancel it\?/ },
    {
      caller: 'no move it to friday',
      calls: [['list_slots', { date: '2026-11-27' }]],
    },
    { caller: 'the first one', calls: [['move_booking', { slot_id: '2026-11-27T0900' }]] },
  ]),
  one('two wishes in one sentence: the first one first', [
    {
      caller: 'i want to pay my invoice and book an appointment for thursday',
      calls: ['transfer_to_billing'],
      says: /invoice number\?/,
    },
    {
      caller: 'ten forty two',
      calls: ['pay_invoice', 'transfer_to_scheduling', ['list_slots', { date: '2026-11-26' }]],
      says: /sent by text message\. Now to the other matter\..*10:00, 10:30 and 11:00/,
    },
  ]),
  one('two wishes in one sentence, the other way round', [
    {
      caller:
        'book an appointment for thursday at ten thirty and i have a question about my invoice',
      calls: ['transfer_to_scheduling', ['list_slots', { date: '2026-11-26' }]],
      says: /name/,
    },
    {
      caller: 'ann lee',
      calls: ['book_slot', 'transfer_to_billing'],
      says: /booked.*other matter.*invoice number\?/,
    },
  ]),
  one('the second of two wishes is let go', [
    {
      caller: 'i want to pay my invoice and book an appointment for thursday',
      calls: ['transfer_to_billing'],
    },
    {
      caller: 'ten forty two',
      calls: ['pay_invoice', 'transfer_to_scheduling', 'list_slots'],
      says: /Which/,
    },
    { caller: 'never mind', calls: [], says: /^All right\./ },
    { caller: 'no', calls: ['transfer_to_triage', 'end_call'], ended: true },
  ]),
  one('a value is refused: the matter is dropped', [
    toBilling,
    { caller: 'no thank you', calls: [], says: /^All right\./ },
  ]),
  one('neither of two is named', [
    {
      caller: 'billing scheduling',
      calls: [],
      says: /Would you like (?:billing or scheduling|scheduling or billing)\?/,
    },
    { caller: 'yes', calls: [], says: /(?:billing or scheduling|scheduling or billing)\?/ },
  ]),
  one('asked what it can do, it says so', [
    { caller: 'what can you do', calls: [], says: /billing or scheduling/ },
  ]),
];
