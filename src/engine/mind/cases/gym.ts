import { object, text } from './schema.ts';
import type { TestDesk } from './test-desk.ts';

/** Two agents, a long list, dates from and to, proof of who calls, several options. */
export const gym: TestDesk = {
  firstAgent: 'desk',
  greeting: 'Pulse Gym, hi there.',
  agents: {
    desk: {
      handoffDescription: 'front desk',
      canEndCall: true,
      handoffs: ['memberships'],
      instructions: `You are the front desk of Pulse Gym. Memberships, freezing and payments go to memberships. Showers and towels are free. We open at six every morning and close at ten at night.`,
      tools: [
        {
          name: 'list_classes',
          description: 'List the classes of a day.',
          parameters: object({ day: text('Day', { format: 'date' }) }),
          run: ({ day }) => ({
            day,
            classes: [
              ['c1', 'Yoga', '07:00', 'Ines', 3],
              ['c2', 'Spinning', '12:30', 'Raj', 0],
              ['c3', 'Yoga', '18:00', 'Ines', 8],
              ['c4', 'Boxing', '19:00', 'Leo', 2],
              ['c5', 'Pilates', '19:30', 'Mei', 5],
              ['c6', 'Zumba', '20:15', 'Raj', 9],
            ].map(([class_id, name, time, trainer, places]) => ({
              class_id,
              name,
              time,
              trainer,
              places,
            })),
          }),
        },
        {
          name: 'book_class',
          description: 'Book places in a class.',
          parameters: object({
            class_id: text('The class, from list_classes'),
            places: { type: 'integer', minimum: 1, maximum: 4, description: 'How many places' },
            member_number: text('Member number, six digits', { pattern: '^\\d{6}$' }),
          }),
          run: ({ class_id, places }) =>
            class_id === 'c2'
              ? { error: 'That class is full. Please choose another one.' }
              : { booked: true, places, reference: 'PG-88' },
        },
        {
          name: 'cancel_class',
          description: 'Cancel a booked class.',
          parameters: object({ reference: text('Booking reference', { pattern: '^PG-\\d{2}$' }) }),
          confirm: ({ reference }) => `Shall I cancel booking ${String(reference)}?`,
          run: (a) => ({ cancelled: true, ...a }),
        },
      ],
    },
    memberships: {
      handoffDescription:
        'Hand the caller to memberships, for joining, freezing, cancelling a membership and payments.',
      canReturn: true,
      handoffs: ['desk'],
      instructions: 'You look after memberships of Pulse Gym.',
      tools: [
        {
          name: 'freeze_membership',
          description: 'Freeze a membership for a while, for holidays or illness.',
          verified: true,
          parameters: object({
            from_date: text('First day', { format: 'date' }),
            to_date: text('Last day', { format: 'date' }),
            reason: text('Why the member wants to freeze it'),
          }),
          confirm: ({ from_date, to_date }) =>
            `Shall I freeze it from ${String(from_date)} to ${String(to_date)}?`,
          run: (a) => ({ frozen: true, ...a }),
        },
        {
          name: 'verify_member',
          description: 'Find out who the member is.',
          verifies: true,
          parameters: object({
            member_number: text('Member number, six digits', { pattern: '^\\d{6}$' }),
            date_of_birth: text("The member's date of birth, YYYY-MM-DD"),
          }),
          run: ({ member_number, date_of_birth }, { claim }) =>
            claim(
              member_number === '204060' && date_of_birth === '1988-04-09'
                ? 'Tara Quinn'
                : undefined,
            ),
        },
        {
          name: 'join',
          description: 'Sign a new member up.',
          parameters: object({
            first_name: text('First name'),
            last_name: text('Last name'),
            email: text('E-mail', { format: 'email' }),
            plan: {
              type: 'string',
              enum: ['off_peak', 'full', 'student'],
              description:
                'Plan: off_peak (weekdays until four), full (any time), student (with a student card)',
            },
            start: text('First day', { format: 'date' }),
            interests: {
              type: 'array',
              items: { type: 'string', enum: ['swimming', 'weights', 'classes'] },
              description: 'What they want to do',
            },
          }),
          run: (a) => ({ joined: true, member_number: '771234', start: a['start'] }),
        },
      ],
    },
  },
};
