import type { CannedAgent, TestDesk } from '../../../src/engine/mind/cases/test-desk.ts';
import type { BenchDesk } from '../case.ts';
import { object, text } from '../desks/schema.ts';

const guestName = {
  type: 'string',
  minLength: 2,
  maxLength: 60,
  description: 'First and last name',
};
const date = (what: string) => ({ type: 'string', format: 'date', description: what });
const clock = (what: string) => ({
  type: 'string',
  pattern: '^\\d{2}:\\d{2}$',
  description: `${what}, 24 hours, HH:MM`,
});
const roomNumber = {
  type: 'integer',
  minimum: 101,
  maximum: 418,
  description: 'Number of the room the guest stays in',
};
const rooms = [
  { room_id: 'standard', room: 'a standard double', price_per_night: 120, sleeps: 2 },
  { room_id: 'sea_view', room: 'a double with a sea view', price_per_night: 165, sleeps: 2 },
  { room_id: 'family', room: 'a family room', price_per_night: 210, sleeps: 4 },
];
const full = ['2026-12-31', '2026-12-24'];

function makeDesk(): TestDesk {
  const stays = new Map([['LH7Q4', { name: 'Nora Byrne', arrival: '2026-12-11', nights: 2 }]]);
  let asked: { arrival: string; nights: number } | undefined;

  const reservations: CannedAgent = {
    handoffDescription: 'Room reservations: free rooms and prices, to book or cancel a stay.',
    instructions: `You take room reservations for the Lighthouse Hotel.

- To book: you need the day of arrival, the number of nights and the number of guests. Check what is free, name the rooms with their price, and let the caller choose.
- Then ask for their name and an e-mail address for the confirmation, and book.
- A stay is cancelled with its booking code. It is free of charge up to two days before arrival.
- Breakfast is included in every price. Children under six stay for free.
- Tables are for the restaurant. Guests who are in the house already are for guest services.`,
    handoffs: ['welcome', 'restaurant', 'guest_services', 'duty_manager'],
    tools: [
      {
        name: 'check_rooms',
        description: 'Check which rooms are free, and their price.',
        parameters: object({
          arrival: date('Day of arrival'),
          nights: { type: 'integer', minimum: 1, maximum: 28, description: 'Number of nights' },
          guests: { type: 'integer', minimum: 1, maximum: 6, description: 'Number of guests' },
        }),
        run: ({ arrival, nights, guests }) => {
          const free = rooms.filter(({ sleeps }) => sleeps >= Number(guests));
          if (full.includes(text(arrival)) || free.length === 0)
            return { error: 'Nothing is free for these nights, I am sorry.' };
          asked = { arrival: text(arrival), nights: Number(nights) };
          return { rooms: free.map(({ sleeps: _, ...room }) => ({ ...room, currency: 'EUR' })) };
        },
      },
      {
        name: 'book_room',
        description: 'Book one of the rooms that are free.',
        parameters: object({
          room_id: { type: 'string', description: 'The room, from check_rooms' },
          name: guestName,
          email: {
            type: 'string',
            format: 'email',
            description: 'E-mail address that the confirmation goes to',
          },
        }),
        confirm: ({ room_id: id, name, email }) => {
          const room = rooms.find(({ room_id: known }) => known === id);
          return room && asked
            ? `Shall I book ${room.room} from ${asked.arrival} for ${asked.nights} nights for ${text(name)}, and write to ${text(email)}?`
            : { error: 'I have to check the rooms first.' };
        },
        run: ({ room_id: id }) => ({
          code: 'LH2X8',
          room: rooms.find(({ room_id: known }) => known === id)?.room,
          ...asked,
        }),
      },
      {
        name: 'cancel_stay',
        description: 'Cancel a stay that is booked.',
        parameters: object({
          code: {
            type: 'string',
            pattern: '^LH[A-Z0-9]{3}$',
            description: 'Booking code: the letters L H and three letters or digits, such as LH3K9',
          },
        }),
        confirm: ({ code }) => {
          const stay = stays.get(text(code));
          return stay
            ? `Shall I cancel the stay of ${stay.name} from ${stay.arrival}?`
            : { error: `There is no booking with the code ${text(code)}.` };
        },
        run: ({ code }) => {
          stays.delete(text(code));
          return { code, cancelled: true, charge: 0 };
        },
      },
    ],
  };

  const restaurant: CannedAgent = {
    handoffDescription: 'The restaurant: tables for lunch and dinner, the menu, allergies.',
    instructions: `You take reservations for the restaurant of the Lighthouse Hotel.

- Lunch is from 12 to 3, dinner from 6 to 10. The kitchen is closed on Mondays.
- For a table you need the day, the time, the number of people and a name. Ask whether anybody has an allergy only if the caller brings it up.
- There are vegetarian and vegan dishes every day. Dogs are welcome on the terrace.
- Tables for more than eight people are for the duty manager.
- Rooms are for reservations.`,
    handoffs: ['welcome', 'reservations', 'duty_manager'],
    tools: [
      {
        name: 'book_table',
        description: 'Reserve a table.',
        parameters: object(
          {
            date: date('Day of the meal'),
            time: clock('Time of the meal'),
            people: { type: 'integer', minimum: 1, maximum: 8, description: 'How many people' },
            name: guestName,
            allergies: {
              anyOf: [{ type: 'string' }, { type: 'null' }],
              description: 'Allergies, if the caller brings them up',
            },
          },
          ['date', 'time', 'people', 'name'],
        ),
        confirm: ({ date: on, time: at, people, name }) =>
          new Date(`${text(on)}T12:00:00Z`).getUTCDay() === 1
            ? { error: 'The kitchen is closed on Mondays.' }
            : `Shall I reserve a table for ${Number(people)} on ${text(on)} at ${text(at)}, in the name of ${text(name)}?`,
        run: ({ date: on, time: at, people }) => ({
          table: 'reserved',
          date: on,
          time: at,
          people,
        }),
      },
    ],
  };

  const guestServices: CannedAgent = {
    handoffDescription:
      'Guest services, for guests in the house: things for the room, wake-up calls, something broken, taxis.',
    instructions: `You look after the guests who are in the Lighthouse Hotel. Always ask for the room number if you do not have it.

- Bring what they need to the room, set wake-up calls, order taxis, and pass on what does not work.
- The pool is on the roof and open from 7 to 21. The wi-fi is called Lighthouse and needs no password.
- Check-out is at 11. A late check-out until 2 costs 25 euros and is for the duty manager.`,
    handoffs: ['welcome', 'restaurant', 'duty_manager'],
    tools: [
      {
        name: 'bring_to_room',
        description: 'Have something brought to the room of a guest.',
        parameters: object(
          {
            room_number: roomNumber,
            item: {
              type: 'string',
              enum: ['towels', 'pillow', 'blanket', 'iron', 'hair_dryer', 'baby_cot', 'water'],
              description: 'What is brought',
            },
            quantity: {
              type: 'integer',
              minimum: 1,
              maximum: 10,
              default: 1,
              description: 'How many',
            },
          },
          ['room_number', 'item'],
        ),
        run: ({ item }) => ({ item, on_its_way: true, minutes: 10 }),
      },
      {
        name: 'set_wake_up_call',
        description: 'Wake a guest by telephone.',
        parameters: object({ room_number: roomNumber, date: date('The day'), time: clock('When') }),
        run: ({ date: on, time: at }) => ({ wake_up_call: 'set', date: on, time: at }),
      },
      {
        name: 'report_fault',
        description: 'Pass on that something in a room is broken, dirty or missing.',
        parameters: object({
          room_number: roomNumber,
          fault: {
            type: 'string',
            minLength: 3,
            description: 'What is wrong, as the guest says it',
          },
        }),
        run: () => ({ passed_on: true, somebody_comes_within_minutes: 30 }),
      },
      {
        name: 'order_taxi',
        description: 'Order a taxi for a guest.',
        parameters: object({
          room_number: roomNumber,
          destination: { type: 'string', minLength: 2, description: 'Where to' },
          date: date('The day'),
          time: clock('When it should be at the door'),
        }),
        run: ({ destination, time: at }) => ({ taxi: 'ordered', destination, time: at }),
      },
    ],
  };

  return {
    firstAgent: 'welcome',
    greeting: 'The Lighthouse Hotel, good afternoon.',
    agents: {
      welcome: {
        handoffDescription: 'The switchboard of the hotel, for general questions and goodbyes.',
        instructions: `You answer the telephone of the Lighthouse Hotel in Howth, near Dublin.

- Whoever wants a room, or has booked one, goes to reservations.
- Whoever wants to eat goes to the restaurant.
- Guests who are staying with us now go to guest services.
- Complaints go to the duty manager.
- Lost property is kept for three months. It can be fetched at any time of the day.
- The airport is twenty minutes away. Parking costs 12 euros a night.
- Pets are not allowed in the rooms.

Do not guess. Ask when you are not sure. Once the caller is done, say goodbye and hang up.`,
        tools: [],
        handoffs: ['reservations', 'restaurant', 'guest_services', 'duty_manager'],
        canEndCall: true,
      },
      reservations,
      restaurant,
      guest_services: guestServices,
    },
    people: {
      duty_manager: {
        label: 'The duty manager',
        handoffDescription:
          'The duty manager, a person, for complaints, large groups and special wishes.',
        refusal: null,
      },
    },
  };
}

/** A hotel: nights, guests, e-mail, room numbers, tables, wake-up calls. */
export const hotel: BenchDesk = {
  name: 'hotel',
  timeZone: 'Europe/Dublin',
  time: '14:20',
  writes: [
    ...[
      'book_room',
      'cancel_stay',
      'book_table',
      'bring_to_room',
      'set_wake_up_call',
      'report_fault',
    ],
    ...['order_taxi', 'request_callback', 'leave_message'],
  ],
  open: makeDesk,
};
