import { call, digits, handedTo, utterance as u, type Reply, type UtteranceCase } from '../case.ts';
import type { Step } from '../case.ts';

const agrees: Reply = [/^(?:so,? )?(?:shall (?:i|we)|should i)\b|(?:right|correct)\?$/i, 'yes'];
const sender: readonly Reply[] = [
  agrees,
  [/label|print/i, 'no i have them here'],
  [
    /phone|telephone|mobile|contact|reach|ring you|call you/i,
    'oh seven seven double oh nine hundred two two two',
  ],
  [/address|where|street|house/i, 'twelve orchard road'],
  [/number/i, 'oh seven seven double oh nine hundred two two two'],
];

const tracking: readonly Step[] = [
  ...handedTo('tracking', ["it's about a delivery", 'One moment, I will put you through.']),
  { agent: 'Could you give me the tracking number please?' },
];
const tracked = (number: string, spoken: string, answer: string): readonly Step[] => [
  ...tracking,
  { caller: spoken },
  { call: 'track_parcel', args: { tracking_number: number } },
  { agent: answer },
];
const missed = tracked(
  'FW7730258',
  "it's f w double seven three oh two five eight",
  'The driver tried to deliver it but nobody was in. It is at the Basingstoke depot now. Would you like us to deliver it again?',
);
const onTheVan = tracked(
  'FW5501296',
  'f w five five oh one two nine six',
  'It is out for delivery today. Is there anything I can do about it?',
);
const delivered = tracked(
  'FW6618040',
  'yeah f w six six one eight oh four oh',
  'It was delivered on Friday, November 20, and Marsh received it.',
);
const collections: readonly Step[] = [
  ...handedTo('collections', ["it's about a pick up", 'I will put you through to collections.']),
  { agent: 'What can I do for you?' },
];
const claims: readonly Step[] = [
  ...handedTo('claims', ['i need to make a claim', 'I will put you through to claims.']),
  { agent: 'I am sorry to hear that. What has happened?' },
];

const again = (date: string) => call('rearrange_delivery', { tracking_number: 'FW7730258', date });

/** The courier's line, never tuned on. */
export const utterances: readonly UtteranceCase[] = [
  // Reception.
  u(
    'easy',
    [],
    ["hi i'm just wondering where my parcel's got to", { calls: [call('transfer_to_tracking')] }],
  ),
  u(
    'easy',
    [],
    [
      "i'd like to get something picked up tomorrow if i can",
      { calls: [call('transfer_to_collections')] },
    ],
  ),
  u(
    'easy',
    [],
    [
      "what time's your counter in mill road open till on a saturday",
      { answer: /noon|mid-?day|\b12\b|twelve/i },
    ],
  ),
  u(
    'ordinary',
    [],
    [
      "yeah hello you've brought me a box and the thing inside's smashed to bits",
      { calls: [call('transfer_to_claims')] },
    ],
  ),
  u(
    'ordinary',
    [],
    [
      "what'd you charge me for two and a half kilos up to glasgow it's got to be there tomorrow",
      {
        calls: [call('quote_price', { weight_kg: 2.5, destination: 'uk', service: 'next_day' })],
        then: [
          agrees,
          [/weigh|heavy|kilo/i, 'two and a half kilos'],
          [/where|destination|country/i, 'glasgow in scotland'],
          [/service|next day|fast|quick|standard/i, 'next day'],
        ],
      },
    ],
  ),
  u(
    'ordinary',
    [],
    [
      'is there anywhere round newbury i can drop one off',
      { calls: [call('find_parcel_shop', { town: 'Newbury' })] },
    ],
  ),
  u(
    'ordinary',
    [],
    [
      'can i send my brother a bottle of whisky with you',
      {
        answer:
          /alcohol|(?:n't|\bnot|cannot|unable|afraid)\b.*\b(?:whisky|bottles?|spirits|carry|accept|take|send|ship)\b|(?:whisky|bottles?|spirits)\b.*(?:n't|\bnot)\b/i,
      },
    ],
  ),
  u(
    'ordinary',
    [],
    [
      'one of your lads just chucked it over the gate and swore at me i want a word with somebody about him',
      { calls: [call('transfer_to_depot')] },
    ],
  ),
  u(
    'ordinary',
    [],
    [
      "morning any news on my claim it's c l four oh nine two",
      { calls: [call('transfer_to_claims'), call('claim_status', { claim_number: 'CL4092' })] },
    ],
  ),
  u('ordinary', [], ['do you do passport photos as well', {}]),
  u(
    'hard',
    [],
    [
      "there's one of your cards on the mat could he come back with it thursday",
      {
        calls: [call('transfer_to_tracking')],
        then: [agrees, [/./, 'i want it brought again on thursday']],
      },
    ],
  ),
  u(
    'hard',
    [],
    [
      "it's three weeks since they posted it and it's still not here i want my money back",
      { calls: [call('transfer_to_claims')] },
    ],
  ),
  u('hard', [], ["it's about the one with the blue tape on", { via: ['transfer_to_tracking'] }]),
  u(
    'easy',
    [
      { caller: 'do you come on sundays' },
      { agent: 'No, we deliver Monday to Saturday. Is there anything else I can do for you?' },
    ],
    ["no that's lovely thanks very much bye bye", { calls: [call('end_call')] }],
  ),

  // Tracking.
  u('easy', tracking, [
    'yes f w two oh four one one seven three',
    { calls: [call('track_parcel', { tracking_number: 'FW2041173' })] },
  ]),
  u('ordinary', tracking, [
    "it's f w double five oh one two nine six and i'm off out so could you leave it with next door",
    {
      calls: [call('leave_in_safe_place', { tracking_number: 'FW5501296', place: 'neighbour' })],
      via: ['track_parcel'],
      then: [agrees, [/./, 'just leave it next door with the neighbours please']],
    },
  ]),
  u('ordinary', missed, [
    "yes please friday'd suit me best",
    { calls: [again('2026-11-27')], then: [agrees] },
  ]),
  u('ordinary', missed, [
    "tomorrow no hang on i'm at my mum's tomorrow make that saturday",
    { calls: [again('2026-11-28')], then: [agrees] },
  ]),
  u('ordinary', delivered, [
    "that's news to me can you e-mail me the proof then it's jo dot marsh at mailbox dot example",
    {
      calls: [
        call('send_proof_of_delivery', {
          tracking_number: 'FW6618040',
          email: 'jo.marsh@mailbox.example',
        }),
      ],
      then: [agrees],
    },
  ]),
  u('ordinary', onTheVan, [
    'could you get him to take it to my work instead',
    { answer: /sender|(?:n't|\bnot|cannot|unable)\b.*(?:chang|send|deliver|redirect|address)/i },
  ]),
  u('hard', onTheVan, [
    "well i'm out till five can he pop it in the shed and roughly what time will he be round",
    {
      calls: [call('leave_in_safe_place', { tracking_number: 'FW5501296', place: 'shed' })],
      via: ['track_parcel'],
      then: [agrees, [/where|place|leave/i, 'in the shed']],
    },
  ]),

  // Collections.
  u('ordinary', collections, [
    "i've four boxes to go on wednesday they'll be ready from half two and i've no printer so he'll have to bring the labels",
    {
      calls: [
        call('book_collection', {
          date: '2026-11-25',
          ready_from: '14:30',
          parcel_count: 4,
          address: /(?:12|twelve) orchard road/i,
          phone: digits('07700900222'),
          bring_labels: true,
        }),
      ],
      then: sender.filter(([asked]) => !asked.test('label')),
    },
  ]),
  u('ordinary', collections, [
    "you're down for thursday with us but could you come the monday after instead it's p u three one eight oh",
    {
      calls: [call('change_collection', { reference: 'PU3180', new_date: '2026-11-30' })],
      then: [agrees, [/time|ready/i, 'same time as before']],
    },
  ]),
  u('easy', collections, [
    'i need to cancel my collection the reference is p u three one eight oh',
    { calls: [call('cancel_collection', { reference: 'PU3180' })] },
  ]),
  u('ordinary', collections, [
    "do i have to pay if i call it off once he's already set out",
    { answer: /£ ?5\b|\b(?:5|five)(?:\.00)? (?:pounds?|quid)|fiver/i },
  ]),
  u('hard', collections, [
    'scrap p u three one eight oh will you and get somebody round friday from nine in the morning for two parcels instead',
    {
      calls: [
        call('cancel_collection', { reference: 'PU3180' }),
        call('book_collection', {
          date: '2026-11-27',
          ready_from: '09:00',
          parcel_count: 2,
          phone: digits('07700900222'),
        }),
      ],
      then: sender,
    },
  ]),

  // Claims.
  u('ordinary', claims, [
    "the lamp i ordered turned up in pieces it's f w six six one eight oh four oh and it was eighty five quid",
    {
      calls: [
        call('open_claim', {
          tracking_number: 'FW6618040',
          kind: 'damaged',
          contents: /lamp/i,
          value: 85,
          email: 'jo.marsh@mailbox.example',
        }),
      ],
      then: [
        agrees,
        [/e-?mail/i, 'jo dot marsh at mailbox dot example'],
        [/worth|value|cost|how much|pounds/i, 'eighty five pounds'],
        [/contents|what was|inside|contain/i, 'a lamp'],
        [/happened|wrong|damaged|broken/i, 'it was broken when it came'],
      ],
    },
  ]),
  u('ordinary', claims, [
    'how long does it generally take you to pay up',
    { answer: /\b(?:7|seven|3|three|10|ten) (?:working |business )?days/i },
  ]),
];
