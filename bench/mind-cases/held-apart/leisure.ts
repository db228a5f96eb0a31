import { call, dialogue, digits, type CaseSet, type Reply } from '../case.ts';
import { leisure } from './leisure.desk.ts';
import { leisureUtterances } from './leisure.utterances.ts';

/** Asked for, in a question or a request; what merely mentions it afterwards is no question. */
const asks = (words: string): RegExp =>
  new RegExp(
    `(?:${words}).*\\?|^(?:please|and|now|then|so|first|i(?:'ll| will)? (?:just |also )*need|tell|give|let me|could|can|may|what|which|when|where|who|how)\\b.*(?:${words})`,
    'i',
  );
const agrees: Reply = [
  /^(?:so,? )?(?:shall|should) (?:i|we)|(?:want|like) me to (?!.*\bor\b)|(?:do|would) you (?:want|like) to (?:cancel|end|go ahead)|are you sure|is (?:that|this|all that|everything) (?:right|correct|ok(?:ay)?|all right)/i,
  'yes please',
];
const mobile = 'oh seven seven double oh nine hundred three two one';
const phone: Reply = [
  asks('phone|mobile|contact|reach|text you|ring you|call you|best number'),
  mobile,
];

/** The leisure centre, held apart as a whole. */
export const leisureHeldApart: CaseSet = {
  desk: leisure,
  utterances: leisureUtterances,
  dialogues: [
    dialogue({
      name: 'gives a court back',
      level: 'easy',
      opening: "hi i've got a squash court booked on wednesday and i need to cancel it",
      facts: [
        agrees,
        [asks('reference|code|CL or SQ'), 's q two oh seven one'],
        [asks('name'), 'Stuart Lyle'],
        [asks('number|booking'), "it's s q two oh seven one"],
        [asks('day|when|time|date'), 'wednesday at six'],
        [asks('class|squash|which'), 'the squash court'],
        [asks('sure|happy'), 'yes'],
      ],
      final: { writes: [call('cancel_booking', { reference: 'SQ2071' })] },
    }),
    dialogue({
      name: 'asks what it costs, then joins',
      opening: "hiya i'm thinking of joining what's it cost a month",
      facts: [
        agrees,
        [asks('e-?mail'), 'nia dot hughes at example dot com'],
        [asks('name'), 'Nia Hughes'],
        phone,
        [asks('birth|how old|your age'), "i'm thirty four"],
        [
          asks(
            'start|begin|from when|(?:what|which) da(?:te|y)|first day|join (?:from|on)|when .*join',
          ),
          'from the first of december',
        ],
        [asks('already|existing|been a member|new member|membership number'), "no i'm new"],
        [
          asks('which|plan|membership|would you like|interested|go for|join|standard'),
          'i think the standard one please',
        ],
        [asks('payment day|direct debit|pay'), "that's fine"],
        [asks('day ?time|peak|evening|weekend|how often|when|use'), "it'd be evenings after work"],
        [asks('number'), mobile],
      ],
      more: ['i think the standard one please'],
      maxTurns: 14,
      final: {
        writes: [
          call('start_membership', {
            plan: 'standard',
            full_name: 'Nia Hughes',
            email: 'nia.hughes@example.com',
            start_date: '2026-12-01',
          }),
        ],
        said: [/36|thirty[- ]six/i],
      },
    }),
    dialogue({
      name: 'has left something behind',
      opening: 'hello i think i left my watch with you on saturday',
      facts: [
        agrees,
        phone,
        [asks('name'), 'Ffion Rees'],
        [
          asks(
            'where(?!.*reach)|whereabouts|place|which (?:part|area|changing)|what (?:part|area)|seen',
          ),
          'in the changing rooms at the gym',
        ],
        [asks('when|which day|what day|date'), 'on saturday just gone'],
        [
          asks('what|describe|look|colou?r|make|brand|item|watch|details'),
          "it's a silver watch it's a casio",
        ],
        [asks('number'), mobile],
      ],
      more: ['how long do you hang on to things'],
      final: {
        writes: [
          call('report_lost_property', {
            item: /watch/i,
            place: 'gym_changing_room',
            lost_on: '2026-11-21',
            phone: digits('07700900321'),
          }),
        ],
        said: [/four weeks|4 weeks|28 days|twenty[- ]eight days|a month/i],
      },
    }),
    dialogue({
      name: 'finds a class and books it',
      opening: 'is there any pilates on this week',
      facts: [
        [/wednesday|12:15|quarter past twelve/i, 'could you put me down for the friday one please'],
        agrees,
        [asks("name|who is (?:it|this) for|who(?:'s| is) coming"), 'Dawn Pritchard'],
        [asks('member|number|card'), "yes i'm a member i'm six oh four one one eight"],
        [
          asks('which|book|suit|would you like|do you want|prefer|interested|friday|when|day'),
          'could you put me down for the friday one please',
        ],
      ],
      more: ['could you put me down for the friday one please'],
      final: {
        writes: [
          call('book_class', {
            class_id: 'pil-fri-1730',
            name: 'Dawn Pritchard',
            membership_number: '604118',
          }),
        ],
        reads: [call('find_classes', { activity: 'pilates' })],
      },
    }),
    dialogue({
      name: 'books a court with a racket',
      opening: "hi can we get a squash court for saturday and we'll need to borrow one racket",
      facts: [
        [
          /10:40|15:20|3:20|twenty to eleven|twenty past three/i,
          "twelve o'clock if you've got that",
        ],
        agrees,
        phone,
        [asks('name'), 'Stuart Lyle'],
        [asks('(?:which|what) (?:day|date)|which saturday'), 'this saturday'],
        [asks('racket'), 'just the one racket'],
        [asks('how many (?:people|players|of you)'), "there's two of us"],
        [asks('member'), "no we're not members"],
        [
          asks("time|when|which|suit|would you like|prefer|o'clock|book"),
          "twelve o'clock if you've got that",
        ],
        [asks('number'), mobile],
        [asks('balls?|shoes'), "no we've got our own"],
      ],
      more: ['and how much is it for the court'],
      maxTurns: 14,
      final: {
        writes: [
          call('book_squash_court', {
            date: '2026-11-28',
            start_time: '12:00',
            name: 'Stuart Lyle',
            phone: digits('07700900321'),
            rackets: 1,
          }),
        ],
        reads: [call('find_courts', { date: '2026-11-28' })],
        said: [
          /11[.: ]?40|eleven (?:pounds )?(?:and )?forty|13[.: ]?90|thirteen (?:pounds )?(?:and )?ninety/i,
        ],
      },
    }),
    dialogue({
      name: 'leaves, and comes off a class as well',
      level: 'hard',
      opening: 'i want to stop my membership i just never get down there any more',
      facts: [
        [asks('freez|pause|on hold'), 'just cancel it please'],
        agrees,
        [asks('reference|code|booking|CL or SQ|class'), 'c l three four one two'],
        [asks('why|reason'), "i'm not using it"],
        [
          asks('number|card|membership'),
          'six oh four one one nine sorry i mean six oh four one one eight',
        ],
        [asks('name'), 'Dawn Pritchard'],
        [asks('sure|happy'), 'yes'],
      ],
      more: ["and i'm down for spin on saturday so can you take me off that as well"],
      maxTurns: 14,
      final: {
        writes: [
          call('cancel_membership', { membership_number: '604118', reason: 'not_using_it' }),
          call('cancel_booking', { reference: 'CL3412' }),
        ],
      },
    }),
    dialogue({
      name: 'has had enough of cold showers',
      level: 'hard',
      opening:
        "i've told your staff twice now the showers are freezing and it's still not fixed it's a disgrace",
      facts: [
        [/put you through|connect you|transfer you|duty manager|speak to/i, 'yes please'],
        [/name/i, 'Colin Baxter'],
        [/./, 'the showers have been cold all week and i want it sorted out'],
      ],
      maxTurns: 5,
      final: { over: 'person' },
    }),
  ],
};
