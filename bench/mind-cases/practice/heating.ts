import { call, dialogue, digits, handedTo, utterance as u, type CaseSet } from '../case.ts';
import type { Reply, Step } from '../case.ts';
import { heating } from './heating.desk.ts';

const house: readonly Reply[] = [
  [/address|street|where/i, 'twelve orchard road'],
  [/phone|number|reach/i, 'oh seven seven double oh nine hundred one one one'],
  [/urgen|how soon|wait/i, 'as soon as you can'],
  [/water/i, "yes i've turned it off"],
];
const office: readonly Step[] = [
  ...handedTo('office', [
    'i wanted to ask about a service plan',
    'I will put you through to the office.',
  ]),
  { agent: 'What can I do for you?' },
];
const job = (description: RegExp, args = {}) =>
  call('create_job', { problem_description: description, ...args });
const status = call('get_job_status', { job_number: 'J20418' });

/** The plumbers. */
export const heatingPractice: CaseSet = {
  desk: heating,
  utterances: [
    u(
      'easy',
      [],
      [
        "my boiler's stopped working",
        { calls: [job(/boiler/i, { address: /12 orchard|twelve orchard/i })], then: house },
      ],
    ),
    u('easy', [], ['how much is a call out', { answer: /85/ }]),
    u(
      'easy',
      [],
      ["where's my engineer the job number is j two oh four one eight", { calls: [status] }],
    ),
    u('easy', [], ["i'd like a quote for a new boiler", { calls: [call('transfer_to_office')] }]),
    u(
      'ordinary',
      [],
      [
        "there's water coming through the ceiling",
        { calls: [job(/water/i, { urgency: 'emergency' })], then: house },
      ],
    ),
    u(
      'ordinary',
      [],
      [
        "we've got no heating and there's a new baby in the house we're at forty two mill street",
        {
          calls: [
            job(/heating/i, {
              address: /42 mill street|forty two mill street/i,
              urgency: 'emergency',
            }),
          ],
          then: house.filter(([asked]) => !asked.test('address')),
        },
      ],
    ),
    u(
      'ordinary',
      [],
      [
        "the kitchen tap's been dripping for weeks it's not desperate any time next week will do",
        { calls: [job(/tap/i, { urgency: 'routine' })], then: house },
      ],
    ),
    u(
      'ordinary',
      [],
      [
        'the toilet upstairs is blocked can you send somebody out',
        { calls: [job(/toilet/i)], then: house },
      ],
    ),
    u('ordinary', [], ['i can smell gas in the hall', { answer: /0800|leave the house/i }]),
    u('ordinary', [], ['do you charge more at the weekend', { answer: /140/ }]),
    u('ordinary', [], ['is the work guaranteed at all', { answer: /twelve months|12 months/i }]),
    u('ordinary', [], ['would you come out to chesterfield', { answer: /chesterfield/i }]),
    u('ordinary', [], ['how do i turn the water off', { answer: /stopcock/i }]),
    u('ordinary', [], ['are parts included in the price', { answer: /parts are extra/i }]),
    u(
      'ordinary',
      [],
      [
        "he was meant to be here an hour ago what's going on",
        { calls: [status], then: [[/number/i, 'j two zero four one eight']] },
      ],
    ),
    u(
      'ordinary',
      [],
      [
        "you don't need to send anybody it's fixed itself job j two zero four one eight",
        {
          calls: [call('cancel_job', { job_number: 'J20418' })],
          then: [[/why/i, "it's fixed itself"]],
        },
      ],
    ),
    u(
      'ordinary',
      [],
      [
        'your man has put a hole in my wall and nobody rings me back',
        { calls: [call('transfer_to_supervisor')] },
      ],
    ),
    u('ordinary', [], ['can i talk to a human', { calls: [call('transfer_to_supervisor')] }]),
    u(
      'ordinary',
      [],
      [
        "i've had a bill from you and i don't understand it",
        {
          calls: [call('transfer_to_office')],
        },
      ],
    ),
    u('hard', [], ['do you do swimming pools', { answer: /swimming pools/i }]),
    u(
      'hard',
      [],
      [
        "it's making this banging noise every time the hot water comes on",
        {
          calls: [job(/banging/i)],
          then: house,
        },
      ],
    ),
    u('easy', office, ['what does the plan cost', { answer: /12 pounds|twelve/i }]),
    u('ordinary', office, [
      'can somebody come and quote for a new bathroom and radiators on monday at ten',
      {
        calls: [
          call('request_quote_visit', {
            visit_at: /^2026-11-30T10:00/,
            customer_name: 'Alan Reid',
          }),
        ],
        then: [
          [/postcode/i, 's eleven eight b q'],
          [/name/i, 'Alan Reid'],
        ],
      },
    ]),
    u('ordinary', office, ['could i pay the bill in bits', { answer: /500|instal/i }]),
    u('ordinary', office, [
      'i want to check invoice four one seven two',
      { calls: [call('get_invoice', { invoice_number: 4172 })] },
    ]),
    u('ordinary', office, [
      "sign me up then i'd rather pay by the year",
      {
        calls: [
          call('start_service_plan', {
            pay: 'yearly',
            boiler_age_years: 6,
            customer_name: 'Alan Reid',
          }),
        ],
        then: [
          [/e-?mail/i, 'alan dot reid at example dot com'],
          [/name/i, 'Alan Reid'],
          [/old|age|years/i, 'six years old'],
        ],
      },
    ]),
    u('hard', office, [
      'the radiator in the bedroom is leaking',
      {
        calls: [call('transfer_to_dispatch')],
      },
    ]),
  ],
  dialogues: [
    dialogue({
      name: 'a burst pipe',
      opening: "oh hello a pipe's burst in the bathroom and it's going everywhere",
      facts: [
        [/turned off|water (?:is )?off|water been/i, 'yes i found the stopcock'],
        [/address|street|where/i, 'twelve orchard road'],
        [/phone|number/i, 'oh seven seven double oh nine hundred one one one'],
        [/urgen|how soon/i, "it's an emergency"],
        [/wrong|problem|happened/i, 'a pipe has burst in the bathroom'],
      ],
      maxTurns: 10,
      final: {
        writes: [
          call('create_job', {
            problem_description: /pipe/i,
            address: /orchard road/i,
            contact_phone: digits('07700900111'),
            urgency: 'emergency',
          }),
        ],
      },
    }),
    dialogue({
      name: 'asks after the engineer',
      level: 'easy',
      opening: 'when is somebody going to be here',
      facts: [[/number/i, 'j two oh four one eight']],
      final: { reads: [status], said: [/5:40|on the way/i] },
    }),
    dialogue({
      name: 'takes a plan',
      level: 'hard',
      opening: "i'd like to know about your service plans",
      facts: [
        [/shall i start/i, 'yes'],
        [/e-?mail/i, 'alan dot reid at example dot com'],
        [/name/i, 'Alan Reid'],
        [/old|age|years/i, "it's about six years old"],
        [/pay|monthly/i, 'monthly'],
      ],
      more: ['what do i get for that', "okay i'd like to sign up"],
      maxTurns: 16,
      final: {
        writes: [
          call('start_service_plan', {
            customer_name: 'Alan Reid',
            email: 'alan.reid@example.com',
            boiler_age_years: 6,
            pay: 'monthly',
          }),
        ],
        said: [/yearly boiler service/i],
      },
    }),
    dialogue({
      name: 'asks for prices only',
      opening: 'hello what do you charge to come out on a sunday',
      facts: [],
      more: ['and how long is it guaranteed'],
      maxTurns: 6,
      final: { said: [/140/, /twelve months|12 months/i] },
    }),
  ],
};
