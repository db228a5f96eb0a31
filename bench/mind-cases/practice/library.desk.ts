import type { TestDesk } from '../../../src/engine/mind/cases/test-desk.ts';
import type { BenchDesk } from '../case.ts';
import { object, text } from '../desks/schema.ts';

const items = [
  { itemId: 'it_77', title: 'Wolf Hall', author: 'Hilary Mantel', format: 'BOOK' },
  { itemId: 'it_78', title: 'Wolf Hall', author: 'Hilary Mantel', format: 'AUDIO_BOOK' },
  { itemId: 'it_90', title: 'Klara and the Sun', author: 'Kazuo Ishiguro', format: 'BOOK' },
];
const events = [
  { eventId: 'ev_1', name: 'Story time', startsAt: '2026-11-25T10:30:00', free: 12 },
  { eventId: 'ev_2', name: 'Creative writing', startsAt: '2026-11-26T18:00:00', free: 3 },
  { eventId: 'ev_3', name: 'Coding club', startsAt: '2026-11-28T14:00:00', free: 8 },
];
const branches = ['CENTRAL', 'NORTH_PARK', 'HARBOUR'];

function open(): TestDesk {
  return {
    firstAgent: 'library',
    greeting: 'City libraries, hello!',
    agents: {
      library: {
        handoffDescription: 'Library assistant.',
        instructions: `Phone assistant for the city libraries. Short answers. Look items up with searchCatalogue before reserving. Membership is free for residents. Loans run three weeks and can be renewed twice. Late returns cost 20 cents a day per item. Central is open every day 9 to 8, North Park and Harbour Tuesday to Saturday 10 to 6. Printing is 10 cents a page. Study rooms can be used for two hours by anyone with a card. If someone wants to donate books, tell them to bring them to Central on a Monday. Default pickupBranch is CENTRAL. Problems with fines or angry callers: connectToLibrarian.`,
        handoffs: [],
        canEndCall: true,
        tools: [
          {
            name: 'searchCatalogue',
            description: 'Search catalogue.',
            parameters: object(
              {
                title: { type: 'string' },
                author: { type: 'string' },
                format: { type: 'string', enum: ['BOOK', 'AUDIO_BOOK', 'DVD'] },
              },
              ['title'],
            ),
            run: ({ title, format }) => {
              const found = items.filter(
                (item) =>
                  item.title.toLowerCase().includes(text(title).toLowerCase().trim()) &&
                  (format === undefined || item.format === format),
              );
              return found.length > 0 ? { items: found } : { error: 'Nothing found.' };
            },
          },
          {
            name: 'reserveItem',
            description: 'Put an item on hold.',
            parameters: object(
              {
                itemId: { type: 'string' },
                cardNumber: { type: 'string', pattern: '^\\d{6}$' },
                pickupBranch: { type: 'string', enum: branches },
              },
              ['itemId', 'cardNumber'],
            ),
            run: ({ itemId, pickupBranch }) => ({
              reserved: itemId,
              pickup: pickupBranch ?? 'CENTRAL',
            }),
          },
          {
            name: 'renewLoans',
            description: 'Renew all loans.',
            parameters: object({ cardNumber: { type: 'string', pattern: '^\\d{6}$' } }),
            run: () => ({ renewed: 3, dueDate: '2026-12-14' }),
          },
          {
            name: 'getAccount',
            description: 'Loans, due dates, fines.',
            parameters: object({ cardNumber: { type: 'string', pattern: '^\\d{6}$' } }),
            run: () => ({ loans: 3, nextDueDate: '2026-11-27', fines: 1.4, currency: 'EUR' }),
          },
          {
            name: 'listEvents',
            description: 'Upcoming events.',
            parameters: object({}),
            run: () => ({ events }),
          },
          {
            name: 'signUpForEvent',
            description: 'Sign up for an event.',
            parameters: object({
              eventId: { type: 'string' },
              participantName: { type: 'string' },
              places: { type: 'integer', minimum: 1, maximum: 10 },
            }),
            run: ({ eventId }) => ({ signedUp: true, eventId }),
          },
          {
            name: 'bookStudyRoom',
            description: 'Book study room.',
            parameters: object({
              branch: { type: 'string', enum: branches },
              date: { type: 'string', format: 'date' },
              startTime: { type: 'string', format: 'time' },
              people: { type: 'integer', minimum: 1, maximum: 8 },
              needsScreen: { type: 'boolean' },
            }),
            run: ({ branch, date }) => ({ roomNumber: 4, branch, date }),
          },
          {
            name: 'reportLostCard',
            description: 'Block card, send new one.',
            parameters: object({
              fullName: { type: 'string' },
              dateOfBirth: { type: 'string', format: 'date' },
            }),
            run: () => ({ blocked: true, newCardArrives: '2026-11-30' }),
          },
          {
            name: 'connectToLibrarian',
            description: 'Human takes over.',
            parameters: object({ reason: { type: 'string' } }, []),
            run: () => ({ connected: true }),
          },
        ],
      },
    },
  };
}

/** A library: camelCase, hardly a description, ids from a search, options in capitals, no parameters. */
export const library: BenchDesk = {
  name: 'library',
  timeZone: 'Europe/Dublin',
  time: '13:30',
  writes: ['reserveItem', 'renewLoans', 'signUpForEvent', 'bookStudyRoom', 'reportLostCard'],
  open,
};
