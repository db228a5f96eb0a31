import { call, dialogue, type CaseSet } from '../case.ts';
import { frontDesk } from '../desks/front-desk.ts';
import { utterances } from './front-desk.utterances.ts';

const maria = [
  [/name.*(?:birth|born)|who.*speaking/i, "maria lopez and it's june the twelfth nineteen ninety"],
  [/birth|born/i, 'june the twelfth nineteen ninety'],
  [/name/i, 'maria lopez'],
  [/reference/i, 'g b two oh two six one one one six four eight two'],
] as const;

/** The shipped desk, held apart. */
export const frontDeskHeldApart: CaseSet = {
  desk: frontDesk,
  utterances,
  dialogues: [
    dialogue({
      name: 'changes their mind about the day',
      opening: 'good morning could i come in for a cleaning sometime',
      facts: [
        [/shall i book (?:thursday|.*26)/i, 'oh no sorry wait can we make it friday instead'],
        [/shall i book/i, 'yes that works'],
        [/name/i, "i'm anna berg"],
        [/(?:which|what) day|when would/i, 'thursday i think'],
        [/which|what time|suit|prefer|10:30/i, 'nine'],
      ],
      maxTurns: 14,
      final: { writes: [call('book_slot', { slot_id: '2026-11-27T0900', name: 'Anna Berg' })] },
    }),
    dialogue({
      name: 'decides at the last moment not to cancel',
      level: 'hard',
      opening: 'hello i may have to cancel my appointment on tuesday week',
      facts: [[/shall i cancel/i, "oh you know what no i'll come after all"], ...maria],
      final: { reads: [call('verify_caller', { name: /lopez/i })], writes: [] },
    }),
    dialogue({
      name: 'leaves a message when nobody is there',
      opening: 'could you put me through to someone at the practice please',
      facts: [
        [/name/i, 'dana white'],
        [
          /call ?back|called back|or take a message|or (?:leave )?a message/i,
          "i'd just like to leave a message",
        ],
        [/message|passed on|tell them/i, 'tell them the crown has come loose again'],
      ],
      final: {
        writes: [call('leave_message', { name: 'Dana White', message: /crown has come loose/i })],
      },
    }),
    dialogue({
      name: 'pays a bill that is known by its number',
      level: 'easy',
      opening: "i'd like to pay invoice one oh seven zero",
      facts: [[/shall i send/i, 'yes please'], ...maria, [/invoice|number/i, 'one oh seven zero']],
      final: { writes: [call('pay_invoice', { invoice_id: 'INV-1070' })] },
    }),
    dialogue({
      name: 'asks when the appointment is, then about parking',
      opening: "hi i've forgotten when my appointment is could you check",
      facts: maria,
      more: ['perfect and can i park there'],
      final: {
        reads: [call('find_booking', { reference: 'GB-20261116-482' })],
        said: [/december 1\b|10:30/i, /parking/i],
      },
    }),
  ],
};
