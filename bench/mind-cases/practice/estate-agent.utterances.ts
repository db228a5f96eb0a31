import {
  call,
  digits,
  handedTo,
  utterance as u,
  type Reply,
  type Step,
  type UtteranceCase,
} from '../case.ts';

const toSales: readonly Step[] = [
  ...handedTo('sales', ["i'm looking for a house", "I'll put you through to sales."]),
  { agent: 'How can I help you with that?' },
];
const found: readonly Step[] = [
  ...toSales,
  { caller: 'three bedrooms up to three hundred and seventy thousand' },
  { call: 'search_homes', args: { bedrooms: 3, max_price: 370000 } },
  {
    agent:
      'There is 19 Beacon Road for 340,000 pounds and 11 Cable Wharf for 365,000 pounds. Would you like to see one of them?',
  },
];
const toLettings: readonly Step[] = [
  ...handedTo('lettings', ['i rent a flat from you', "I'll put you through to lettings."]),
  { agent: 'What can I do for you?' },
];

const sales = call('transfer_to_sales');
const lettings = call('transfer_to_lettings');
const me: readonly Reply[] = [
  [/name/i, 'oliver grant'],
  [/phone|number|reach/i, 'oh seven seven double oh nine hundred two two two'],
];
const grant = { name: 'Oliver Grant', phone: digits('07700900222') };

/** Said to the estate agent. */
export const utterances: readonly UtteranceCase[] = [
  u('easy', [], ["i'd like to sell my house", { calls: [sales] }]),
  u('easy', [], ['i want to rent a flat', { calls: [lettings] }]),
  u('easy', [], ['where is your office', { answer: /market square/i }]),
  u(
    'ordinary',
    [],
    [
      "um yes hello we rent the place on salter lane and the boiler's packed up again",
      { calls: [lettings], via: ['report_repair'] },
    ],
  ),
  u(
    'ordinary',
    [],
    [
      "i saw a house on your website on beacon road and i'd love to have a look round",
      { calls: [sales] },
    ],
  ),
  u(
    'ordinary',
    [],
    ['what do you charge if you sell my place for me', { answer: /1\.2|one point two/i }],
  ),
  u(
    'ordinary',
    [],
    [
      "look i don't want to talk to a computer get me somebody real",
      { calls: [call('transfer_to_branch_manager')] },
    ],
  ),
  u('hard', [], ["hiya it's me again about the thing", {}]),
  u('ordinary', [], ['can you give me a mortgage', {}]),
  u(
    'hard',
    [],
    [
      "my mum's gone into a home and we don't really know what her bungalow would be worth these days",
      { calls: [sales], via: ['book_valuation'] },
    ],
  ),
  u(
    'ordinary',
    [],
    ['is anybody in on a saturday afternoon', { answer: /5[.:]30|half past five|saturday/i }],
  ),

  u('ordinary', toSales, [
    "we need at least three bedrooms and we can't go over three hundred and fifty thousand",
    { calls: [call('search_homes', { bedrooms: 3, max_price: 350000 })] },
  ]),
  u('ordinary', toSales, [
    'something down by the harbour with two bedrooms for about three hundred grand at the most',
    { calls: [call('search_homes', { bedrooms: 2, max_price: 300000, area: 'harbour' })] },
  ]),
  u('ordinary', found, [
    'the cheaper one please could i see it on saturday at eleven',
    {
      calls: [
        call('book_viewing', { home_id: 'H102', date: '2026-11-28', time: '11:00', ...grant }),
      ],
      then: me,
    },
  ]),
  u('hard', found, [
    "cable wharf sounds nice i could do thursday half past four my name's oliver grant",
    {
      calls: [
        call('book_viewing', { home_id: 'H105', date: '2026-11-26', time: '16:30', ...grant }),
      ],
      then: me.slice(1),
    },
  ]),
  u('ordinary', found, [
    "we've seen beacon road already and we'd like to offer three hundred and twenty five thousand",
    {
      calls: [call('make_offer', { home_id: 'H102', amount: 325000, name: 'Oliver Grant' })],
      then: me,
    },
  ]),
  u('ordinary', toSales, [
    'could somebody come and tell us what our flat is worth on wednesday morning',
    {
      calls: [
        call('book_valuation', {
          ...{
            kind: 'flat',
            date: '2026-11-25',
            part_of_day: 'morning',
            postcode: /^TR12 ?6QB$/,
            ...grant,
          },
        }),
      ],
      then: [[/post ?code/i, 't r one two six q b'], ...me],
    },
  ]),
  u('ordinary', found, [
    'and what about four bedrooms if we went up to half a million',
    {
      calls: [call('search_homes', { bedrooms: 4, max_price: 500000 })],
    },
  ]),
  u('ordinary', toSales, [
    'how long does one of those valuations take',
    { answer: /half an hour/i },
  ]),
  u('easy', toSales, ["actually we're looking for something to rent", { calls: [lettings] }]),

  u('easy', toLettings, [
    'i reported a repair and the number is r p four oh two three three',
    { calls: [call('repair_status', { repair: 'RP-40233' })] },
  ]),
  u('ordinary', toLettings, [
    "the heating's stopped working at fifteen salter lane and it's freezing in here",
    {
      calls: [
        call('report_repair', {
          kind: 'heating',
          address: /(?:fifteen|15) salter lane/i,
          phone: digits('07700900222'),
        }),
      ],
      then: [[/problem|wrong/i, "the heating's stopped working"], ...me],
    },
  ]),
  u('hard', toLettings, [
    "it's thirty mill street flat two there's water coming through the kitchen ceiling you can get me on oh one three two six four nine six double oh one",
    {
      calls: [
        call('report_repair', {
          kind: 'water',
          address: /mill street/i,
          phone: digits('01326496001'),
        }),
      ],
      then: [[/problem|wrong/i, "there's water coming through the kitchen ceiling"]],
    },
  ]),
  u('ordinary', toLettings, [
    'have you got anything with two bedrooms under a thousand a month',
    {
      calls: [call('search_rentals', { bedrooms: 2, max_rent: 1000 })],
    },
  ]),
  u('ordinary', toLettings, ['when do i have to pay the rent by', { answer: /first/i }]),
  u('hard', toLettings, [
    'i think i can smell gas in the hallway',
    { answer: /0800|gas emergency/i },
  ]),
  u(
    'easy',
    [
      { caller: 'where can i pick up the keys' },
      {
        agent: 'Keys are picked up at the office, with proof of identity. Is there anything else?',
      },
    ],
    ["no that's great thanks bye", { calls: [call('end_call')] }],
  ),
];
