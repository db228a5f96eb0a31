import { addDays, isWeekday, localTime } from '../../desks/front-desk/data/calendar.ts';
import type { Caller } from './caller.ts';
import type { Line, Voice } from './speak.ts';

/** What a call must have left in the database: nothing that is not named here. */
export interface Leaves {
  readonly bookings?: readonly {
    readonly slot: string;
    readonly name: string;
    readonly status: 'active' | 'cancelled';
  }[];
  /** Bookings from before the call, by reference: where they are now. */
  readonly moved?: Readonly<Record<string, string>>;
  /** Invoices. */
  readonly refunds?: readonly string[];
  readonly paymentLinks?: readonly string[];
  readonly notes?: readonly { readonly kind: string; readonly phone?: string }[];
}

/** What a call that only asks leaves. */
export const nothingLeft: Required<Leaves> = {
  bookings: [],
  moved: {},
  refunds: [],
  paymentLinks: [],
  notes: [],
};

/** One call as it should go. */
export interface Dialogue extends Caller {
  readonly name: string;
  readonly voice: Voice;
  readonly line: Line;
  /** Noise around the caller, as far below the speech. */
  readonly noiseDb?: number;
  readonly leaves: Leaves;
  /** What the caller must have been told. */
  readonly hears: readonly RegExp[];
  readonly neverHears?: RegExp;
}

/** The coming weekdays that a caller can name without saying "next", none of them today. */
const today = localTime(Date.now(), 'America/New_York').date;
const days = [1, 2, 3, 4, 5, 6].map((ahead) => addDays(today, ahead)).filter(isWeekday);
const day = (index: number): { readonly date: string; readonly name: string } => {
  const date = days[index] ?? '';
  const weekday = new Intl.DateTimeFormat('en-US', { weekday: 'long', timeZone: 'UTC' });
  return { date, name: weekday.format(Date.parse(`${date}T00:00:00Z`)).toLowerCase() };
};
const [first, second, third, fourth] = [day(0), day(1), day(2), day(3)];

const is = {
  jane: { name: 'jane miller', born: 'the fifth of march nineteen eighty two' },
  robert: { name: 'robert wilson', born: 'october twenty first nineteen seventy four' },
  maria: { name: 'maria lopez', born: 'june twelfth nineteen ninety' },
  james: { name: 'james carter', born: 'january thirtieth nineteen sixty eight' },
} as const;

type Answers = Caller['answers'];
const yes: Answers[number] = [/^\W*(?:shall i|is that right|correct)|shall i/i, 'yes please'];
/** Nobody agrees to a booking in a wrong name: it is said again. */
const notInAnotherName = (name: string): Answers[number] => [
  new RegExp(`shall i book.* for (?!${name}\\?)`, 'i'),
  `no my name is ${name}`,
];

const identity = ({ name, born }: { name: string; born: string }): Answers => [
  [/\bborn\b|birth/i, born],
  [/\bname\b|who am i|who is/i, `my name is ${name}`],
];
const invoice = (digits: string): Answers[number] => [/invoice|bill/i, `it's ${digits}`];
const which = (time: string): Answers[number] => [
  /which|what time|suit|when would|like to (?:come|have)|would you like/i,
  time,
];

/** Twenty calls that people make to a dental practice, in three voices, half of them by telephone. */
export const dialogues: readonly Dialogue[] = [
  {
    name: 'what an invoice is for',
    voice: 'awb',
    line: 'wide',
    opens: 'hi i have a question about my invoice',
    answers: [...identity(is.jane), invoice('one zero four two')],
    leaves: {},
    hears: [/\$120/, /cleaning/i],
  },
  {
    name: 'a link to pay an invoice',
    voice: 'kal16',
    line: 'telephone',
    opens: 'hello i would like to pay a bill',
    answers: [yes, ...identity(is.robert), invoice('one zero five one')],
    leaves: { paymentLinks: ['INV-1051'] },
    hears: [/\$240/],
  },
  {
    name: 'a refund with a reason',
    voice: 'slt',
    line: 'wide',
    opens: 'i want a refund for an invoice please',
    answers: [
      yes,
      [/reason|why/i, 'it was charged twice'],
      ...identity(is.maria),
      invoice('one zero five eight'),
    ],
    leaves: { refunds: ['INV-1058'] },
    hears: [/five working days/],
  },
  {
    name: 'a refund by telephone',
    voice: 'awb',
    line: 'telephone',
    opens: 'good morning i was charged twice for a filling and i want my money back',
    answers: [
      yes,
      [/reason|why/i, 'i paid it twice'],
      ...identity(is.robert),
      invoice('one zero five seven'),
    ],
    leaves: { refunds: ['INV-1057'] },
    hears: [/five working days/],
  },
  {
    name: 'no refund of what was not paid',
    voice: 'kal16',
    line: 'wide',
    opens: "i'd like my money back for an invoice",
    answers: [
      yes,
      [/reason|why/i, 'it was too expensive'],
      ...identity(is.maria),
      invoice('one zero seven zero'),
    ],
    leaves: {},
    hears: [/not been paid|nothing to refund/i],
  },
  {
    name: 'an appointment by telephone',
    voice: 'slt',
    line: 'telephone',
    opens: 'hello i would like to book an appointment',
    answers: [
      notInAnotherName('susan baker'),
      yes,
      [/what day|which day/i, `${first.name} please`],
      [/\bname\b/i, 'susan baker'],
      which('ten thirty please'),
    ],
    leaves: {
      bookings: [{ slot: `${first.date}T1030`, name: 'susan baker', status: 'active' }],
    },
    hears: [/10:30/, /booked/i],
  },
  {
    name: 'an appointment asked for with its day',
    voice: 'awb',
    line: 'wide',
    opens: `hi do you have anything on ${second.name}`,
    answers: [
      notInAnotherName('peter brown'),
      yes,
      [/what day|which day/i, `on ${second.name}`],
      [/\bname\b/i, 'my name is peter brown'],
      which("nine o'clock would be good"),
    ],
    leaves: {
      bookings: [{ slot: `${second.date}T0900`, name: 'peter brown', status: 'active' }],
    },
    hears: [/9:00|nine/i, /booked/i],
  },
  {
    name: 'another day after all',
    voice: 'kal16',
    line: 'telephone',
    opens: 'i need to see the dentist',
    answers: [
      notInAnotherName('david green'),
      yes,
      [/what day|which day/i, first.name],
      [/\bname\b/i, 'david green'],
      [/which|suit|what time/i, [`no sorry i meant ${third.name}`, "one o'clock please"]],
    ],
    leaves: {
      bookings: [{ slot: `${third.date}T1300`, name: 'david green', status: 'active' }],
    },
    hears: [/booked/i],
  },
  {
    name: 'another time at the read-back',
    voice: 'slt',
    line: 'wide',
    opens: `can i come in on ${second.name}`,
    answers: [
      notInAnotherName('helen white'),
      [/shall i/i, ["no make that four o'clock", 'yes please']],
      [/what day|which day/i, `on ${second.name}`],
      [/\bname\b/i, 'helen white'],
      which("one o'clock"),
    ],
    leaves: {
      bookings: [{ slot: `${second.date}T1600`, name: 'helen white', status: 'active' }],
    },
    hears: [/booked/i],
  },
  {
    name: 'a booking is moved by its reference',
    voice: 'awb',
    line: 'wide',
    opens: 'hello i need to move my appointment',
    answers: [
      yes,
      ...identity(is.james),
      [/reference|booking number/i, 'two zero two six one one zero two one one seven'],
      [/what day|which day|new day/i, `${fourth.name} please`],
      which('the first one'),
    ],
    leaves: { moved: { 'GB-20261102-117': `${fourth.date}T0900` } },
    hears: [/moved/i],
  },
  {
    name: 'booked and called off in one call',
    voice: 'kal16',
    line: 'wide',
    opens: 'i would like to book an appointment',
    answers: [
      notInAnotherName('robert wilson'),
      yes,
      [/\bborn\b|birth/i, is.robert.born],
      [/what day|which day/i, `${third.name} please`],
      [/\bname\b/i, `my name is ${is.robert.name}`],
      [/reference|booking/i, "i don't know it's the one we just made"],
      which('the first one'),
    ],
    then: ['sorry i need to cancel that appointment'],
    leaves: {
      bookings: [{ slot: `${third.date}T0900`, name: 'robert wilson', status: 'cancelled' }],
    },
    hears: [/booked/i, /cancelled|canceled/i],
  },
  {
    name: 'two matters in one sentence',
    voice: 'kal16',
    line: 'wide',
    opens: 'i want to pay an invoice and then i also need an appointment',
    answers: [
      notInAnotherName('maria lopez'),
      yes,
      [/\bborn\b|birth/i, is.maria.born],
      invoice('one zero seven zero'),
      [/what day|which day/i, fourth.name],
      [/\bname\b/i, `my name is ${is.maria.name}`],
      which('ten thirty'),
    ],
    leaves: {
      paymentLinks: ['INV-1070'],
      bookings: [{ slot: `${fourth.date}T1030`, name: 'maria lopez', status: 'active' }],
    },
    hears: [/link|text message/i, /booked/i],
  },
  {
    name: 'opening hours and where to park',
    voice: 'slt',
    line: 'telephone',
    opens: 'hi what are your opening hours',
    answers: [],
    then: ['and where can i park'],
    leaves: {},
    hears: [/8:30/, /5:30/, /parking behind the building/i],
  },
  {
    name: 'a person is not there, so a callback',
    voice: 'awb',
    line: 'telephone',
    opens: 'i want to speak to a person please',
    answers: [
      [/number/i, 'two one two five five five zero one four two'],
      [/when/i, 'tomorrow morning'],
      [/call(?:ed)? (?:you )?back|callback|message/i, 'please call me back'],
    ],
    leaves: { notes: [{ kind: 'callback', phone: '2125550142' }] },
    hears: [/call/i],
  },
  {
    name: 'a message for the team',
    voice: 'kal16',
    line: 'wide',
    opens: 'can i talk to somebody real',
    answers: [
      [/\bname\b/i, 'my name is robert wilson'],
      [
        /what (?:is|should|shall|would)|which message|pass on|tell them/i,
        'please tell them that i will be late',
      ],
      [/callback|message/i, 'i would like to leave a message'],
    ],
    leaves: { notes: [{ kind: 'message' }] },
    hears: [/message|pass|note/i],
  },
  {
    name: "somebody else's invoice",
    voice: 'slt',
    line: 'wide',
    opens: 'how much is my invoice',
    answers: [
      ...identity(is.jane),
      [/right|correct/i, 'yes that is right'],
      invoice('one zero five one'),
    ],
    leaves: {},
    hears: [/no invoice/i],
    neverHears: /\$240|whitening/,
  },
  {
    name: 'from a bill to an appointment',
    voice: 'awb',
    line: 'wide',
    opens: "there's a charge on my bill that i don't understand",
    answers: [
      notInAnotherName('jane miller'),
      yes,
      [/\bborn\b|birth/i, is.jane.born],
      invoice('one zero four two'),
      [/what day|which day/i, third.name],
      [/\bname\b/i, `my name is ${is.jane.name}`],
      which('half past two'),
    ],
    then: ["thanks now i'd like to book an appointment"],
    leaves: {
      bookings: [{ slot: `${third.date}T1430`, name: 'jane miller', status: 'active' }],
    },
    hears: [/\$120/, /booked/i],
  },
  {
    name: 'a caller who begins without saying what they want',
    voice: 'kal16',
    line: 'telephone',
    opens: "hi um i'm not sure who i need to talk to",
    answers: [
      yes,
      ...identity(is.robert),
      invoice('one zero five one'),
      [/what|how/i, 'when is my invoice due'],
    ],
    leaves: {},
    hears: [/\$240|due/i],
  },
  {
    name: 'an appointment from a noisy room',
    voice: 'slt',
    line: 'telephone',
    noiseDb: 20,
    opens: 'i would like to book an appointment please',
    answers: [
      notInAnotherName('maria lopez'),
      yes,
      [/what day|which day/i, `${fourth.name} please`],
      [/\bname\b/i, 'my name is maria lopez'],
      which("one o'clock please"),
    ],
    leaves: {
      bookings: [{ slot: `${fourth.date}T1300`, name: 'maria lopez', status: 'active' }],
    },
    hears: [/booked/i],
  },
  {
    name: 'cut short in mid-sentence',
    voice: 'awb',
    line: 'wide',
    opens: 'i have a question about an invoice',
    cutsIn: { text: 'no wait i need an appointment', afterMs: 700 },
    answers: [
      notInAnotherName('john smith'),
      yes,
      [/what day|which day/i, `${fourth.name} please`],
      [/\bname\b/i, 'my name is john smith'],
      which('half past two'),
    ],
    leaves: {
      bookings: [{ slot: `${fourth.date}T1430`, name: 'john smith', status: 'active' }],
    },
    hears: [/booked/i],
  },
];
