import { call, digits, utterance as u, type UtteranceCase } from '../case.ts';
import * as at from '../desks/front-desk-states.ts';

const billing = call('transfer_to_billing');
const scheduling = call('transfer_to_scheduling');
const end = call('end_call');
const slots = (date: string) => ({ calls: [call('list_slots', { date })] });
const book = (slot_id: string, name: string) => call('book_slot', { slot_id, name });
const askedName = [[/name/i, 'peter novak']] as const;

/** Front desk, tuned on. */
export const utterances: readonly UtteranceCase[] = [
  // The receptionist.
  u(
    'easy',
    [],
    ['what are your opening hours', { answer: /8[:.]30|half past eight|eight thirty/i }],
  ),
  u(
    'easy',
    [],
    ["i'd like to book an appointment please", { calls: [scheduling], via: ['list_slots'] }],
  ),
  u('easy', [], ['i want to pay my bill', { calls: [billing] }]),
  u(
    'ordinary',
    [],
    [
      "yeah hi um i got a letter from you guys saying i owe a hundred and twenty dollars and i don't really know what that's for",
      { calls: [billing] },
    ],
  ),
  u(
    'ordinary',
    [],
    [
      "hi there i've chipped a tooth and i was wondering if somebody could have a look at it",
      { calls: [scheduling] },
    ],
  ),
  u('ordinary', [], ['is there anywhere i can leave the car when i come', { answer: /parking/i }]),
  u(
    'ordinary',
    [],
    ['can i talk to a real person please', { calls: [call('transfer_to_practice_team')] }],
  ),
  u('hard', [], ["hello yes it's about last tuesday", {}]),
  u(
    'ordinary',
    [],
    [
      "so i've got a check up with you on thursday and something's come up at work i won't be able to make it",
      { calls: [scheduling] },
    ],
  ),
  u(
    'hard',
    [],
    [
      "i'm calling for my mother she can't find the thing you sent her with how much she has to pay",
      { calls: [billing] },
    ],
  ),
  u('ordinary', [], ['do you sell electric toothbrushes', {}]),
  u(
    'easy',
    [
      { caller: 'when do you close' },
      {
        agent:
          'The practice is open Monday to Friday, from 8:30 in the morning to 5:30 in the afternoon. Is there anything else?',
      },
    ],
    ["no that's everything thank you goodbye", { calls: [end] }],
  ),
  u(
    'ordinary',
    [],
    [
      'i was wondering if invoice one oh four two has gone through yet',
      { calls: [call('transfer_to_billing', { invoice_id: 'INV-1042' })] },
    ],
  ),
  u(
    'hard',
    [],
    [
      "the x rays i had done the thing is my insurance already covered those so i shouldn't have had to pay for them should i",
      { calls: [billing] },
    ],
  ),
  u(
    'ordinary',
    [],
    ['are you guys open on a saturday', { answer: /closed|weekend|monday to friday/i }],
  ),
  u('ordinary', [], ['oh sorry i think i dialled the wrong number', { via: ['end_call'] }]),

  // Scheduling.
  u('easy', at.booking, ['thursday please', slots('2026-11-26')]),
  u('easy', at.booking, ['the first of december', slots('2026-12-01')]),
  u('ordinary', at.booking, [
    "um the day after tomorrow if you've got anything",
    slots('2026-11-25'),
  ]),
  u('ordinary', at.booking, ['is there anything free a week on wednesday', slots('2026-12-02')]),
  u('ordinary', at.booking, ['not this week but monday would be good', slots('2026-11-30')]),
  u('ordinary', at.thursday, ['actually make it friday instead', slots('2026-11-27')]),
  u('ordinary', at.thursday, [
    'half past two works for me',
    { calls: [book('2026-11-26T1430', 'Peter Novak')], then: askedName },
  ]),
  u('easy', at.thursday, [
    'ten thirty please',
    { calls: [book('2026-11-26T1030', 'Peter Novak')], then: askedName },
  ]),
  u('hard', at.thursday, [
    'hmm the later one in the morning',
    { calls: [book('2026-11-26T1030', 'Peter Novak')], then: askedName },
  ]),
  u('ordinary', at.thursday, [
    "i'll take the last one and it's for ellen fischer",
    { calls: [book('2026-11-26T1430', 'Ellen Fischer')] },
  ]),
  u(
    'ordinary',
    [...at.thursday, { caller: 'one o clock' }, { agent: 'What is your full name?' }],
    ["it's sara cole that's s a r a c o l e", { calls: [book('2026-11-26T1300', 'Sara Cole')] }],
  ),
  u('easy', at.readBack, ["yes that's right", { calls: [book('2026-11-26T1030', 'Peter Novak')] }]),
  u('ordinary', at.readBack, [
    "no sorry i meant the one o'clock",
    { calls: [book('2026-11-26T1300', 'Peter Novak')] },
  ]),
  u('ordinary', at.ownBooking('i need to move my appointment'), [
    "my name's james carter and i was born on the thirtieth of january nineteen sixty eight",
    { calls: [call('verify_caller', { name: 'James Carter', date_of_birth: '1968-01-30' })] },
  ]),
  u('ordinary', at.carters('when was my appointment again'), [
    "it's g b two zero two six one one oh two dash one one seven",
    { calls: [call('find_booking', { reference: 'GB-20261102-117' })] },
  ]),
  u('hard', at.carters('i have to cancel my appointment'), [
    'right let me see twenty twenty six eleven oh two one one seven',
    { calls: [call('cancel_booking', { reference: 'GB-20261102-117' })] },
  ]),
  u('ordinary', at.thursday, [
    'hang on before we do that what was my last bill again',
    { calls: [billing] },
  ]),
  u('hard', at.booking, [
    'will it hurt do you think or should i take something for the pain beforehand',
    { via: ['transfer_to_triage'] },
  ]),

  // Billing.
  u('easy', at.jane('what do i owe you'), [
    'ten forty two',
    { calls: [call('lookup_invoice', { invoice_id: 'INV-1042' })] },
  ]),
  u('ordinary', at.maria("i don't know what this bill is for"), [
    'yeah it says i n v one oh seven oh',
    { calls: [call('lookup_invoice', { invoice_id: 'INV-1070' })] },
  ]),
  u(
    'ordinary',
    [
      ...at.billing,
      { caller: 'what do i still have to pay' },
      {
        agent:
          'First I need to know who I am speaking with. What is your full name and your date of birth?',
      },
    ],
    [
      'jane miller fifth of march eighty two',
      { calls: [call('verify_caller', { name: 'Jane Miller', date_of_birth: '1982-03-05' })] },
    ],
  ),
  u('hard', at.maria('i have something to say about a bill'), [
    "i've paid ten fifty eight but i never came in that day so i'd like my money back",
    { calls: [call('request_refund', { invoice_id: 'INV-1058', reason: /never came/i })] },
  ]),
  u('ordinary', at.lookedUp, [
    'okay can you text me something to pay it with',
    { calls: [call('pay_invoice', { invoice_id: 'INV-1042' })] },
  ]),
  u('ordinary', at.lookedUp, [
    'no sorry i meant one oh four three',
    { calls: [call('lookup_invoice', { invoice_id: 'INV-1043' })] },
  ]),
  u('ordinary', at.billing, [
    'how long does it take you to decide about a refund',
    { answer: /five/i },
  ]),
  u('ordinary', at.nobodyThere, [
    'could somebody ring me back tomorrow morning on two one two five five five oh one four two',
    { calls: [call('request_callback', { phone: digits('2125550142'), when: /tomorrow/i })] },
  ]),
];
