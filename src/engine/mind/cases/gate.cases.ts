import { casesOn, type CaseTurn, type DialogueCase } from './dialogue-case.ts';
import { frontDesk } from './front-desk.ts';
import type { TestDesk } from './simulate.ts';
import { utility } from './utility.ts';

/** The same practice, where nobody goes to and fro: two handovers are all there are. */
const steady: TestDesk = {
  ...frontDesk,
  gate: ({ hops }) =>
    hops.length < 2
      ? undefined
      : { say: 'I have just put you through and cannot do it again so soon.', code: 'ping_pong' },
};
/** The same supplier, with accounts closed. */
const closed: TestDesk = {
  ...utility,
  gate: ({ to }) =>
    to === 'accounts'
      ? { say: 'Accounts is closed. They are back at nine.', code: 'out_of_hours' }
      : undefined,
};
const practice = casesOn(steady, '');
const supplier = casesOn(closed, ' (energy)');

const toAndFro: readonly CaseTurn[] = [
  {
    caller: 'i have a question about an invoice',
    calls: ['transfer_to_billing'],
    says: /invoice number/,
  },
  {
    caller: "actually i'd like to book an appointment for thursday",
    calls: ['transfer_to_scheduling', 'list_slots'],
    says: /10:00/,
  },
];
const refused = /cannot do it again so soon\./;

/** Handovers that code refuses: the caller hears why, and is helped on. */
export const gateCases: readonly DialogueCase[] = [
  practice('the list that stood is read again', [
    ...toAndFro,
    {
      caller: 'actually can i pay an invoice first',
      calls: ['transfer_to_billing'],
      says: /cannot do it again so soon\. I have 10:00, 10:30 and 11:00/,
      agent: 'scheduling',
    },
    { caller: 'okay the second one', calls: [], says: /full name/ },
  ]),
  practice('the question that stood is asked again', [
    ...toAndFro,
    { caller: 'ten thirty', calls: [], says: /full name/ },
    {
      caller: 'can i pay an invoice first',
      calls: ['transfer_to_billing'],
      says: /so soon\..*full name/s,
    },
    { caller: 'maria lopez', calls: ['book_slot'], says: /Shall I book/ },
  ]),
  practice('who asks again is tried again, but not for ever', [
    ...toAndFro,
    { caller: 'put me through to billing', calls: ['transfer_to_billing'], says: refused },
    { caller: 'put me through to billing', calls: ['transfer_to_billing'], says: refused },
    {
      caller: 'put me through to billing',
      calls: [],
      says: /still not possible.*10:00/,
      neverSays: refused,
      agent: 'scheduling',
    },
  ]),
  practice('who says goodbye hears goodbye, whatever is refused', [
    ...toAndFro,
    {
      caller: 'no thanks goodbye',
      calls: ['transfer_to_triage'],
      says: /goodbye/i,
      neverSays: refused,
      agent: 'scheduling',
    },
    { caller: 'bye', calls: ['transfer_to_triage'], says: /goodbye/i },
    { caller: 'bye bye', calls: ['transfer_to_triage'], says: /goodbye/i, neverSays: refused },
  ]),
  casesOn({ ...frontDesk, firstAgent: 'scheduling' }, '')('there is nobody to go back to', [
    {
      caller: 'i need to move my appointment',
      calls: [],
      says: /booking reference/,
    },
    {
      caller: 'take me back please',
      calls: ['go_back'],
      says: /nobody to go back to\..*booking reference/,
      agent: 'scheduling',
    },
    { caller: '2026 11 26 482', calls: [], says: /What day/ },
  ]),
  practice('impatience is no matter', [
    { caller: "i don't have time for this", calls: [], says: /sorry/i, agent: 'triage' },
  ]),
  practice('the way back is refused like any other', [
    ...toAndFro,
    { caller: 'go back to where i was', calls: ['go_back'], agent: 'billing' },
  ]),
  supplier('no matter stood: anything else?', [
    {
      caller: 'what is my balance',
      calls: ['transfer_to_accounts'],
      says: /closed\. They are back at nine\. Is there anything else\?$/,
      agent: 'welcome',
    },
    { caller: 'i have a power cut then', calls: ['transfer_to_outages'], says: /area code/ },
    {
      caller: 'and what is my balance',
      calls: ['transfer_to_accounts'],
      says: /closed\..*area code/s,
      agent: 'outages',
    },
    { caller: 'a b one two', calls: ['report_outage'], says: /reported/ },
  ]),
];
