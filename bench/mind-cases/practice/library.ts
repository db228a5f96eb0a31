import { call, dialogue, utterance as u, type CaseSet } from '../case.ts';
import type { Reply, Step } from '../case.ts';
import { library } from './library.desk.ts';

const card: Reply = [/card|number/i, 'two double oh four one seven'];
const found: readonly Step[] = [
  { caller: 'have you got wolf hall' },
  { call: 'searchCatalogue', args: { title: 'wolf hall' } },
  { agent: 'There is a book and an audio book. Which one would you like?' },
];
const events: readonly Step[] = [
  { caller: "what's on this week" },
  { call: 'listEvents', args: {} },
  { agent: 'There is story time, creative writing and coding club. Which one would you like?' },
];

/** The library. */
export const libraryPractice: CaseSet = {
  desk: library,
  utterances: [
    u(
      'easy',
      [],
      [
        "i'd like to renew my books my card number is two double oh four one seven",
        { calls: [call('renewLoans', { cardNumber: '200417' })] },
      ],
    ),
    u('easy', [], ['when is the central library open', { answer: /9 to 8|9 AM to 8|nine/i }]),
    u('easy', [], ['what events do you have coming up', { calls: [call('listEvents')] }]),
    u(
      'ordinary',
      [],
      [
        'do you have a copy of klara and the sun',
        { calls: [call('searchCatalogue', { title: /klara and the sun/i })] },
      ],
    ),
    u(
      'ordinary',
      [],
      [
        "i'm looking for wolf hall as an audio book",
        { calls: [call('searchCatalogue', { title: /wolf hall/i, format: 'AUDIO_BOOK' })] },
      ],
    ),
    u(
      'ordinary',
      [],
      [
        'could you put klara and the sun by for me',
        {
          calls: [call('searchCatalogue', { title: /klara and the sun/i })],
          via: ['reserveItem'],
          then: [card],
        },
      ],
    ),
    u(
      'ordinary',
      [],
      [
        "how much do i owe you lot it's card two zero zero four one seven",
        { calls: [call('getAccount', { cardNumber: '200417' })] },
      ],
    ),
    u(
      'ordinary',
      [],
      [
        'when do my books have to be back',
        { calls: [call('getAccount', { cardNumber: '200417' })], then: [card] },
      ],
    ),
    u(
      'ordinary',
      [],
      ['how much is it if i bring something back late', { answer: /20 cents|twenty/i }],
    ),
    u('ordinary', [], ['what does it cost to join', { answer: /free/i }]),
    u('ordinary', [], ['how long can i keep a book', { answer: /three weeks/i }]),
    u(
      'ordinary',
      [],
      ['can i print something there and what is it a page', { answer: /10 cents|ten cents/i }],
    ),
    u(
      'ordinary',
      [],
      [
        "i've got boxes of old books to give away would you take them",
        {
          answer: /monday/i,
        },
      ],
    ),
    u('ordinary', [], ['is harbour open on mondays', { answer: /tuesday to saturday/i }]),
    u(
      'ordinary',
      [],
      [
        "i've lost my library card the name's Nora Byrne born on the second of april nineteen ninety one",
        {
          calls: [call('reportLostCard', { fullName: 'Nora Byrne', dateOfBirth: '1991-04-02' })],
        },
      ],
    ),
    u(
      'ordinary',
      [],
      [
        'i need a study room at north park on thursday at two for four people',
        {
          calls: [
            call('bookStudyRoom', {
              branch: 'NORTH_PARK',
              date: '2026-11-26',
              startTime: /^14:00/,
              people: 4,
              needsScreen: true,
            }),
          ],
          then: [[/screen/i, 'yes please']],
        },
      ],
    ),
    u(
      'ordinary',
      [],
      [
        'can i have a room with a screen at harbour tomorrow from eleven there are three of us',
        {
          calls: [
            call('bookStudyRoom', {
              branch: 'HARBOUR',
              date: '2026-11-24',
              startTime: /^11:00/,
              people: 3,
              needsScreen: true,
            }),
          ],
          then: [[/screen/i, 'yes']],
        },
      ],
    ),
    u(
      'ordinary',
      [],
      ['i want to speak to a real person about this fine', { calls: [call('connectToLibrarian')] }],
    ),
    u('ordinary', found, [
      'the audio book',
      {
        calls: [call('reserveItem', { itemId: 'it_78', cardNumber: '200417' })],
        then: [card],
      },
    ]),
    u('ordinary', events, [
      "two places at the creative writing thing please it's Nora Byrne",
      {
        calls: [
          call('signUpForEvent', { eventId: 'ev_2', participantName: 'Nora Byrne', places: 2 }),
        ],
        then: [[/name/i, 'Nora Byrne']],
      },
    ]),
    u('ordinary', events, [
      "i'd like to sign my son Tom up for the coding one",
      {
        calls: [call('signUpForEvent', { eventId: 'ev_3', participantName: /^Tom/ })],
        then: [
          [/how many|places/i, 'just one'],
          [/name/i, 'Tom'],
        ],
      },
    ]),
    u(
      'hard',
      [],
      [
        "i can't find my card anywhere i think it was in the bag that got stolen",
        {
          calls: [call('reportLostCard', { fullName: 'Nora Byrne', dateOfBirth: '1991-04-02' })],
          then: [
            [/name/i, 'Nora Byrne'],
            [/birth|born/i, 'second of april nineteen ninety one'],
          ],
        },
      ],
    ),
    u(
      'hard',
      [],
      [
        "they're due tomorrow and i haven't finished them can i hang on to them a bit longer",
        {
          calls: [call('renewLoans', { cardNumber: '200417' })],
          then: [card],
        },
      ],
    ),
    u('hard', [], ['do you sell coffee', {}]),
    u(
      'easy',
      [
        { caller: 'what does printing cost' },
        { agent: 'Printing is 10 cents a page. Is there anything else?' },
      ],
      ["no that's everything thanks", { calls: [call('end_call')] }],
    ),
  ],
  dialogues: [
    dialogue({
      name: 'reserves a book',
      opening: 'hiya have you got wolf hall in at all',
      facts: [
        [/which|or/i, 'just the normal book'],
        [/branch|pick/i, 'harbour'],
        [/card|number/i, 'two zero zero four one seven'],
      ],
      more: ['can you keep it for me please'],
      final: {
        reads: [call('searchCatalogue', { title: /wolf hall/i })],
        writes: [call('reserveItem', { itemId: 'it_77', cardNumber: '200417' })],
      },
    }),
    dialogue({
      name: 'goes to an event',
      opening: 'what have you got on for kids this week',
      facts: [
        [/which|interested/i, 'the story time sounds good'],
        [/how many|places|people/i, 'three of us'],
        [/name/i, 'Nora Byrne'],
      ],
      more: ["then i'd like to sign up for story time"],
      final: {
        reads: [call('listEvents')],
        writes: [
          call('signUpForEvent', { eventId: 'ev_1', places: 3, participantName: 'Nora Byrne' }),
        ],
      },
    }),
    dialogue({
      name: 'renews, and asks about fines',
      level: 'easy',
      opening: 'i want to extend my loans',
      facts: [[/card|number/i, 'two double oh four one seven']],
      more: ['and what would the fine be if i was late'],
      final: {
        writes: [call('renewLoans', { cardNumber: '200417' })],
        said: [/20 cents|twenty/i],
      },
    }),
    dialogue({
      name: 'books a room',
      opening: "good morning we're a study group and we need somewhere to work",
      facts: [
        [/branch|where|which library|central/i, 'the central one'],
        [/what time|start/i, 'at three in the afternoon'],
        [/day|when|date/i, 'on friday'],
        [/how many|people/i, "there's five of us"],
        [/screen/i, 'no'],
      ],
      maxTurns: 14,
      final: {
        writes: [
          call('bookStudyRoom', {
            branch: 'CENTRAL',
            date: '2026-11-27',
            startTime: /^15:00/,
            people: 5,
            needsScreen: false,
          }),
        ],
      },
    }),
  ],
};
