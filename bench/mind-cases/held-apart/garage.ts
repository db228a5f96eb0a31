import { call, dialogue, digits, utterance as u, type CaseSet, type Reply } from '../case.ts';
import * as at from '../desks/garage-states.ts';
import { garage } from '../desks/garage.ts';

const workshop = call('transfer_to_workshop');
const parts = call('transfer_to_parts');
const rest: readonly Reply[] = [
  [/courtesy/i, 'yes please'],
  [/plate|registration/i, 'm v one two k l m'],
  [/phone|number|reach/i, 'oh seven seven double oh nine hundred one one one'],
  [/note|mechanic/i, 'no'],
];

/** The garage, held apart. */
export const garageHeldApart: CaseSet = {
  desk: garage,
  utterances: [
    u('easy', [], ["i'd like to book my car in for a service", { calls: [workshop] }]),
    u('ordinary', [], ['do you take cheques', { answer: /cash|card|cheque/i }]),
    u(
      'ordinary',
      [],
      [
        "hello yes could you tell me if the blue corsa's done it's l b zero seven x y z",
        { calls: [call('check_repair_status', { plate: /^LB07XYZ$/i })] },
      ],
    ),
    u(
      'ordinary',
      [],
      ["i hit a pothole and now one of my tyres is flat i'll need a new one", { calls: [parts] }],
    ),
    u(
      'hard',
      [],
      [
        "well my neighbour says you're the people to ask when the thing goes clunk every time you turn left",
        { calls: [workshop] },
      ],
    ),
    u('ordinary', [], ['do you sell second hand cars', {}]),
    u('ordinary', at.workshop, [
      'just an oil change please ideally a week on wednesday',
      { calls: [call('find_bays', { work: 'oil_change', day: '2026-12-02' })] },
    ]),
    u('easy', at.oilChange, [
      'friday',
      { calls: [call('find_bays', { work: 'oil_change', day: '2026-11-27' })] },
    ]),
    u('ordinary', at.bays, [
      "i'll take the earlier one",
      {
        calls: [
          call('reserve_bay', {
            ...{
              bay_id: 'bay_25_08',
              plate: /^MV12KLM$/i,
              phone: digits('07700900111'),
              courtesy_car: true,
            },
          }),
        ],
        then: rest,
      },
    ]),
    u('ordinary', at.workshop, [
      "i can't come after all the reservation's r double four seven one",
      { calls: [call('cancel_reservation', { reservation: 'R4471' })] },
    ]),
    u('ordinary', at.parts, [
      'two all season tyres two hundred and five',
      { calls: [call('quote_tyres', { width: 205, count: 2, season: 'all_season' })] },
    ]),
    u('hard', at.quoted, [
      'hmm the michelin then and fit them friday around quarter past ten',
      {
        calls: [
          call('order_tyres', { offer_id: 'o1', fitting_day: '2026-11-27', fitting_time: '10:15' }),
        ],
      },
    ]),
    u('ordinary', at.parts, [
      'is the fitting extra or is that in the price',
      { answer: /included/i },
    ]),
    u('hard', at.parts, [
      "right and is that rattle in the back something you could look at while it's in",
      { calls: [workshop] },
    ]),
  ],
  dialogues: [
    dialogue({
      name: 'has a light on and brings the car in',
      opening: "morning there's a warning light on in my car could somebody have a look",
      facts: [
        [/shall i put/i, 'yeah go ahead'],
        [/courtesy/i, 'yes please if you have one'],
        [/plate|registration/i, 'm v twelve k l m'],
        [/phone|telephone|number/i, 'oh seven seven double oh nine hundred six five four'],
        [/note|mechanic should/i, 'no'],
        [/(?:which|what) day|when/i, 'can you do friday'],
        [/which (?:one|time|bay)|what time|olga|femi|suit/i, 'one o clock'],
        [/work|what.*need/i, "i don't know what's wrong with it it needs a diagnosis"],
      ],
      maxTurns: 14,
      final: {
        writes: [
          call('reserve_bay', {
            ...{
              bay_id: 'bay_27_13',
              plate: /^MV12KLM$/i,
              phone: digits('07700900654'),
              courtesy_car: true,
            },
          }),
        ],
      },
    }),
    dialogue({
      name: 'complains',
      level: 'easy',
      opening: "i've got a complaint the work you did on my car is rubbish",
      facts: [],
      final: { over: 'person' },
    }),
    dialogue({
      name: 'wants a price only, then the opening hours',
      opening: "how much would a pair of summer tyres be they're one nine five",
      facts: [
        [/wide|width|size/i, 'one ninety five'],
        [/how many/i, 'two'],
        [/season|summer|winter/i, 'summer'],
        [
          /which (?:ones|offer|tyres|would)|michelin|hankook/i,
          "i'll have to think about it thanks",
        ],
      ],
      more: ['when are you open on saturday'],
      final: {
        reads: [call('quote_tyres', { width: 195, count: 2, season: 'summer' })],
        said: [/180|120/, /9|nine/],
      },
    }),
  ],
};
