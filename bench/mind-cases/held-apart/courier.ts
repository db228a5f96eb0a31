import { call, dialogue, digits, type CaseSet, type Reply } from '../case.ts';
import { courier } from './courier.desk.ts';
import { utterances } from './courier.utterances.ts';

/** Words in a question or a request, not in what the desk merely tells. */
const asked = (words: string): RegExp =>
  new RegExp(
    `(?:${words}).*\\?|\\b(?:tell|give|let|need|say|want)\\b.*(?:${words})|(?:${words}).*please\\.?$`,
    'i',
  );

const agrees: Reply = [
  /^(?:so,? )?(?:shall (?:i|we)|should i)\b|(?:right|correct|ok(?:ay)?)\?$|(?:would you like|do you want) me to/i,
  'yes please',
];
const who: readonly Reply[] = [
  [asked('post ?code'), 'r g two one four b q'],
  [asked('your (?:full |last |first )?name|who am i'), 'gail turner'],
  [
    asked('phone|mobile|contact number|reach you|ring you|call you'),
    'oh seven seven double oh nine hundred three three three',
  ],
];
const number = 'number|reference|tracking';
const help = 'help|do for you|about|matter|problem';
const wall =
  'your van has just backed into my garden wall and i want to talk to a real person about it';

/** The courier's line, never tuned on. */
export const courierHeldApart: CaseSet = {
  desk: courier,
  utterances,
  dialogues: [
    dialogue({
      name: 'waits for a parcel',
      level: 'easy',
      opening: "hello i'm waiting on a parcel and it still hasn't come",
      facts: [
        agrees,
        ...who,
        [asked(number), "it's f w two oh four one one seven three"],
        [asked('sender|sent|from who|who.*from'), "it's from a shoe shop"],
        [asked('when|expect|since|due'), 'it was meant to be here on friday'],
        [asked(help), 'i want to know where my parcel is'],
      ],
      final: {
        reads: [call('track_parcel', { tracking_number: 'FW2041173' })],
        said: [/\b24|twenty[- ]?fourth|tuesday|tomorrow/i],
      },
    }),
    dialogue({
      name: 'was out when the driver came',
      opening: "hiya you've left a card saying you came with something and i was at work",
      facts: [
        [
          /\bor\b.*(?:again|redeliver|another|rearrange|collect|pick)|(?:again|redeliver|another|rearrange|bring|collect|pick).*\bor\b/i,
          "i'd like it brought again on friday",
        ],
        agrees,
        ...who,
        [asked('\\bday\\b|date|when'), 'friday would be good'],
        [asked(number), 'the card says f w double seven three oh two five eight'],
        [asked('again|redeliver|another|rearrange|to do'), 'yes on friday please'],
        [asked(help), 'i want it brought again'],
      ],
      more: ['so can you bring it round again'],
      final: {
        writes: [call('rearrange_delivery', { tracking_number: 'FW7730258', date: '2026-11-27' })],
      },
    }),
    dialogue({
      name: 'has parcels collected, and asks what it costs',
      opening: 'hi could you send somebody to fetch some parcels from me this week',
      facts: [
        agrees,
        [asked('label|print'), "i've already got them on"],
        [asked('how many'), 'three of them'],
        [
          asked('\\b(?:day|date|when)\\b.*\\b(?:time|ready)\\b|\\btime\\b.*\\b(?:day|date)\\b'),
          "on thursday and they'll be ready from ten in the morning",
        ],
        ...who,
        [asked("time|ready|earliest|o'clock|hour"), 'from ten in the morning'],
        [
          asked('address|where|street|house|(?:up|collect|collected|them|fetch) from'),
          'number twelve orchard road',
        ],
        [asked('\\bday\\b|date|when'), 'thursday please'],
        [asked('weigh|heavy|kilo|size|big'), 'about five kilos each'],
        [asked('number of|count'), 'three of them'],
        [asked('number'), 'oh seven seven double oh nine hundred three three three'],
      ],
      more: ['and how much do i owe you for that'],
      maxTurns: 14,
      final: {
        writes: [
          call('book_collection', {
            date: '2026-11-26',
            ready_from: '10:00',
            parcel_count: 3,
            address: /(?:12|twelve) orchard road/i,
            phone: digits('07700900333'),
          }),
        ],
        said: [/3\.50|three (?:pounds?)?(?: and)? ?fifty/i],
      },
    }),
    dialogue({
      name: 'claims for a broken lamp',
      opening:
        "hello you delivered a lamp to me on friday and it's broken so i want something back for it",
      facts: [
        agrees,
        [asked('e-?mail'), "it's gail dot turner at mailbox dot example"],
        [
          asked('worth|value|cost|paid|pay for|pounds|how much|price'),
          'i paid a hundred and twenty pounds',
        ],
        [
          asked(
            'what (?:was|is|were)(?: it)? (?:in\\b|inside)|contents|contain|describe|which item',
          ),
          'a table lamp',
        ],
        ...who,
        [asked(number), 'f w six six one eight oh four oh'],
        [
          asked('happened|wrong|damaged|broken|lost|missing|kind|matter'),
          'it was broken when i opened it',
        ],
        [asked('packag|box|photo'), "yes i've kept it all"],
        [asked('when|day|date'), 'it came on friday'],
        [asked(help), 'i want to claim for a broken lamp'],
      ],
      maxTurns: 14,
      final: {
        writes: [
          call('open_claim', {
            tracking_number: 'FW6618040',
            kind: 'damaged',
            contents: /lamp/i,
            value: 120,
            email: 'gail.turner@mailbox.example',
          }),
        ],
      },
    }),
    dialogue({
      name: 'asks after a claim, then after another parcel',
      opening: "hi there i've got a claim in with you and i've not heard a thing",
      facts: [
        agrees,
        ...who,
        [asked('claim(?:s|ing)? (?:number|reference)|which claim'), "it's c l four oh nine two"],
        [asked('tracking|parcel'), 'f w two oh four one one seven three'],
        [asked('number|reference|claim'), "it's c l four oh nine two"],
        [asked(help), 'i want to know how my claim is getting on'],
      ],
      more: ["and there's another parcel on its way to me where's that got to"],
      maxTurns: 14,
      final: {
        reads: [
          call('claim_status', { claim_number: 'CL4092' }),
          call('track_parcel', { tracking_number: 'FW2041173' }),
        ],
        said: [/\b64\b|sixty[- ]?four/i, /\b24|twenty[- ]?fourth|tuesday|tomorrow|swindon/i],
      },
    }),
    dialogue({
      name: 'moves a collection and has second thoughts about the day',
      level: 'hard',
      opening:
        "you're meant to be coming to us for some boxes on thursday and that's no good any more",
      facts: [
        agrees,
        [asked('cancel'), "no i don't want it cancelled i want another day"],
        ...who,
        [asked('reference|number'), 'p u three one eight oh'],
        [asked("time|ready|o'clock|hour"), 'same time as it was'],
        [
          asked('\\bday\\b|date|when|instead|move|change|rearrange|suit'),
          'friday no sorry make it the monday after that',
        ],
        [asked(`like us to|want us to|to do|${help}`), 'could you come another day'],
      ],
      more: ['and could he take some old bike batteries along as well they are just loose'],
      maxTurns: 14,
      final: {
        writes: [call('change_collection', { reference: 'PU3180', new_date: '2026-11-30' })],
        said: [
          /(?:n't|\bnot|cannot|unable|afraid|prohibited|forbidden|\bno)\b.*\bbatter|batter.*(?:n't|\bnot|cannot|prohibited|forbidden)\b|(?:n't|\bnot|cannot|unable to)\b.*\b(?:take|carry|accept)\b/i,
        ],
      },
    }),
    dialogue({
      name: 'wants a person, the wall is down',
      level: 'hard',
      opening: 'am i talking to a machine here',
      facts: [
        [/put you through|connect|transfer|speak (?:to|with)|shall i/i, 'yes do that'],
        [/./, wall],
      ],
      more: [wall],
      maxTurns: 6,
      final: { over: 'person' },
    }),
  ],
};
