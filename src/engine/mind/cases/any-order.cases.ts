import { casesOn, type CaseTurn, type DialogueCase } from './dialogue-case.ts';
import { frontDesk } from './front-desk.ts';
import type { TestDesk } from './simulate.ts';
import { utility } from './utility.ts';

const practice = casesOn(frontDesk);
const supplier = casesOn(utility, ' (energy)');

const asked: CaseTurn = {
  caller: 'look up invoice ten forty two',
  calls: ['transfer_to_billing', 'lookup_invoice'],
  says: /full name/,
};
const named: CaseTurn = { caller: 'jane miller', calls: [], says: /date of birth/ };
const wrongDay: CaseTurn = {
  caller: 'march sixth nineteen eighty two',
  calls: ['verify_caller'],
  says: /cannot find anybody.*full name/,
};
const known = (name: string, born: string): NonNullable<CaseTurn['calls']> => [
  ['verify_caller', { name, date_of_birth: born }],
  'lookup_invoice',
];
const verified: readonly CaseTurn[] = [
  asked,
  named,
  { caller: 'march fifth eighty two', calls: known('Jane Miller', '1982-03-05') },
];

const { triage } = frontDesk.agents;
/** The same practice, whose instructions speak of coming in. */
const walkIn: TestDesk = {
  ...frontDesk,
  agents: {
    ...frontDesk.agents,
    ...(triage && {
      triage: {
        ...triage,
        instructions: `${triage.instructions}\n- A caller who wants to come in or to be seen is for scheduling.`,
      },
    }),
  },
};

/** Callers who say who they are in an order of their own, and what is known of them from then on. */
export const anyOrderCases: readonly DialogueCase[] = [
  practice('the date of birth alone, twice, where the name is asked for', [
    asked,
    named,
    wrongDay,
    {
      caller: 'october twenty first nineteen seventy four',
      calls: [['verify_caller', { name: 'Jane Miller', date_of_birth: '1974-10-21' }]],
      says: /full name/,
    },
    {
      caller: 'the fifth of march nineteen eighty two',
      confidence: 0.2,
      calls: known('Jane Miller', '1982-03-05'),
      says: /^Thank you, Jane\./,
    },
  ]),
  practice('a date that was heard too badly is not believed', [
    asked,
    named,
    wrongDay,
    {
      caller: 'the fifth of march nineteen eighty two',
      confidence: 0.1,
      calls: [],
      says: /didn't catch/,
    },
  ]),
  practice('the name alone was wrong', [
    asked,
    { caller: 'john miller', calls: [], says: /date of birth/ },
    {
      caller: 'the fifth of march nineteen eighty two',
      calls: ['verify_caller'],
      says: /full name/,
    },
    { caller: 'jane miller', calls: known('Jane Miller', '1982-03-05') },
  ]),
  practice('the same name again: the date is asked for', [
    asked,
    named,
    wrongDay,
    named,
    { caller: 'march fifth eighty two', calls: known('Jane Miller', '1982-03-05') },
  ]),
  practice('both again in one sentence', [
    asked,
    { caller: 'john miller', calls: [] },
    wrongDay,
    {
      caller: 'march fifth nineteen eighty two and my name is jane miller',
      calls: known('Jane Miller', '1982-03-05'),
    },
  ]),
  practice('a date without its year where the name is asked for', [
    asked,
    named,
    wrongDay,
    { caller: 'march fifth', calls: [], says: /the year.*date of birth/ },
    { caller: 'eighty two', calls: known('Jane Miller', '1982-03-05') },
  ]),
  practice('the date first, then the name', [
    asked,
    { caller: 'march fifth nineteen eighty two', calls: [], says: /full name/ },
    { caller: 'jane miller', calls: known('Jane Miller', '1982-03-05') },
  ]),
  supplier('the surname alone, where the birthday is asked for', [
    { caller: 'what is my balance', calls: ['transfer_to_accounts', 'check_balance'] },
    { caller: 'november thirtieth nineteen seventy five', calls: [], says: /surname/ },
    { caller: 'okapi', calls: ['identify_customer'], says: /birthday/ },
    {
      caller: 'okafor',
      calls: [
        ['identify_customer', { surname: 'Okafor', birthday: '1975-11-30' }],
        'check_balance',
      ],
    },
  ]),
  practice('name and date of birth before they are asked for, instead of the reference', [
    {
      caller: 'i need to move my appointment',
      calls: ['transfer_to_scheduling'],
      says: /booking reference/,
    },
    {
      caller: 'my name is maria lopez',
      calls: [],
      says: /^Thank you, Maria\. What is the booking reference/,
    },
    {
      caller: 'june 12 1990',
      calls: [['verify_caller', { name: 'Maria Lopez', date_of_birth: '1990-06-12' }]],
      says: /^Thank you, Maria\..*booking reference/,
      neverSays: /what day/i,
    },
    { caller: '2026 11 26 482', calls: [], says: /What day/ },
    { caller: 'thursday', calls: ['list_slots'] },
    {
      caller: 'eleven',
      calls: [['move_booking', { reference: 'GB-20261126-482', slot_id: '2026-11-26T1100' }]],
    },
  ]),
  practice('who is known is not asked for the name of a booking', [
    ...verified,
    { caller: 'book an appointment for thursday', calls: ['transfer_to_scheduling', 'list_slots'] },
    {
      caller: 'ten thirty',
      calls: [['book_slot', { name: 'Jane Miller' }]],
      says: /Shall I book .* for Jane Miller\?$/,
    },
    {
      caller: 'no make it for ann lee',
      calls: [['book_slot', { name: 'Ann Lee' }]],
      says: /for Ann Lee\?$/,
    },
    {
      caller: 'yes',
      calls: [['book_slot', { name: 'Ann Lee' }]],
      says: /booked .* in the name of Ann Lee/,
    },
  ]),
  practice('who is known books for somebody else', [
    ...verified,
    {
      caller: 'book an appointment for my son on thursday',
      calls: ['transfer_to_scheduling', 'list_slots'],
    },
    { caller: 'ten thirty', calls: [], says: /full name/ },
    { caller: 'tom miller', calls: [['book_slot', { name: 'Tom Miller' }]] },
  ]),
  practice('another number is another question', [
    ...verified,
    {
      caller: 'can you look at invoice 1043',
      calls: [['lookup_invoice', { invoice_id: 'INV-1043' }]],
      says: /INV-1043/,
    },
    { caller: 'what is the number of that invoice', calls: [], says: /INV-1043/ },
  ]),
  practice('said at the very beginning, to somebody else', [
    {
      caller: 'my name is jane miller and i was born on march 5 1982',
      calls: [],
      agent: 'triage',
    },
    {
      caller: 'i have a question about a bill',
      calls: [['transfer_to_billing', { invoice_id: null }]],
      says: /invoice number/,
    },
    {
      caller: '1042',
      calls: ['lookup_invoice', 'verify_caller', 'lookup_invoice'],
      says: /^Thank you, Jane\..*INV-1042/,
    },
  ]),
  practice('what did not match is not said again by itself', [
    { caller: 'my name is john miller', calls: [] },
    { ...asked, says: /date of birth/ },
    { caller: 'march fifth 1982', calls: ['verify_caller'], says: /full name/ },
    { caller: 'forget it', calls: [], says: /^All right\./ },
    { caller: 'look up invoice ten forty two', calls: ['lookup_invoice'], says: /full name/ },
  ]),
  casesOn(walkIn)('who wants to come in, in words of the instructions', [
    {
      caller: 'it hurts so much can i come in tomorrow',
      calls: ['transfer_to_scheduling', ['list_slots', { date: '2026-11-24' }]],
    },
  ]),
  practice('another matter while the name is asked for', [
    asked,
    {
      caller: 'and book me in for thursday at eleven',
      calls: ['transfer_to_scheduling', 'list_slots'],
    },
  ]),
  practice('what is not offered, and a name behind a relation', [
    {
      caller: 'i want to book an appointment for thursday',
      calls: ['transfer_to_scheduling', 'list_slots'],
    },
    { caller: 'ten thirty', calls: [], says: /full name/ },
    { caller: 'actually four', calls: [], says: /not among them\. I have 10:00, 10:30 and 11:00/ },
    { caller: 'eleven', calls: [], says: /full name/ },
    {
      caller: "it's for my daughter lily stone",
      calls: [['book_slot', { slot_id: '2026-11-26T1100', name: 'Lily Stone' }]],
    },
  ]),
  practice('who is known leaves a message without a name', [
    ...verified,
    { caller: 'can i speak to a human', calls: ['transfer_to_practice_team'], says: /message/ },
    { caller: 'take a message please', calls: [], says: /passed on/, neverSays: /name/ },
    {
      caller: 'tell them my crown is loose',
      calls: [['leave_message', { name: 'Jane Miller', message: 'tell them my crown is loose' }]],
    },
  ]),
  practice('the message before the name', [
    { caller: 'can i speak to a human', calls: ['transfer_to_practice_team'], says: /message/ },
    { caller: 'take a message please', calls: [], says: /your name/ },
    {
      caller: 'tell them i have to move my appointment on friday',
      calls: [],
      says: /your name/,
      neverSays: /sorry|passed on/i,
    },
    {
      caller: 'jane miller',
      calls: [
        [
          'leave_message',
          { name: 'Jane Miller', message: 'tell them i have to move my appointment on friday' },
        ],
      ],
    },
  ]),
  practice('forget it, in the middle of it', [
    asked,
    named,
    { caller: 'actually forget it', calls: [], says: /^All right\./ },
  ]),
];
