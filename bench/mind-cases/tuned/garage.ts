import { call, dialogue, digits, type CaseSet } from '../case.ts';
import { garage } from '../desks/garage.ts';
import { utterances } from './garage.utterances.ts';

/** The garage, tuned on. */
export const garageTuned: CaseSet = {
  desk: garage,
  utterances,
  dialogues: [
    dialogue({
      name: 'asks whether the car is ready',
      level: 'easy',
      opening: 'hello is my car ready yet',
      facts: [[/plate|registration/i, 'k t nineteen a b c']],
      final: {
        reads: [call('check_repair_status', { plate: /^KT19ABC$/i })],
        said: [/342|three hundred and forty/],
      },
    }),
    dialogue({
      name: 'brings the car in for an oil change',
      opening: "hi i'd like to get an oil change done sometime this week",
      facts: [
        [/shall i put/i, 'yes please'],
        [/courtesy/i, "no i don't need one"],
        [/plate|registration/i, "it's m v one two k l m"],
        [/phone|telephone|number/i, 'oh seven seven double oh nine hundred seven eight nine'],
        [/note|mechanic should/i, 'no'],
        [/(?:which|what) day|when/i, 'wednesday'],
        [/which|what time|olga|femi|suit/i, 'the afternoon one'],
        [/work|what.*need/i, 'an oil change'],
      ],
      maxTurns: 14,
      final: {
        writes: [
          call('reserve_bay', {
            bay_id: 'bay_25_13',
            plate: /^MV12KLM$/i,
            phone: digits('07700900789'),
            courtesy_car: false,
          }),
        ],
      },
    }),
    dialogue({
      name: 'orders tyres',
      opening: 'yeah hello i need new tyres for my golf',
      facts: [
        [/shall i order/i, 'yep'],
        [/wide|width|size/i, "it's two oh five i think"],
        [/how many/i, 'all four'],
        [/season|summer|winter/i, 'winter tyres'],
        [/which (?:ones|offer|tyres)|michelin|hankook/i, 'the hankook ones'],
        [/what time/i, 'at eleven'],
        [/day|when/i, 'on friday'],
      ],
      maxTurns: 14,
      final: {
        reads: [call('quote_tyres', { width: 205, count: 4, season: 'winter' })],
        writes: [
          call('order_tyres', { offer_id: 'o2', fitting_day: '2026-11-27', fitting_time: '11:00' }),
        ],
      },
    }),
    dialogue({
      name: 'has broken down',
      level: 'hard',
      opening: "oh hi listen my car's broken down i'm on the ring road and it won't go any further",
      facts: [
        [/plate|registration/i, "it's b d five one s m r"],
        [/phone|telephone|number/i, 'oh seven seven double oh nine hundred three two one'],
        [/where|location/i, 'on the ring road by the station exit'],
      ],
      final: {
        writes: [call('send_tow_truck', { location: /ring road/i, phone: digits('07700900321') })],
      },
    }),
    dialogue({
      name: 'cancels, and asks what an MOT costs',
      opening: "i've got the car booked in for next tuesday but i can't make it any more",
      facts: [
        [/shall i cancel/i, 'yes'],
        [/plate|registration/i, 'l b oh seven x y z'],
        [/number/i, 'r double four seven one'],
      ],
      more: ['and what do you charge for an m o t'],
      final: {
        writes: [call('cancel_reservation', { reservation: 'R4471' })],
        said: [/54|fifty[- ]four/],
      },
    }),
  ],
};
