import {
  call,
  handedTo,
  utterance as u,
  type Reply,
  type Step,
  type UtteranceCase,
} from '../case.ts';

const rooms: readonly Step[] = [
  ...handedTo('reservations', [
    "i'd like to book a room",
    'One moment, reservations will help you.',
  ]),
  { agent: 'When would you like to come?' },
];
const offered: readonly Step[] = [
  ...rooms,
  { caller: 'from the eleventh of december two nights two people' },
  { call: 'check_rooms', args: { arrival: '2026-12-11', nights: 2, guests: 2 } },
  {
    agent:
      'There is a standard double for 120 euros a night, a double with a sea view for 165 euros, and a family room for 210 euros. Which one would you like?',
  },
];
const table: readonly Step[] = [
  ...handedTo('restaurant', ["i'd like a table", 'One moment, the restaurant will help you.']),
  { agent: 'For when, and for how many people?' },
];
const inHouse: readonly Step[] = [
  ...handedTo('guest_services', [
    "i'm staying with you",
    'One moment, guest services will help you.',
  ]),
  { agent: 'What can I do for you?' },
];
const room: readonly Reply[] = [[/room|number/i, 'three one two']];
const reservations = call('transfer_to_reservations');
const services = call('transfer_to_guest_services');

/** Said to the hotel. */
export const utterances: readonly UtteranceCase[] = [
  u('easy', [], ['i would like to book a room please', { calls: [reservations] }]),
  u('easy', [], ['can i reserve a table for tonight', { calls: [call('transfer_to_restaurant')] }]),
  u(
    'ordinary',
    [],
    [
      "hi i'm in room two oh six and the telly won't turn on",
      { calls: [services], via: ['report_fault'] },
    ],
  ),
  u(
    'ordinary',
    [],
    ['how much is it to leave the car with you overnight', { answer: /12|twelve/i }],
  ),
  u(
    'ordinary',
    [],
    ["what have you got free over new year it's for me and my husband", { calls: [reservations] }],
  ),
  u('ordinary', [], ['can i bring my dog along', { answer: /not allowed|pets/i }]),
  u(
    'hard',
    [],
    [
      'i think i left my scarf behind when i was with you a month ago is it gone now',
      { answer: /three months|lost property/i },
    ],
  ),
  u(
    'ordinary',
    [],
    [
      "i've never been treated so rudely i want to speak to whoever's responsible",
      { calls: [call('transfer_to_duty_manager')] },
    ],
  ),
  u('ordinary', [], ['could you book me a flight to london', {}]),
  u('hard', [], ["yeah so it's for friday", {}]),
  u(
    'easy',
    [
      { caller: 'how far are you from the airport' },
      { agent: 'The airport is twenty minutes away. Can I help with anything else?' },
    ],
    ["no thanks that's all i wanted bye bye", { calls: [call('end_call')] }],
  ),

  u('ordinary', rooms, [
    "we'd be arriving on the fourth of december for three nights there's two of us",
    { calls: [call('check_rooms', { arrival: '2026-12-04', nights: 3, guests: 2 })] },
  ]),
  u('ordinary', rooms, [
    'this friday just the one night for me and my two kids',
    { calls: [call('check_rooms', { arrival: '2026-11-27', nights: 1, guests: 3 })] },
  ]),
  u('ordinary', offered, [
    "the one with the sea view please it's nora byrne and my email is nora dot byrne at example dot com",
    {
      calls: [
        call('book_room', {
          room_id: 'sea_view',
          name: 'Nora Byrne',
          email: 'nora.byrne@example.com',
        }),
      ],
    },
  ]),
  u('ordinary', offered, [
    "i'll go for the cheapest",
    {
      calls: [
        call('book_room', {
          room_id: 'standard',
          name: 'Kevin Doyle',
          email: 'kdoyle77@example.org',
        }),
      ],
      then: [
        [/mail/i, 'k doyle seventy seven at example dot org'],
        [/name/i, 'kevin doyle'],
      ],
    },
  ]),
  u('hard', offered, [
    'oh that might be a bit tight what if we stayed three nights from the thirteenth instead',
    { calls: [call('check_rooms', { arrival: '2026-12-13', nights: 3, guests: 2 })] },
  ]),
  u('ordinary', rooms, [
    "no i have to cancel one it's l h seven q four",
    { calls: [call('cancel_stay', { code: 'LH7Q4' })] },
  ]),
  u('ordinary', rooms, ['is breakfast extra', { answer: /included/i }]),

  u('easy', table, [
    'a table for four on saturday at seven in the evening the name is kevin doyle',
    {
      calls: [
        call('book_table', { date: '2026-11-28', time: '19:00', people: 4, name: 'Kevin Doyle' }),
      ],
    },
  ]),
  u('ordinary', table, [
    "there'll be six of us tomorrow around half past seven and my name's una walsh",
    {
      calls: [
        call('book_table', { date: '2026-11-24', time: '19:30', people: 6, name: 'Una Walsh' }),
      ],
    },
  ]),
  u('hard', table, [
    "sunday lunch for two no three actually say quarter to one under walsh una walsh one of us can't have nuts",
    {
      calls: [
        call('book_table', {
          date: '2026-11-29',
          time: '12:45',
          people: 3,
          name: 'Una Walsh',
          allergies: /nuts/i,
        }),
      ],
    },
  ]),
  u('ordinary', table, ['do you have anything for vegans', { answer: /vegan/i }]),

  u('ordinary', inHouse, [
    'could you send up two more towels to three one two',
    { calls: [call('bring_to_room', { room_number: 312, item: 'towels', quantity: 2 })] },
  ]),
  u('ordinary', inHouse, [
    'i need to be up at quarter past six tomorrow can you give me a ring',
    {
      calls: [call('set_wake_up_call', { room_number: 312, date: '2026-11-24', time: '06:15' })],
      then: room,
    },
  ]),
  u('ordinary', inHouse, [
    "there's no hot water in four oh five",
    { calls: [call('report_fault', { room_number: 405, fault: /hot water/i })] },
  ]),
  u('hard', inHouse, [
    "our flight's at noon so we'd want a cab to the airport at half nine tomorrow we're in three twelve",
    {
      calls: [
        call('order_taxi', {
          room_number: 312,
          destination: /airport/i,
          date: '2026-11-24',
          time: '09:30',
        }),
      ],
    },
  ]),
];
