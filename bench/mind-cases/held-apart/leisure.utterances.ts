import { call, digits, handedTo, utterance as u } from '../case.ts';
import type { Reply, Step, UtteranceCase } from '../case.ts';

const phone: Reply = [
  /phone|mobile|contact|reach|text|ring you|call you|best number/i,
  'oh seven seven double oh nine hundred three two one',
];

const memberships: readonly Step[] = [
  ...handedTo('memberships', [
    "hello it's about my membership",
    'I will put you through to the memberships desk.',
  ]),
  { agent: 'What can I do for you?' },
];
const bookings: readonly Step[] = [
  ...handedTo('bookings', [
    "it's about the classes and courts",
    'I will put you through to bookings.',
  ]),
  { agent: 'How can I help?' },
];
const yoga: readonly Step[] = [
  ...bookings,
  { caller: 'what yoga is there this week' },
  { call: 'find_classes', args: { activity: 'yoga', date: null } },
  {
    agent:
      'There is yoga with Meera on Tuesday at 6:15 PM and on Thursday at 9:30 AM. Would you like to come to one of them?',
  },
];
const courts: readonly Step[] = [
  ...bookings,
  { caller: 'are there any squash courts on thursday' },
  { call: 'find_courts', args: { date: '2026-11-26' } },
  { agent: 'On Thursday there is a court at 12:40 PM, 5:20 PM and 7:20 PM. Which one suits you?' },
];

const front: readonly UtteranceCase[] = [
  u('easy', [], ['hi what time are you open till tonight', { answer: /10|\bten\b|22/i }]),
  u(
    'easy',
    [],
    [
      'how much is it for an adult just to come for a swim',
      { answer: /5\D{1,14}80|five\D{1,14}eighty/i },
    ],
  ),
  u(
    'easy',
    [],
    [
      'can you put me through to somebody about joining please',
      { calls: [call('transfer_to_memberships')] },
    ],
  ),
  u(
    'ordinary',
    [],
    [
      "i'm bringing my grandkids on saturday they're five and seven are they alright going in the pool on their own",
      {
        answer:
          /adult|grown[ -]?up|under[ -](?:8|eight)|younger than (?:8|eight)|accompan|in the (?:water|pool) with/i,
      },
    ],
  ),
  u(
    'ordinary',
    [],
    [
      'i think i left my goggles in the changing room at the pool yesterday',
      {
        calls: [
          call('report_lost_property', {
            item: /goggles/i,
            place: 'pool_changing_room',
            lost_on: '2026-11-22',
            phone: digits('07700900321'),
          }),
        ],
        then: [
          phone,
          [/number/i, 'oh seven seven double oh nine hundred three two one'],
          [/name/i, 'Stuart Lyle'],
          [
            /colou?r|make|brand|describe|look like|what (?:kind|sort)|item/i,
            "they're blue goggles",
          ],
          [/when|day|date/i, 'yesterday'],
          [/where|place|which/i, 'the changing room at the pool'],
        ],
      },
    ],
  ),
  u(
    'ordinary',
    [],
    [
      "is there any lane swimming first thing tomorrow i don't start work till nine",
      { calls: [call('get_pool_sessions', { date: '2026-11-24' })] },
    ],
  ),
  u(
    'ordinary',
    [],
    [
      "you've charged me twice this month nobody answers my emails and i want to talk to whoever's in charge",
      { calls: [call('transfer_to_duty_manager')] },
    ],
  ),
  u(
    'ordinary',
    [],
    [
      'do you do swimming lessons my little girl is four',
      { answer: /little fins|960 ?118|nine six (?:oh|zero)|separate|another company/i },
    ],
  ),
  u(
    'ordinary',
    [],
    [
      'can i get on spin on wednesday',
      {
        calls: [
          call('transfer_to_bookings'),
          call('find_classes', { activity: 'spin', date: '2026-11-25' }),
        ],
      },
    ],
  ),
  u(
    'ordinary',
    [],
    [
      'you got a squash court going tonight at all',
      { calls: [call('transfer_to_bookings'), call('find_courts', { date: '2026-11-23' })] },
    ],
  ),
  u('ordinary', [], ['is that the surgery i need to see the doctor about my prescription', {}]),
  u(
    'hard',
    [],
    [
      "my little one's just gone over by the showers and she's banged her head can somebody come",
      { calls: [call('transfer_to_duty_manager')] },
    ],
  ),
  u(
    'hard',
    [],
    [
      "we need to knock the membership on the head we've moved up to leeds",
      {
        calls: [
          call('transfer_to_memberships'),
          call('cancel_membership', { membership_number: '602957', reason: 'moving_away' }),
        ],
        via: ['look_up_member'],
        then: [
          [/freez|pause/i, 'just cancel it please'],
          [/number|card|member/i, 'six oh two nine five seven'],
          [/why|reason/i, "we've moved to leeds"],
        ],
      },
    ],
  ),
  u(
    'hard',
    [],
    [
      "it's my lad's birthday could we have the inflatable in the pool saturday week there'd be about fifteen of them",
      {
        calls: [
          call('request_party', {
            kind: 'pool_inflatable',
            date: '2026-12-05',
            children: 15,
            contact_name: 'Stuart Lyle',
            phone: digits('07700900321'),
          }),
        ],
        then: [
          phone,
          [/name/i, 'Stuart Lyle'],
          [/number of children|how many/i, 'fifteen'],
          [/number/i, 'oh seven seven double oh nine hundred three two one'],
          [/how old|age/i, "he'll be nine"],
          [/when|date|which day|what day/i, 'saturday the fifth of december'],
          [/what (?:kind|sort)|which/i, 'the pool inflatable'],
        ],
      },
    ],
  ),
];

const members: readonly UtteranceCase[] = [
  u('easy', memberships, ['how much is the family one a month', { answer: /68|sixty[- ]eight/i }]),
  u('ordinary', memberships, [
    "i've done my knee in so i want to put it on hold for january and february my number's six oh four one one eight",
    {
      calls: [
        call('freeze_membership', {
          membership_number: '604118',
          from_month: '2027-01',
          months: 2,
        }),
      ],
      via: ['look_up_member'],
      then: [
        [/number|card/i, 'six oh four one one eight'],
        [/how (?:many|long)|months/i, 'two months'],
        [/when|which month|from|start/i, 'from january'],
      ],
    },
  ]),
  u('ordinary', memberships, [
    "i get paid on the twentieth now so could you take it on the twenty second instead i'm six oh two nine five seven",
    {
      calls: [call('set_payment_day', { membership_number: '602957', day: 22 })],
      via: ['look_up_member'],
      then: [
        [/number|card/i, 'six oh two nine five seven'],
        [/day|when|date/i, 'the twenty second'],
      ],
    },
  ]),
  u('ordinary', memberships, [
    "my son's started at uni can you swap him onto the student one he's six one one three four oh",
    {
      calls: [call('change_plan', { membership_number: '611340', new_plan: 'student' })],
      via: ['look_up_member'],
      then: [
        [/number/i, 'six one one three four oh'],
        [/which|plan/i, 'the student one'],
        [/card/i, "yes he's got a student card"],
      ],
    },
  ]),
  u('ordinary', memberships, [
    "yeah i'd like to join please just the daytime one my name's Gareth Bowen",
    {
      calls: [
        call('start_membership', {
          plan: 'off_peak',
          full_name: 'Gareth Bowen',
          email: 'gareth.bowen@example.com',
          start_date: '2026-12-01',
        }),
      ],
      then: [
        [/e-?mail/i, 'gareth dot bowen at example dot com'],
        [/name/i, 'Gareth Bowen'],
        [/when|start|date|from|first day/i, 'from the first of december'],
        [/which|plan|off-peak/i, 'the off peak one'],
      ],
    },
  ]),
  u('hard', memberships, [
    "what day does mine come out it's six oh four double one eight sorry no that's my wife's mine's six oh two nine five seven",
    {
      calls: [call('look_up_member', { membership_number: '602957' })],
      then: [[/number|card/i, 'six oh two nine five seven']],
    },
  ]),
  u('hard', memberships, [
    "can you move us up from the standard to the family one and take it on the fifteenth not the first it's six oh four one one eight",
    {
      calls: [
        call('change_plan', { membership_number: '604118', new_plan: 'family' }),
        call('set_payment_day', { membership_number: '604118', day: 15 }),
      ],
      via: ['look_up_member'],
      then: [
        [/^(?:shall|should) i|like me to/i, 'yes please'],
        [/number|card/i, 'six oh four one one eight'],
        [/which plan|what plan/i, 'the family one'],
        [/day|date/i, 'the fifteenth'],
      ],
    },
  ]),
];

const booked: readonly UtteranceCase[] = [
  u('easy', bookings, [
    'have you got any yoga on thursday',
    { calls: [call('find_classes', { activity: 'yoga', date: '2026-11-26' })] },
  ]),
  u('easy', bookings, [
    'i need to cancel my class please the reference is c l three three oh eight',
    { calls: [call('cancel_booking', { reference: 'CL3308' })] },
  ]),
  u('ordinary', yoga, [
    'yeah stick me down for the tuesday evening',
    {
      calls: [
        call('book_class', {
          class_id: 'yog-tue-1815',
          name: 'Dawn Pritchard',
          membership_number: '604118',
        }),
      ],
      via: ['find_classes'],
      then: [
        [/member|number|card/i, "yes i'm a member it's six oh four one one eight"],
        [/name|who/i, 'Dawn Pritchard'],
      ],
    },
  ]),
  u('ordinary', courts, [
    "the twenty past seven one and we'll have to borrow a couple of rackets",
    {
      calls: [
        call('book_squash_court', {
          date: '2026-11-26',
          start_time: '19:20',
          name: 'Stuart Lyle',
          phone: digits('07700900321'),
          rackets: 2,
        }),
      ],
      via: ['find_courts'],
      then: [
        phone,
        [/name/i, 'Stuart Lyle'],
        [/racket/i, 'two'],
        [/number/i, 'oh seven seven double oh nine hundred three two one'],
      ],
    },
  ]),
  u('ordinary', bookings, [
    'what happens if i book on something and then i end up not coming',
    { answer: /£ ?5|5 (?:pounds?|quid)|five[ -](?:pounds?|quid)|fiver/i },
  ]),
  u('ordinary', bookings, [
    'and have i got to pay for the car park when we come',
    { calls: [call('transfer_to_front_of_house')] },
  ]),
  u('ordinary', bookings, [
    'could you book me in for a back massage on saturday',
    { via: ['transfer_to_front_of_house', 'find_classes'] },
  ]),
];

/** Leisure centre, held apart. */
export const leisureUtterances: readonly UtteranceCase[] = [...front, ...members, ...booked];
