import { call, dialogue, digits, handedTo, utterance as u, type CaseSet } from '../case.ts';
import type { Reply, Step } from '../case.ts';
import { dealer } from './dealer.desk.ts';

const who: readonly Reply[] = [
  [/phone|number/i, 'oh seven seven double oh nine hundred two two two'],
  [/name/i, 'Rita Moss'],
  [/what time|time/i, 'at three'],
  [/day|date|when/i, 'on friday'],
];
const found: readonly Step[] = [
  { caller: 'i need something with five seats for up to thirteen thousand' },
  { call: 'search_cars', args: { max_price: 13000, min_seats: 5 } },
  {
    agent:
      'I have a Skoda Octavia estate for 12400 pounds and a Renault Zoe for 9800 pounds. Which one would you like?',
  },
];
const aftercare: readonly Step[] = [
  ...handedTo('aftercare', [
    'i bought a car from you last month',
    'I will put you through to aftercare.',
  ]),
  { agent: 'What can I do for you?' },
];

/** The car dealer. */
export const dealerPractice: CaseSet = {
  desk: dealer,
  utterances: [
    u(
      'easy',
      [],
      [
        "i'm looking for a car with seven seats for no more than fifteen thousand pounds",
        { calls: [call('search_cars', { max_price: 15000, min_seats: 7 })] },
      ],
    ),
    u(
      'ordinary',
      [],
      [
        'have you got anything electric under ten thousand',
        {
          calls: [call('search_cars', { max_price: 10000, fuel: 'electric' })],
          then: [[/seats/i, 'five']],
        },
      ],
    ),
    u(
      'ordinary',
      [],
      [
        'we need a bigger car there are six of us and we can spend about fourteen thousand nine hundred',
        {
          calls: [call('search_cars', { max_price: 14900, min_seats: 6 })],
          then: [
            [/seats/i, 'six'],
            [/spend|pounds|price/i, 'fourteen thousand nine hundred'],
          ],
        },
      ],
    ),
    u('easy', [], ['where is your showroom', { answer: /station way/i }]),
    u('ordinary', [], ['what time are you open till on a sunday', { answer: /11 to 4|4/ }]),
    u('ordinary', [], ['do i get a warranty with it', { answer: /six month/i }]),
    u('ordinary', [], ['can you deliver it to my house', { answer: /fifty miles/i }]),
    u(
      'ordinary',
      [],
      ['will i get my deposit back if i change my mind', { answer: /refunded|five days/i }],
    ),
    u('ordinary', [], ['do you have any vans', { answer: /vans/i }]),
    u('ordinary', [], ['is it possible to pay monthly', { answer: /finance/i }]),
    u('ordinary', [], ['do you take part exchange', { answer: /part exchange/i }]),
    u('ordinary', [], ['what do i need to bring for a test drive', { answer: /licen[cs]e/i }]),
    u(
      'ordinary',
      [],
      [
        'i want to sell my car what would you give me for it the reg is k t one nine a b c',
        {
          calls: [
            call('book_valuation', {
              registration: /^KT19 ?ABC$/i,
              mileage: 42000,
              has_service_history: true,
            }),
          ],
          then: [
            [/mile/i, "it's done forty two thousand"],
            [/history/i, 'yes'],
            [/day|date|when/i, 'tomorrow'],
          ],
        },
      ],
    ),
    u(
      'ordinary',
      [],
      [
        'the clutch has gone on the car i bought off you in june',
        { calls: [call('transfer_to_aftercare')] },
      ],
    ),
    u(
      'ordinary',
      [],
      [
        "i can't make my test drive on friday could we do saturday at eleven instead it's t d three oh five",
        {
          calls: [
            call('change_test_drive', {
              test_drive: 'TD-305',
              new_date: '2026-11-28',
              new_time: '11:00',
            }),
          ],
        },
      ],
    ),
    u(
      'hard',
      [],
      [
        "this is the second time you've messed me about and i'm not happy",
        { calls: [call('transfer_to_manager')] },
      ],
    ),
    u('ordinary', found, [
      'can i take the skoda out on friday at three',
      {
        calls: [call('book_test_drive', { car_id: 'c18', date: '2026-11-27', time: '15:00' })],
        then: who,
      },
    ]),
    u('ordinary', found, [
      'could i come and drive the cheaper one',
      { calls: [call('book_test_drive', { car_id: 'c31' })], then: who },
    ]),
    u('ordinary', found, [
      'have you got any with seven seats',
      { calls: [call('search_cars', { min_seats: 7, max_price: 13000 })], then: who },
    ]),
    u('ordinary', aftercare, [
      "there's smoke coming out of the engine it's k t one nine a b c",
      {
        calls: [
          call('report_fault', {
            fault: /smoke/i,
            registration: /^KT19 ?ABC$/i,
            can_be_driven: false,
          }),
        ],
        then: [[/driven/i, 'no']],
      },
    ]),
    u('ordinary', aftercare, ['would new brakes be free', { answer: /not covered/i }]),
    u('ordinary', aftercare, ['can i have a car to use in the meantime', { answer: /15/ }]),
    u('easy', aftercare, [
      "actually i'd like to test drive another car",
      { calls: [call('transfer_to_sales')] },
    ]),
  ],
  dialogues: [
    dialogue({
      name: 'finds and drives a family car',
      opening: "hello i'm after a family car",
      facts: [
        [/spend|budget|price|pounds/i, 'up to fifteen thousand'],
        [/seats/i, 'seven'],
        [/phone|number/i, 'oh seven seven double oh nine hundred two two two'],
        [/name/i, 'Rita Moss'],
        [/time/i, 'half past ten'],
        [/day|date|when/i, 'saturday'],
        [/which|galaxy/i, 'the galaxy'],
      ],
      more: ['could i take that one for a test drive'],
      maxTurns: 14,
      final: {
        reads: [call('search_cars', { max_price: 15000, min_seats: 7 })],
        writes: [
          call('book_test_drive', {
            car_id: 'c22',
            date: '2026-11-28',
            time: '10:30',
            driver_name: 'Rita Moss',
            phone: digits('07700900222'),
          }),
        ],
      },
    }),
    dialogue({
      name: 'sells a car',
      opening: "i'd like to get my car valued please",
      facts: [
        [/plate|registration/i, 'k t one nine a b c'],
        [/mile/i, 'sixty thousand'],
        [/history/i, 'yes it has'],
        [/day|date|when/i, 'on thursday'],
      ],
      final: {
        writes: [
          call('book_valuation', {
            registration: /^KT19 ?ABC$/i,
            mileage: 60000,
            date: '2026-11-26',
            has_service_history: true,
          }),
        ],
      },
    }),
    dialogue({
      name: 'reports a fault',
      opening: "hi i bought a car from you in the summer and now it won't start",
      facts: [
        [/plate|registration/i, 'k t one nine a b c'],
        [/driven/i, 'no not at all'],
        [/wrong|fault|problem/i, "it won't start"],
      ],
      final: {
        writes: [
          call('report_fault', {
            registration: /^KT19 ?ABC$/i,
            fault: /start/i,
            can_be_driven: false,
          }),
        ],
      },
    }),
  ],
};
