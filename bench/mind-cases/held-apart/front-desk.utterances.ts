import { call, digits, utterance as u, type UtteranceCase } from '../case.ts';
import * as at from '../desks/front-desk-states.ts';

const billing = call('transfer_to_billing');
const scheduling = call('transfer_to_scheduling');
const slots = (date: string) => ({ calls: [call('list_slots', { date })] });
const book = (slot_id: string, name: string) => call('book_slot', { slot_id, name });
const askedName = [[/name/i, 'anna berg']] as const;

/** Front desk, held apart. */
export const utterances: readonly UtteranceCase[] = [
  u('easy', [], ['i need to see the dentist', { calls: [scheduling] }]),
  u('easy', [], ["hi what's your address", { answer: /garden street/i }]),
  u(
    'ordinary',
    [],
    [
      'um hello my daughter has a really bad toothache since last night can you squeeze her in',
      { calls: [scheduling], via: ['list_slots'] },
    ],
  ),
  u('ordinary', [], ['i think i was charged twice for the same thing', { calls: [billing] }]),
  u(
    'ordinary',
    [],
    ['what time do you close on fridays', { answer: /5[:.]30|half past five|five thirty/i }],
  ),
  u(
    'ordinary',
    [],
    [
      "i'm not happy with how i was treated last week and i'd like to talk to someone in charge",
      {
        calls: [call('transfer_to_practice_team')],
      },
    ],
  ),
  u('hard', [], ['hello is that the um oh what was it i had something written down here', {}]),
  u('ordinary', [], ['can you recommend a good restaurant near you', {}]),
  u(
    'hard',
    [],
    [
      "you sent me a reminder for the third time now and i've already transferred the money weeks ago",
      { calls: [billing] },
    ],
  ),
  u('easy', at.booking, ['how about next monday', slots('2026-11-30')]),
  u('ordinary', at.booking, [
    "well i'm away till the weekend so let's say the second of december",
    slots('2026-12-02'),
  ]),
  u('ordinary', at.booking, ['tomorrow or is that too soon', slots('2026-11-24')]),
  u('ordinary', at.thursday, [
    'one in the afternoon is good',
    {
      calls: [book('2026-11-26T1300', 'Anna Berg')],
      then: askedName,
    },
  ]),
  u('ordinary', at.thursday, [
    "the second one and my name's anna berg",
    { calls: [book('2026-11-26T1030', 'Anna Berg')] },
  ]),
  u('hard', at.thursday, [
    "is there nothing earlier than half two in the afternoon oh yes one that'll do",
    {
      calls: [book('2026-11-26T1300', 'Anna Berg')],
      then: askedName,
    },
  ]),
  u('ordinary', at.readBack, [
    'hmm no wait could we do the tuesday after instead',
    slots('2026-12-01'),
  ]),
  u('ordinary', at.ownBooking('i need to cancel an appointment'), [
    "sure maria lopez and my birthday's the twelfth of june nineteen ninety",
    { calls: [call('verify_caller', { name: 'Maria Lopez', date_of_birth: '1990-06-12' })] },
  ]),
  u('ordinary', at.carters('i want to check when my appointment is'), [
    'two oh two six one one oh two one one seven',
    { calls: [call('find_booking', { reference: 'GB-20261102-117' })] },
  ]),
  u('easy', at.jane('can you tell me about a bill'), [
    "it's inv one zero four three",
    {
      calls: [call('lookup_invoice', { invoice_id: 'INV-1043' })],
    },
  ]),
  u('ordinary', at.lookedUp, [
    "no that's it but i want to make another appointment as well",
    { calls: [scheduling] },
  ]),
  u('hard', at.maria('i want a refund'), [
    'for invoice ten fifty eight because the cleaning was never finished',
    { calls: [call('request_refund', { invoice_id: 'INV-1058', reason: /never finished/i })] },
  ]),
  u('ordinary', at.nobodyThere, [
    "just tell them it's dana white and i'm running twenty minutes late",
    {
      calls: [call('leave_message', { name: 'Dana White', message: /twenty minutes|20 minutes/i })],
    },
  ]),
  u('ordinary', at.nobodyThere, [
    'a callback please my number is six four six double five five oh one two three any time after ten',
    {
      calls: [call('request_callback', { phone: digits('6465550123'), when: /after (?:ten|10)/i })],
    },
  ]),
];
