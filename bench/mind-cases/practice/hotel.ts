import { call, dialogue, type CaseSet } from '../case.ts';
import { hotel } from './hotel.desk.ts';
import { utterances } from './hotel.utterances.ts';

/** The hotel. */
export const hotelPractice: CaseSet = {
  desk: hotel,
  utterances,
  dialogues: [
    dialogue({
      name: 'books a room',
      opening: "hello i'd like to stay with you for a couple of nights",
      facts: [
        [/shall i book/i, "yes that's all right"],
        [/mail/i, 'a smith forty two at example dot com'],
        [/name/i, 'alan smith'],
        [/how many nights|number of nights|nights/i, 'two nights'],
        [/guests|people|how many/i, 'just me and my wife so two'],
        [/which (?:one|room)|what room|prefer|would you like\?/i, 'the sea view please'],
        [/arriv|which day|what day|when|date/i, 'on friday the fourth of december'],
      ],
      maxTurns: 14,
      final: {
        reads: [call('check_rooms', { arrival: '2026-12-04', nights: 2, guests: 2 })],
        writes: [
          call('book_room', {
            room_id: 'sea_view',
            name: 'Alan Smith',
            email: 'asmith42@example.com',
          }),
        ],
      },
    }),
    dialogue({
      name: 'reserves a table',
      level: 'easy',
      opening: 'can i book a table for wednesday evening',
      facts: [
        [/shall i reserve/i, 'yes please'],
        [/name/i, 'una walsh'],
        [/how many|people/i, 'five'],
        [/time/i, 'at eight'],
        [/day|when|date/i, 'this wednesday'],
      ],
      final: {
        writes: [
          call('book_table', { date: '2026-11-25', time: '20:00', people: 5, name: 'Una Walsh' }),
        ],
      },
    }),
    dialogue({
      name: 'cancels a stay',
      opening: "hi i've booked a room for december but we can't come after all",
      facts: [
        [/shall i cancel/i, 'yes please cancel it'],
        [/code|reference/i, 'l h seven q four'],
      ],
      final: { writes: [call('cancel_stay', { code: 'LH7Q4' })] },
    }),
    dialogue({
      name: 'needs two things in the room',
      level: 'hard',
      opening:
        'hi this is room two one four we need another pillow and can you wake us at seven tomorrow',
      facts: [
        [/room/i, 'two one four'],
        [/how many|quantity/i, 'just one'],
        [/time|when/i, 'at seven in the morning'],
        [/day|date/i, 'tomorrow'],
        [/what.*(?:brought|bring)|item/i, 'a pillow'],
      ],
      final: {
        writes: [
          call('bring_to_room', { room_number: 214, item: 'pillow' }),
          call('set_wake_up_call', { room_number: 214, date: '2026-11-24', time: '07:00' }),
        ],
      },
    }),
    dialogue({
      name: 'says what is broken, then asks for the pool',
      opening: "hello the lamp next to my bed doesn't work",
      facts: [
        [/room/i, "it's four one one"],
        [/wrong|broken|fault/i, "the lamp next to my bed doesn't work"],
      ],
      more: ['and until when is the pool open'],
      final: {
        writes: [call('report_fault', { room_number: 411, fault: /lamp/i })],
        said: [/21|nine/i],
      },
    }),
    dialogue({
      name: 'asks about the airport, then wants a table on the closed day',
      opening: 'how far is it from the airport to you',
      facts: [
        [/shall i reserve/i, 'yes'],
        [/name/i, 'ben moore'],
        [/how many|people/i, 'two'],
        [
          /closed|tuesday|another day|which day|what day|day would/i,
          'then tuesday the first of december',
        ],
        [/time/i, 'seven in the evening'],
        [/day|when|date/i, 'on tuesday the first of december'],
      ],
      more: ["great and i'd like a table for two next monday evening"],
      maxTurns: 14,
      final: {
        said: [/twenty|20/i, /closed/i],
        writes: [
          call('book_table', { date: '2026-12-01', time: '19:00', people: 2, name: 'Ben Moore' }),
        ],
      },
    }),
  ],
};
