import { object, text } from './schema.ts';
import type { TestDesk } from './test-desk.ts';

/** One agent, words of the caller as arguments, an address, moments, money, quotes. */
export const plumber: TestDesk = {
  firstAgent: 'office',
  greeting: 'Rapid Plumbing, good morning.',
  agents: {
    office: {
      handoffDescription: 'office',
      canEndCall: true,
      handoffs: [],
      instructions: `You take calls for Rapid Plumbing. Call-outs cost 60 pounds including the first half hour. Work is guaranteed for twelve months.`,
      tools: [
        {
          name: 'report_problem',
          description: 'Send a plumber to a leak, a blockage, a broken boiler or any other fault.',
          parameters: object({
            problem: text('What is wrong, in the words of the caller'),
            address: text('Street and house number'),
            postcode: text('Postcode', { pattern: '^[A-Z]{1,2}\\d[A-Z\\d]? ?\\d[A-Z]{2}$' }),
            urgency: {
              type: 'string',
              enum: ['emergency', 'today', 'this_week'],
              description:
                'emergency: water is running out or there is no heating; today: it can wait some hours; this_week: no hurry',
            },
            phone: text('Number to call back'),
          }),
          run: (a) => ({
            job_number: '5521',
            plumber: 'Kim',
            arrival: a['urgency'] === 'emergency' ? 'within the hour' : 'as agreed',
          }),
        },
        {
          name: 'move_job',
          description: 'Move a job to another day or time.',
          parameters: object({
            job_number: text('Job number, four digits', { pattern: '^\\d{4}$' }),
            new_start: text('New day and time', { format: 'date-time' }),
          }),
          confirm: ({ new_start }) => `Shall I move it to ${String(new_start)}?`,
          run: (a) => ({ moved: true, ...a }),
        },
        {
          name: 'pay_bill',
          description: 'Pay a bill or part of it by card on file.',
          parameters: object({
            job_number: text('Job number, four digits', { pattern: '^\\d{4}$' }),
            amount: { type: 'number', exclusiveMinimum: 0, description: 'Amount in pounds' },
          }),
          confirm: ({ amount }) => `Shall I take ${String(amount)} pounds from your card?`,
          run: (a) => ({ paid: true, ...a }),
        },
        {
          name: 'get_quote',
          description:
            'Say what planned work costs, such as fitting a bathroom, a boiler or radiators.',
          parameters: object({
            work: {
              type: 'string',
              enum: ['new_bathroom', 'new_boiler', 'radiators'],
              description: 'Kind of work',
            },
            rooms: { type: 'integer', minimum: 1, maximum: 12, description: 'How many rooms' },
          }),
          run: ({ rooms }) => ({
            quotes: [
              { quote_id: 'q1', name: 'Basic', price: 900 * Number(rooms), currency: 'GBP' },
              { quote_id: 'q2', name: 'Comfort', price: 1400 * Number(rooms), currency: 'GBP' },
            ],
          }),
        },
        {
          name: 'accept_quote',
          description: 'Accept a quote that was given.',
          parameters: object({
            quote_id: text('From get_quote'),
            name: text("The customer's name"),
          }),
          run: (a) => ({ accepted: true, ...a, reference: 'RP-31' }),
        },
      ],
    },
  },
};
