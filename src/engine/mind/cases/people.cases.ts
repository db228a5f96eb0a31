import type { CaseTurn, DialogueCase } from './dialogue-case.ts';
import { frontDesk } from './front-desk.ts';
import { garage } from './garage.ts';
import { utility } from './utility.ts';

const practice = (name: string, turns: readonly CaseTurn[]): DialogueCase => ({
  name,
  desk: frontDesk,
  turns,
});

const asked: CaseTurn = {
  caller: 'can i speak to a human',
  calls: ['transfer_to_practice_team'],
  says: /a person of the practice team.*back at 8:30 in the morning\. I can arrange a callback or take a message\. Which would you like\?$/s,
  neverSays: /automated/,
};

/** Callers who want a person. */
export const peopleCases: readonly DialogueCase[] = [
  practice('nobody is there: a callback', [
    asked,
    { caller: 'a callback please', calls: [], says: /number to call back/ },
    { caller: 'five five five double one two oh four', calls: [], says: /when/ },
    {
      caller: 'tomorrow morning',
      calls: [['request_callback', { phone: '55511204', when: 'tomorrow morning' }]],
      says: /noted your callback.*else/,
    },
  ]),
  practice('when, before it is asked for', [
    asked,
    { caller: 'a callback tomorrow at ten', calls: [], says: /number to call back/ },
    {
      caller: 'two one two five five five oh one four two',
      calls: [['request_callback', { phone: '2125550142', when: 'tomorrow at ten' }]],
    },
  ]),
  practice('number and time in one sentence', [
    asked,
    {
      caller: 'call me back at 212 555 0142 monday afternoon',
      calls: [['request_callback', { phone: '2125550142', when: 'monday afternoon' }]],
    },
  ]),
  ...['monday afternoon', 'any time', 'tomorrow after lunch', 'the first of december'].map((when) =>
    practice(`a time is no matter of its own: ${when}`, [
      asked,
      { caller: 'please call me back', calls: [], says: /number to call back/ },
      { caller: '2125550142', calls: [], says: /when/ },
      { caller: when, calls: [['request_callback', { phone: '2125550142', when }]] },
    ]),
  ),
  practice('call me back, as soon as possible', [
    asked,
    { caller: 'just call me back', calls: [], says: /number to call back/ },
    { caller: '555 123 4567', calls: [], says: /when/ },
    { caller: 'as soon as possible', calls: [['request_callback', { phone: '5551234567' }]] },
  ]),
  practice('a message that speaks of something else is still the message', [
    asked,
    { caller: 'leave a message', calls: [], says: /your name/ },
    { caller: "it's jane miller", calls: [], says: /passed on/ },
    {
      caller: 'please tell them i need to move my appointment on friday',
      calls: [
        [
          'leave_message',
          {
            name: 'Jane Miller',
            message: 'please tell them i need to move my appointment on friday',
          },
        ],
      ],
      says: /noted your message/,
    },
  ]),
  practice('neither, thanks', [
    asked,
    { caller: 'no thanks', calls: [], says: /^All right\./ },
    {
      caller: 'i have a question about an invoice',
      calls: ['transfer_to_billing'],
      says: /invoice number/,
    },
  ]),
  practice('asked for once more, tried once more', [
    asked,
    { caller: 'no', calls: [], says: /All right/ },
    { caller: 'i want a real person', calls: ['transfer_to_practice_team'], says: /8:30/ },
  ]),
  practice('in the middle of a matter, which then goes on', [
    {
      caller: 'i have a question about an invoice',
      calls: ['transfer_to_billing'],
      says: /invoice number/,
    },
    asked,
    { caller: 'no', calls: [], says: /invoice number/ },
    { caller: 'ten forty two', calls: ['lookup_invoice'], says: /full name/ },
  ]),
  practice('no person is promised, whoever is asked about', [
    { caller: 'is this a robot', calls: [], says: /^I'm an automated assistant/ },
  ]),
  {
    name: 'somebody is there: nothing more is said (energy)',
    desk: utility,
    turns: [
      {
        caller: 'i want to talk to a human being',
        calls: ['transfer_to_support'],
        says: /support agent\.$/,
      },
    ],
  },
  {
    name: 'there are no people at all (garage)',
    desk: garage,
    turns: [{ caller: 'can i speak to a human', calls: [], says: /no person/ }],
  },
];
