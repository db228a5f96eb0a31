import { object, text } from './schema.ts';
import type { TestDesk } from './test-desk.ts';

/** One agent, animals, options told by their descriptions, a telephone number, yes and no. */
export const vet: TestDesk = {
  firstAgent: 'reception',
  greeting: 'Meadow Vets, hello. How can we help?',
  agents: {
    reception: {
      handoffDescription: 'Hand the caller to reception.',
      canEndCall: true,
      handoffs: [],
      instructions: `You answer the phone of Meadow Vets.
- We are open Monday to Friday from eight to six and on Saturday morning until one.
- Out of hours, Northern Emergency Vets on Mill Road takes emergencies.
- A vaccination costs 45 pounds and a check-up costs 38 pounds.
- Before you cancel a visit, read back the day and time and ask the caller to confirm.`,
      tools: [
        {
          name: 'find_visits',
          description: 'Find free times for a visit on a day.',
          parameters: object({
            day: text('Day of the visit', { format: 'date' }),
            kind: {
              type: 'string',
              enum: ['check_up', 'vaccination', 'surgery'],
              description:
                'check_up: a general look at the animal, limping, not eating; vaccination: jabs and boosters; surgery: neutering and operations',
            },
          }),
          run: ({ day }) =>
            day === '2026-11-28'
              ? { visits: [] }
              : {
                  visits: ['09:20', '11:40', '16:10'].map((t, i) => ({
                    visit_id: `v${i}-${String(day)}`,
                    starts_at: `${String(day)}T${t}:00+00:00`,
                    vet: ['Dr Okoro', 'Dr Silva', 'Dr Okoro'][i],
                  })),
                },
        },
        {
          name: 'book_visit',
          description: 'Book a visit to the vet. It reads back itself and asks to confirm.',
          parameters: object({
            visit_id: text('The visit, from find_visits'),
            pet_name: text("The animal's name"),
            species: {
              type: 'string',
              enum: ['dog', 'cat', 'rabbit', 'bird', 'other'],
              description: 'What kind of animal it is',
            },
            owner_name: text("The caller's full name"),
            phone: text('Mobile number for the reminder'),
            new_patient: {
              type: 'boolean',
              description: 'Whether the animal has never been here before',
            },
          }),
          confirm: ({ pet_name, visit_id }) =>
            `Shall I book ${String(pet_name)} in on ${String(visit_id).slice(3)}?`,
          run: ({ pet_name }) => ({ reference: 'MV-4711', booked: true, pet_name }),
        },
        {
          name: 'cancel_visit',
          description: 'Cancel a visit by its reference.',
          parameters: object({
            reference: text('Reference of the visit', { pattern: '^MV-\\d{4}$' }),
          }),
          run: ({ reference }) =>
            reference === 'MV-1234'
              ? { reference, cancelled: true }
              : { error: `There is no visit ${String(reference)}.` },
        },
        {
          name: 'order_medicine',
          description: 'Order more of a medicine or food that an animal takes regularly.',
          parameters: object({
            medicine: text('Which medicine or food'),
            packs: { type: 'integer', minimum: 1, maximum: 10, description: 'How many packs' },
            pet_name: text("The animal's name"),
            collect_on: text('Day it is collected', { format: 'date' }),
            email: {
              anyOf: [{ type: 'string', format: 'email' }, { type: 'null' }],
              description: 'Where the receipt goes',
            },
          }),
          run: (a) => ({ ordered: true, order_number: '8812', ready: a['collect_on'] }),
        },
      ],
    },
  },
};
