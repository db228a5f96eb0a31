import { call, digits, utterance as u, type Reply, type UtteranceCase } from '../case.ts';
import * as at from '../desks/garage-states.ts';

const workshop = call('transfer_to_workshop');
const parts = call('transfer_to_parts');
const rest: readonly Reply[] = [
  [/courtesy/i, 'no thanks'],
  [/plate|registration/i, 'l b oh seven x y z'],
  [/phone|number|reach/i, 'oh seven seven double oh nine hundred four five six'],
  [/note|mechanic|anything (?:else )?(?:we|i|they|the)/i, 'no nothing'],
];
const without = (asked: string): readonly Reply[] =>
  rest.filter(([pattern]) => !pattern.test(asked));

/** Garage, tuned on. */
export const utterances: readonly UtteranceCase[] = [
  // Reception.
  u('easy', [], ['my car needs an oil change', { calls: [workshop], via: ['find_bays'] }]),
  u('easy', [], ['how much are your tyres', { calls: [parts] }]),
  u('easy', [], ['can i pay with a card', { answer: /any card|cash/i }]),
  u(
    'ordinary',
    [],
    [
      "morning i dropped my car off on friday and i'm just wondering if it's done the reg is k t one nine a b c",
      { calls: [call('check_repair_status', { plate: /^KT19ABC$/i })] },
    ],
  ),
  u(
    'ordinary',
    [],
    [
      "there's a sort of grinding noise coming from the front when i brake",
      { calls: [workshop], via: ['find_bays'] },
    ],
  ),
  u(
    'ordinary',
    [],
    ['i want to make a complaint you scratched my door', { calls: [call('transfer_to_manager')] }],
  ),
  u('ordinary', [], ["what do i do for a car while you've got mine", { answer: /courtesy/i }]),
  u('ordinary', [], ['are you lot open on saturdays', { answer: /9|nine/i }]),
  u('ordinary', [], ['do you do car washes as well', {}]),
  u('hard', [], ["um yeah it's doing it again", { via: ['transfer_to_workshop'] }]),
  u(
    'hard',
    [],
    [
      "the wife's been on at me to get winter ones put on before the snow comes",
      { calls: [parts] },
    ],
  ),
  u(
    'ordinary',
    [],
    [
      "i'm stuck at the side of the road the engine just died",
      { calls: [workshop], via: ['send_tow_truck'] },
    ],
  ),
  u(
    'easy',
    [
      { caller: 'what does an mot cost' },
      { agent: 'An MOT test costs 54 pounds. Is there anything else?' },
    ],
    ['no that was it cheers bye', { calls: [call('end_call')] }],
  ),

  // The workshop.
  u('easy', at.oilChange, [
    'tomorrow',
    { calls: [call('find_bays', { work: 'oil_change', day: '2026-11-24' })] },
  ]),
  u('ordinary', at.workshop, [
    'it needs its m o t doing by the end of the month so could i bring it in on friday',
    { calls: [call('find_bays', { work: 'mot_test', day: '2026-11-27' })] },
  ]),
  u('ordinary', at.workshop, [
    'i think the brakes want looking at could you fit me in on wednesday the twenty fifth',
    { calls: [call('find_bays', { work: 'brake_check', day: '2026-11-25' })] },
  ]),
  u('hard', at.workshop, [
    "there's a light come on on the dashboard and i've no idea what it is could you look at it next monday",
    { calls: [call('find_bays', { work: 'diagnosis', day: '2026-11-30' })] },
  ]),
  u('ordinary', at.bays, [
    "the one with femi please and i'll need a courtesy car",
    {
      calls: [
        call('reserve_bay', {
          bay_id: 'bay_25_13',
          courtesy_car: true,
          plate: /^LB07XYZ$/i,
          phone: digits('07700900456'),
        }),
      ],
      then: without('courtesy'),
    },
  ]),
  u('ordinary', at.bays, [
    'neither of those is any good have you got anything on friday',
    { calls: [call('find_bays', { work: 'oil_change', day: '2026-11-27' })] },
  ]),
  u('ordinary', at.plateAsked, [
    "it's l for lima b for bravo zero seven x y z",
    {
      calls: [
        call('reserve_bay', { bay_id: 'bay_25_08', plate: /^LB07XYZ$/i, courtesy_car: false }),
      ],
      then: without('plate'),
    },
  ]),
  u('ordinary', at.workshop, [
    "i've got a reservation r four four seven one and i need to cancel it",
    { calls: [call('cancel_reservation', { reservation: 'R4471' })] },
  ]),
  u('hard', at.workshop, [
    "it won't start i'm in the car park behind the town hall my number is oh double seven double oh nine double oh one two three",
    {
      calls: [call('send_tow_truck', { location: /town hall/i, phone: digits('07700900123') })],
    },
  ]),
  u('ordinary', at.workshop, [
    'roughly how long does a full service take',
    { answer: /whole day|a day/i },
  ]),
  u('ordinary', at.bays, [
    'oh and while i think of it what would new tyres cost me',
    { calls: [parts] },
  ]),

  // The parts counter.
  u('easy', at.parts, [
    'four winter tyres one nine five wide',
    { calls: [call('quote_tyres', { width: 195, count: 4, season: 'winter' })] },
  ]),
  u('ordinary', at.parts, [
    'just a pair of summer ones the old ones say two hundred and twenty five on the side',
    { calls: [call('quote_tyres', { width: 225, count: 2, season: 'summer' })] },
  ]),
  u('ordinary', at.quoted, [
    'the cheaper ones and can you put them on on thursday at half past nine',
    {
      calls: [
        call('order_tyres', { offer_id: 'o2', fitting_day: '2026-11-26', fitting_time: '09:30' }),
      ],
    },
  ]),
  u('ordinary', at.quoted, [
    'oh no sorry i only need two of them',
    { calls: [call('quote_tyres', { width: 205, count: 2, season: 'winter' })] },
  ]),
];
