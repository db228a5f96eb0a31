import { call, dialogue, digits, handedTo, utterance as u, type CaseSet } from '../case.ts';
import type { Reply, Step } from '../case.ts';
import { vet } from './vet.desk.ts';

const owner: readonly Reply[] = [
  [/phone|mobile|number/i, 'oh seven seven double oh nine hundred four five six'],
  [/name/i, "she's called Pepper"],
  [/kind|species|animal|what (?:is|sort)/i, "she's a cat"],
  [/matter|reason|wrong|problem/i, "she's limping on her back leg"],
];
const slots: readonly Step[] = [
  { caller: 'could i get an appointment on wednesday' },
  { call: 'find_appointments', args: { date: '2026-11-25', vet: null } },
  {
    agent:
      'On Wednesday, November 25 there is 9:40 AM with Dr. Okafor and 3:20 PM with Dr. Lindqvist. Which one would you like?',
  },
];
const nurses: readonly Step[] = [
  ...handedTo('nurses', ["it's about his claws", 'I will put you through to the nurses.']),
  { agent: 'What can I do for you?' },
];
const find = (date: string) => call('find_appointments', { date });
const urgent = call('transfer_to_duty_vet');

/** The veterinary surgery. */
export const vetPractice: CaseSet = {
  desk: vet,
  utterances: [
    u(
      'easy',
      [],
      ['can i book an appointment for tomorrow please', { calls: [find('2026-11-24')] }],
    ),
    u('easy', [], ['what time do you close on saturdays', { answer: /noon|twelve/i }]),
    u('easy', [], ['how much is a microchip', { answer: /£20|20 pounds|twenty/i }]),
    u('easy', [], ['my dog needs his nails clipped', { calls: [call('transfer_to_nurses')] }]),
    u(
      'ordinary',
      [],
      [
        "hi it's about my rabbit she's not eaten since saturday can somebody see her today",
        { calls: [find('2026-11-23')] },
      ],
    ),
    u('ordinary', [], ["please help my dog's just been hit by a car", { calls: [urgent] }]),
    u(
      'ordinary',
      [],
      ['i think the cat has swallowed some rat poison what do i do', { calls: [urgent] }],
    ),
    u(
      'ordinary',
      [],
      [
        "biscuit's run out of his metacam could i get some more",
        {
          calls: [
            call('order_repeat_prescription', {
              pet_name: 'Biscuit',
              medicine: /metacam/i,
              packs: 1,
            }),
          ],
          then: [
            [/medicine/i, 'metacam'],
            [/name/i, 'Biscuit'],
          ],
        },
      ],
    ),
    u(
      'ordinary',
      [],
      [
        'i need two packs of apoquel for my dog Rufus',
        {
          calls: [
            call('order_repeat_prescription', {
              pet_name: 'Rufus',
              medicine: /apoquel/i,
              packs: 2,
            }),
          ],
        },
      ],
    ),
    u('ordinary', [], ['can i pay by bank transfer', { answer: /bank transfer/i }]),
    u('ordinary', [], ['what does it cost to have a cat neutered', { answer: /180/ }]),
    u('ordinary', [], ['will you deal with my insurance directly', { answer: /insurer|claim/i }]),
    u('ordinary', [], ['do you see horses', { answer: /horses|farm/i }]),
    u('ordinary', [], ['where can i leave the car when i come in', { answer: /parking|behind/i }]),
    u('ordinary', [], ['is there a charge if i cancel', { answer: /24 hours|15/ }]),
    u(
      'ordinary',
      [],
      [
        'i have to cancel the appointment for biscuit the number is four four one five',
        { calls: [call('cancel_appointment', { booking_number: '4415' })] },
      ],
    ),
    u(
      'ordinary',
      [],
      ['what should i be feeding an overweight labrador', { calls: [call('transfer_to_nurses')] }],
    ),
    u('ordinary', slots, [
      'the twenty to ten one please',
      {
        calls: [
          call('book_appointment', { slot_id: '25-0940', species: 'cat', pet_name: 'Pepper' }),
        ],
        then: owner,
      },
    ]),
    u('ordinary', slots, [
      "i'll take the afternoon it's for my guinea pig Nibbles",
      {
        calls: [
          call('book_appointment', {
            slot_id: '25-1520',
            species: 'small_mammal',
            pet_name: 'Nibbles',
          }),
        ],
        then: owner.filter(([asked]) => !asked.test('name kind')),
      },
    ]),
    u('ordinary', slots, ['anything on friday instead', { calls: [find('2026-11-27')] }]),
    u('hard', [], ["she's shaking all over and foaming at the mouth", { calls: [urgent] }]),
    u(
      'hard',
      [],
      [
        'my tortoise looks a bit off could doctor lindqvist have a look at him thursday',
        {
          calls: [call('find_appointments', { date: '2026-11-26', vet: /lindqvist/i })],
        },
      ],
    ),
    u('hard', [], ['is your place open right now', { answer: /8:30|half past eight|7 pm|seven/i }]),
    u('easy', nurses, ['how much is it to have his nails done', { answer: /14|fourteen/ }]),
    u('ordinary', nurses, [
      'could you do them on tuesday at half past two for Rufus',
      {
        calls: [
          call('book_nurse_clinic', {
            starts_at: /^2026-11-24T14:30/,
            pet_name: 'Rufus',
            purpose: 'nail_clipping',
          }),
        ],
        then: [[/purpose|what (?:is it|for)/i, 'nail clipping']],
      },
    ]),
    u('hard', [], ['can you fix my washing machine', {}]),
  ],
  dialogues: [
    dialogue({
      name: 'books a limping cat in',
      opening: "hello my cat's limping and i'd like somebody to look at her",
      facts: [
        [/(?:which|what) day|when|date/i, 'on wednesday if you can'],
        [/which one|suit|9:40|3:20/i, 'the morning'],
        [/phone|mobile/i, 'oh seven seven double oh nine hundred four five six'],
        [/name/i, 'Pepper'],
        [/kind|species|animal/i, "she's a cat"],
        [/matter|reason|wrong|problem/i, "she's limping on her back leg"],
        [/particular vet|which vet/i, "i don't mind"],
      ],
      maxTurns: 14,
      final: {
        writes: [
          call('book_appointment', {
            slot_id: '25-0940',
            pet_name: 'Pepper',
            species: 'cat',
            phone: digits('07700900456'),
            reason: /limping/i,
          }),
        ],
      },
    }),
    dialogue({
      name: 'asks for prices, then orders tablets',
      opening: 'hi what do you charge for the first puppy injections',
      facts: [
        [/medicine|which/i, 'apoquel'],
        [/name/i, 'Rufus'],
        [/how many|packs/i, 'just the one'],
      ],
      more: ['and i need more tablets for rufus'],
      final: {
        writes: [call('order_repeat_prescription', { pet_name: 'Rufus', medicine: /apoquel/i })],
        said: [/74/],
      },
    }),
    dialogue({
      name: 'cancels',
      level: 'easy',
      opening: "i'm afraid i can't make it on thursday so i need to cancel",
      facts: [
        [/shall i cancel/i, 'yes please'],
        [/number/i, 'four four one five'],
      ],
      final: { writes: [call('cancel_appointment', { booking_number: '4415' })] },
    }),
    dialogue({
      name: 'an emergency',
      level: 'hard',
      opening: "oh god he can't breathe he's choking on something",
      facts: [[/./, "he's choking"]],
      maxTurns: 4,
      final: { over: 'person' },
    }),
  ],
};
