import { call, dialogue, digits, utterance as u, type CaseSet } from '../case.ts';
import type { Reply, Step } from '../case.ts';
import { restaurant } from './restaurant.desk.ts';

const guest: readonly Reply[] = [
  [/phone|number/i, 'oh one seven six double five five one two three'],
  [/name/i, 'Paula Keller'],
  [/how many|party|size|people/i, 'for four'],
  [/time/i, 'half past seven'],
];
const free: readonly Step[] = [
  { caller: 'have you got a table for four on friday' },
  { call: 'check_tables', args: { date: '2026-11-27', party_size: 4 } },
  {
    agent:
      'On Friday, November 27 there is 6:00 PM, 7:30 PM and 9:00 PM. Which one would you like?',
  },
];

/** The restaurant. */
export const restaurantPractice: CaseSet = {
  desk: restaurant,
  utterances: [
    u(
      'easy',
      [],
      [
        'do you have a table for two tomorrow',
        { calls: [call('check_tables', { date: '2026-11-24', party_size: 2 })] },
      ],
    ),
    u(
      'ordinary',
      [],
      [
        "i'd like to book a table for six on saturday at seven thirty the name is Paula Keller",
        {
          calls: [
            call('book_table', {
              date: '2026-11-28',
              time: '19:30',
              party_size: 6,
              name: 'Paula Keller',
            }),
          ],
          via: ['check_tables'],
          then: guest,
        },
      ],
    ),
    u('ordinary', [], ['are you open on mondays', { answer: /closed on mondays/i }]),
    u('ordinary', [], ['how much is the set lunch', { answer: /19/ }]),
    u('ordinary', [], ['can i bring my dog', { answer: /terrace/i }]),
    u('ordinary', [], ["my wife's vegan will there be anything for her", { answer: /vegan/i }]),
    u('ordinary', [], ['do you deliver', { answer: /not deliver/i }]),
    u(
      'ordinary',
      [],
      ['is it okay if we bring our own birthday cake', { answer: /2 euros|cakes/i }],
    ),
    u('ordinary', [], ['do i have to dress up', { answer: /dress code/i }]),
    u(
      'ordinary',
      [],
      ['how long do you keep the table if we are late', { answer: /fifteen minutes/i }],
    ),
    u(
      'ordinary',
      [],
      ['i would like to give somebody a voucher how do i get one', { answer: /bar|post/i }],
    ),
    u(
      'ordinary',
      [],
      [
        'we want to have our christmas party with you there would be twenty of us',
        { calls: [call('transfer_to_events')] },
      ],
    ),
    u(
      'ordinary',
      [],
      [
        'could i get two margheritas and a tiramisu to take away for seven',
        {
          calls: [
            call('order_takeaway', { pickup_time: '19:00', name: 'Paula Keller', cutlery: false }),
          ],
          then: [[/dishes/i, 'two margheritas and a tiramisu'], ...guest],
        },
      ],
    ),
    u(
      'ordinary',
      [],
      [
        'i have to cancel my table the code is b six one two',
        { calls: [call('cancel_booking', { booking_code: 'B612' })] },
      ],
    ),
    u(
      'ordinary',
      [],
      [
        'what time was our table again it was b six one two',
        { calls: [call('find_booking', { booking_code: 'B612' })] },
      ],
    ),
    u('ordinary', free, [
      'the second one please on the terrace my name is Paula Keller',
      {
        calls: [
          call('book_table', {
            date: '2026-11-27',
            time: '19:30',
            party_size: 4,
            name: 'Paula Keller',
            seating: 'terrace',
          }),
        ],
        then: guest,
      },
    ]),
    u('ordinary', free, [
      'nine is fine',
      { calls: [call('book_table', { time: '21:00', date: '2026-11-27' })], then: guest },
    ]),
    u('ordinary', free, [
      'and what about thursday',
      { calls: [call('check_tables', { date: '2026-11-26', party_size: 4 })] },
    ]),
    u(
      'hard',
      [],
      [
        'we thought we might come by for dinner tonight the four of us',
        {
          calls: [call('check_tables', { date: '2026-11-23', party_size: 4 })],
        },
      ],
    ),
    u('hard', [], ['do you do sushi', {}]),
  ],
  dialogues: [
    dialogue({
      name: 'books a table',
      opening: "hi i'd like a table for friday evening",
      facts: [
        [/phone|number/i, 'oh one seven six double five five one two three'],
        [/name/i, 'Paula Keller'],
        [/how many|party|people/i, 'four of us'],
        [/time|which|suit|would you like/i, 'half past seven'],
      ],
      maxTurns: 14,
      final: {
        writes: [
          call('book_table', {
            date: '2026-11-27',
            time: '19:30',
            party_size: 4,
            name: 'Paula Keller',
            phone: digits('0176555123'),
          }),
        ],
      },
    }),
    dialogue({
      name: 'asks about children, then cancels',
      opening: 'is there anything cheaper for kids',
      facts: [[/code|booking|reference/i, 'b six one two']],
      more: ["actually i think we'd better cancel our booking"],
      final: { writes: [call('cancel_booking', { booking_code: 'B612' })], said: [/half price/i] },
    }),
    dialogue({
      name: 'orders food',
      opening: 'can i order something to take away',
      facts: [
        [/time/i, 'at half past six'],
        [/name/i, 'Paula Keller'],
        [/dishes|what would|order/i, 'one lasagne and one caesar salad'],
      ],
      final: { writes: [call('order_takeaway', { pickup_time: '18:30', name: 'Paula Keller' })] },
    }),
  ],
};
