import type { TestDesk } from '../../../src/engine/mind/cases/test-desk.ts';
import type { BenchDesk } from '../case.ts';
import { object, text } from '../desks/schema.ts';

function open(): TestDesk {
  const tables = new Map([
    ['B612', { name: 'Keller', party: 4, date: '2026-11-27', time: '19:30' }],
  ]);
  return {
    firstAgent: 'host',
    greeting: 'Trattoria Lucia, buona sera! What can I do for you?',
    agents: {
      host: {
        handoffDescription: 'The host.',
        instructions: `You take calls for Trattoria Lucia, an Italian restaurant. Be warm.

**Tables.** Check what is free before you book. A table is held for fifteen minutes. Parties of more than eight are for the events team.
**Kitchen.** Open for lunch from 12 to 2:30 and for dinner from 6 to 10; closed on Mondays. The set lunch is 19 euros. We have vegan and gluten free dishes. Children eat at half price.
**Rules.** Dogs are welcome on the terrace only. Cakes may be brought along for a fee of 2 euros a head. There is no dress code.
**Takeaway.** Orders are ready after about thirty minutes; we do not deliver.
**Gift vouchers** can be bought at the bar or sent by post.`,
        handoffs: ['events'],
        canEndCall: true,
        tools: [
          {
            name: 'check_tables',
            description: 'Free times for a party on a date.',
            parameters: object({
              date: { type: 'string', format: 'date' },
              party_size: { type: 'integer', minimum: 1, maximum: 8 },
            }),
            run: ({ date }) => ({
              date,
              times: text(date) === '2026-11-30' ? [] : ['18:00', '19:30', '21:00'],
            }),
          },
          {
            name: 'book_table',
            description: 'Book a table.',
            parameters: object(
              {
                date: { type: 'string', format: 'date' },
                time: { type: 'string', pattern: '^\\d{2}:\\d{2}$' },
                party_size: { type: 'integer', minimum: 1, maximum: 8 },
                name: { type: 'string' },
                phone: { type: 'string' },
                seating: { type: 'string', enum: ['inside', 'terrace', 'no_preference'] },
                special_requests: { type: ['string', 'null'] },
              },
              ['date', 'time', 'party_size', 'name', 'phone'],
            ),
            run: ({ date, time }) => ({ booking_code: 'B700', date, time }),
          },
          {
            name: 'find_booking',
            description: 'Look up a booking.',
            parameters: object({ booking_code: { type: 'string', pattern: '^B\\d{3}$' } }),
            run: ({ booking_code: code }) =>
              tables.get(text(code)) ?? { error: 'No such booking.' },
          },
          {
            name: 'cancel_booking',
            description: 'Cancel a booking.',
            parameters: object({ booking_code: { type: 'string', pattern: '^B\\d{3}$' } }),
            run: ({ booking_code: code }) => ({ cancelled: code }),
          },
          {
            name: 'order_takeaway',
            description: 'Order dishes to take away.',
            parameters: object(
              {
                dishes: { type: 'array', items: { type: 'string' }, minItems: 1 },
                pickup_time: { type: 'string', pattern: '^\\d{2}:\\d{2}$' },
                name: { type: 'string' },
                cutlery: { type: 'boolean', default: false },
              },
              ['dishes', 'pickup_time', 'name', 'cutlery'],
            ),
            run: () => ({ order_number: 41 }),
          },
        ],
      },
    },
    people: {
      events: {
        label: 'The events team',
        handoffDescription:
          'Events team: weddings, birthdays and company dinners with more than eight guests.',
        refusal: null,
      },
    },
  };
}

/** A restaurant: dates, times and counts in one sentence, no descriptions, rules in prose under bold headings. */
export const restaurant: BenchDesk = {
  name: 'restaurant',
  timeZone: 'Europe/Berlin',
  time: '15:40',
  writes: ['book_table', 'cancel_booking', 'order_takeaway'],
  open,
};
