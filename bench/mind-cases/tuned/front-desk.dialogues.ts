import { call, dialogue, digits, type CallerCase } from '../case.ts';

const james = [
  [
    /name.*(?:birth|born)|who.*speaking/i,
    "it's james carter born january thirtieth nineteen sixty eight",
  ],
  [/birth|born/i, 'january thirtieth nineteen sixty eight'],
  [/name/i, 'james carter'],
  [/reference/i, 'g b two zero two six one one zero two one one seven'],
] as const;
const jane = [
  [/name.*(?:birth|born)|who.*speaking/i, 'jane miller the fifth of march nineteen eighty two'],
  [/birth|born/i, 'fifth of march nineteen eighty two'],
  [/name/i, 'jane miller'],
] as const;

/** Front desk, tuned on. */
export const dialogues: readonly CallerCase[] = [
  dialogue({
    name: 'books a time on Thursday',
    level: 'easy',
    opening: "hi i'd like to make an appointment for thursday if that's possible",
    facts: [
      [/shall i book/i, 'yes please'],
      [/name/i, "it's ellen fischer"],
      [/(?:which|what) day|when/i, 'thursday'],
      [/which|what time|suit|10:30|prefer/i, 'half past ten would be good'],
    ],
    final: { writes: [call('book_slot', { slot_id: '2026-11-26T1030', name: 'Ellen Fischer' })] },
  }),
  dialogue({
    name: 'hears what a bill is for, then pays it',
    opening: "yeah i've got a bill here and i'm not sure what it's for",
    facts: [
      [/shall i send/i, 'yes go ahead'],
      ...jane,
      [/number|which (?:invoice|bill|one)/i, "it's one oh four two"],
    ],
    more: ['oh right okay then can you send me the link so i can pay it'],
    final: {
      reads: [call('lookup_invoice', { invoice_id: 'INV-1042' })],
      writes: [call('pay_invoice', { invoice_id: 'INV-1042' })],
      said: [/\$?120|hundred and twenty/],
    },
  }),
  dialogue({
    name: 'cancels an appointment',
    opening: "hello i'm afraid i have to cancel my appointment i've got the flu",
    facts: [[/shall i cancel/i, "yes please i'm sorry about that"], ...james],
    final: { writes: [call('cancel_booking', { reference: 'GB-20261102-117' })] },
  }),
  dialogue({
    name: 'moves an appointment to another day',
    opening: "i've got an appointment with you and i need to move it to next week",
    facts: [
      [/shall i move/i, "yes that's right"],
      ...james,
      [/(?:which|what|new) day|when/i, 'um the second of december maybe'],
      [/which|what time|suit|prefer/i, 'the first one in the afternoon'],
    ],
    maxTurns: 14,
    final: {
      writes: [call('move_booking', { reference: 'GB-20261102-117', slot_id: '2026-12-02T1300' })],
    },
  }),
  dialogue({
    name: 'wants money back',
    opening:
      'hi i paid for a cleaning last week and the appointment never happened so i want a refund',
    facts: [
      [/shall i request/i, 'yes'],
      [/name.*(?:birth|born)|who.*speaking/i, 'maria lopez twelfth of june nineteen ninety'],
      [/birth|born/i, 'the twelfth of june nineteen ninety'],
      [/name/i, 'maria lopez'],
      [/number|which (?:invoice|bill|one)/i, 'ten fifty eight'],
      [/reason|why/i, 'your dentist was ill and the appointment never happened'],
    ],
    final: {
      writes: [call('request_refund', { invoice_id: 'INV-1058', reason: /never happened/i })],
    },
  }),
  dialogue({
    name: 'asks about the practice, then books',
    opening: 'hi can you tell me where you are exactly',
    facts: [
      [/shall i book/i, "yeah that's fine"],
      [/name/i, 'tom becker'],
      [/(?:which|what) day|when/i, 'tomorrow if you have something'],
      [/which|what time|suit|prefer/i, 'the earliest you have'],
    ],
    more: ["okay great then i'd like to come in for a check up"],
    final: {
      said: [/garden street/i],
      writes: [call('book_slot', { slot_id: '2026-11-24T0900', name: 'Tom Becker' })],
    },
  }),
  dialogue({
    name: 'wants a person, is called back',
    opening: "i'd rather speak to a human being about this please",
    facts: [
      [/number/i, 'two one two five five five oh one double eight'],
      [/when|what time/i, 'around nine would be good'],
      [/callback|call(?:ed)? you back|message/i, 'yeah have someone call me back please'],
    ],
    final: { writes: [call('request_callback', { phone: digits('2125550188'), when: /nine|9/i })] },
  }),
  dialogue({
    name: 'brings two matters in one sentence',
    level: 'hard',
    opening:
      'i need an appointment for friday and then i also need to know what invoice one oh four three is about',
    facts: [
      [/shall i book/i, 'yes'],
      ...jane,
      [/(?:which|what) day/i, 'friday'],
      [/invoice|bill/i, 'ten forty three'],
      [/which|what time|suit|prefer/i, 'nine in the morning'],
    ],
    maxTurns: 14,
    final: {
      writes: [call('book_slot', { slot_id: '2026-11-27T0900', name: 'Jane Miller' })],
      reads: [call('lookup_invoice', { invoice_id: 'INV-1043' })],
      said: [/85\.50/],
    },
  }),
];
