import type { TestDesk } from '../../../src/engine/mind/cases/test-desk.ts';
import type { BenchDesk } from '../case.ts';
import { object, text } from './schema.ts';

const plate = {
  type: 'string',
  minLength: 2,
  maxLength: 8,
  description: "The car's number plate, letters and digits without spaces, such as KT19ABC",
};
const phone = {
  type: 'string',
  pattern: '^[\\d+][\\d +()-]{6,24}$',
  description: 'A telephone number to reach the caller on',
};
const day = (of: string) => ({
  type: 'string',
  format: 'date',
  description: `The day ${of}, YYYY-MM-DD`,
});
const works = ['oil_change', 'brake_check', 'full_service', 'mot_test', 'diagnosis'];
const workWords: Readonly<Record<string, string>> = {
  oil_change: 'an oil change',
  brake_check: 'a brake check',
  full_service: 'a full service',
  mot_test: 'an MOT test',
  diagnosis: 'a diagnosis',
};

const plain = (given: unknown): string =>
  text(given)
    .toUpperCase()
    .replaceAll(/[^A-Z\d]/g, '');

interface Bay {
  readonly date: string;
  readonly time: string;
  readonly mechanic: string;
  work: string;
  free: boolean;
}

function open(): TestDesk {
  const cars = new Map([
    ['KT19ABC', { ready: true, total: 342.5 }],
    ['LB07XYZ', { ready: false, total: 0 }],
  ]);
  const bays = new Map<string, Bay>();
  for (const date of ['2026-11-24', '2026-11-25', '2026-11-27', '2026-11-30', '2026-12-02']) {
    const bay = { date, work: '', free: true };
    bays.set(`bay_${date.slice(8)}_08`, { ...bay, time: '08:00', mechanic: 'Olga' });
    bays.set(`bay_${date.slice(8)}_13`, { ...bay, time: '13:00', mechanic: 'Femi' });
  }
  const reservations = new Map([['R4471', { car: 'LB07XYZ', date: '2026-12-01' }]]);
  const offers = new Map<
    string,
    { readonly brand: string; readonly price: number; readonly count: number }
  >();

  return {
    firstAgent: 'front',
    greeting: 'Northside Garage, good morning. What can we do for your car?',
    agents: {
      front: {
        handoffDescription:
          'Hand the caller to reception, for general questions and everything else.',
        instructions: `You answer the phone of Northside Garage in Leeds. Be friendly and brief.

# What you do
- Repairs, services, MOT tests, inspections and strange noises go to the workshop. So does a car that has broken down.
- Tyres and parts to order go to the parts counter.
- A caller who complains goes to the manager.
- You can tell callers whether their car is ready. You need the number plate.

# What you know
- We are open Monday to Friday from 8 to 6, and on Saturdays from 9 to 1.
- We are at 40 Mill Lane, behind the station.
- Customers can pay with cash or any card, but not with cheques.
- A courtesy car is free of charge while yours is with us.
- An MOT test costs 54 pounds. An oil change costs 89 pounds.

Say goodbye and end the call when the caller needs nothing more.`,
        tools: [
          {
            name: 'check_repair_status',
            description:
              'Check whether a car in the workshop is ready to be picked up, and what it costs.',
            parameters: object({ plate }),
            run: ({ plate: given }) => {
              const car = cars.get(plain(given));
              if (!car) return { error: `No car with the plate ${text(given)} is with us.` };
              return car.ready
                ? { plate: plain(given), ready: true, total: car.total, currency: 'GBP' }
                : { plate: plain(given), ready: false, expected: '2026-11-25' };
            },
          },
        ],
        handoffs: ['workshop', 'parts', 'manager'],
        canEndCall: true,
      },
      workshop: {
        handoffDescription:
          'Hand the caller to the workshop, for repairs, services, MOT tests, oil changes, inspections, strange noises and breakdowns.',
        instructions: `You plan the work of the workshop of Northside Garage.

- To bring a car in: find out what kind of work it is and on which day, find the free bays, let the caller choose, then reserve. Ask for the number plate, a telephone number, and whether they need a courtesy car.
- If nobody knows what is wrong with the car, the kind of work is a diagnosis.
- To cancel, ask for the reservation number.
- A car that cannot be driven is towed. Ask where it is.
- A full service takes a whole day. An oil change takes an hour.
- Tyres and parts go to the parts counter. Everything else, and goodbye, goes to reception.

Examples of what callers say:
- "it's making a funny noise": find_bays
- "I can't make it on Tuesday any more": cancel_reservation
- "it won't start and I'm stuck": send_tow_truck`,
        handoffs: ['front', 'parts', 'manager'],
        tools: [
          {
            name: 'find_bays',
            description: 'Find free bays for a kind of work on a day.',
            parameters: object({
              work: { type: 'string', enum: works, description: 'The kind of work' },
              day: day('the car comes in'),
            }),
            run: ({ work, day: wanted }) => {
              const free = [...bays].filter(([, bay]) => bay.date === wanted && bay.free);
              if (free.length === 0) return { error: `Nothing is free on ${text(wanted)}.` };
              for (const [, bay] of free) bay.work = text(work);
              return {
                bays: free.map(([id, bay]) => ({
                  bay_id: id,
                  starts_at: `${bay.date}T${bay.time}:00+00:00`,
                  mechanic: bay.mechanic,
                })),
              };
            },
          },
          {
            name: 'reserve_bay',
            description: 'Reserve a free bay, to bring a car in.',
            parameters: object({
              bay_id: { type: 'string', description: 'One of the ids from find_bays' },
              plate,
              phone,
              courtesy_car: {
                type: 'boolean',
                description: 'Whether the caller needs a courtesy car',
              },
              note: {
                anyOf: [{ type: 'string', maxLength: 200 }, { type: 'null' }],
                description: 'Anything the mechanic should know',
              },
            }),
            confirm: ({ bay_id: id, plate: of }) => {
              const bay = bays.get(text(id));
              return bay?.free
                ? `Shall I put the car ${plain(of)} down for ${workWords[bay.work] ?? 'the workshop'} at ${bay.time} on ${bay.date}?`
                : { error: 'That bay is not free any more.' };
            },
            run: ({ bay_id: id, plate: of }) => {
              const bay = bays.get(text(id));
              if (bay) bay.free = false;
              return { reservation: 'R5512', plate: plain(of), date: bay?.date, time: bay?.time };
            },
          },
          {
            name: 'cancel_reservation',
            description: 'Cancel a reservation of a bay.',
            parameters: object({
              reservation: {
                type: 'string',
                pattern: '^R\\d{4}$',
                description: 'The reservation number: the letter R and four digits, such as R2208',
              },
            }),
            confirm: ({ reservation }) => {
              const found = reservations.get(text(reservation));
              return found
                ? `Shall I cancel reservation ${text(reservation)} on Tuesday, December 1?`
                : { error: `There is no reservation ${text(reservation)}.` };
            },
            run: ({ reservation }) => {
              reservations.delete(text(reservation));
              return { reservation, cancelled: true };
            },
          },
          {
            name: 'send_tow_truck',
            description: 'Send the tow truck to a car that has broken down.',
            parameters: object({
              location: {
                type: 'string',
                minLength: 3,
                description:
                  'Where the car is, as the caller says it: a street, a place, a road and a junction',
              },
              phone,
            }),
            run: ({ location }) => ({ location, arrives_in_minutes: 40, tow: 'on its way' }),
          },
        ],
      },
      parts: {
        handoffDescription: 'Hand the caller to the parts counter, for tyres and parts to order.',
        instructions: `You sell tyres and order parts at Northside Garage.

- For a quote you need the width of the tyres, how many, and whether they are for summer, winter or all seasons.
- Fitting is included in the price and takes about an hour. We take the old tyres back.
- Once the caller has chosen an offer, ask on which day and at what time they want to come, then order.
- Repairs and services go to the workshop. Everything else, and goodbye, goes to reception.`,
        handoffs: ['front', 'workshop', 'manager'],
        tools: [
          {
            name: 'quote_tyres',
            description: 'Say what tyres cost.',
            parameters: object({
              width: {
                type: 'integer',
                minimum: 125,
                maximum: 355,
                description: 'Width of the tyres in millimetres, such as 205',
              },
              count: { type: 'integer', minimum: 1, maximum: 8, description: 'How many tyres' },
              season: {
                type: 'string',
                enum: ['summer', 'winter', 'all_season'],
                description: 'The season that the tyres are for',
              },
            }),
            run: ({ count }) => {
              offers.set('o1', { brand: 'Michelin', price: 90, count: Number(count) });
              offers.set('o2', { brand: 'Hankook', price: 60, count: Number(count) });
              return {
                offers: [...offers].map(([id, offer]) => ({
                  offer_id: id,
                  brand: offer.brand,
                  price: offer.price * offer.count,
                  currency: 'GBP',
                })),
              };
            },
          },
          {
            name: 'order_tyres',
            description: 'Order tyres that were quoted, for a day and a time of fitting.',
            parameters: object({
              offer_id: { type: 'string', description: 'The offer, from quote_tyres' },
              fitting_day: day('of the fitting'),
              fitting_time: {
                type: 'string',
                pattern: '^\\d{2}:\\d{2}$',
                description: 'Time of day of the fitting, HH:MM',
              },
            }),
            confirm: ({ offer_id: id, fitting_day: on, fitting_time: at }) => {
              const offer = offers.get(text(id));
              return offer
                ? `Shall I order ${offer.count} ${offer.brand} tyres, to be fitted on ${text(on)} at ${text(at)}?`
                : { error: 'There is no such offer.' };
            },
            run: () => ({ order_number: '5512', ordered: true }),
          },
        ],
      },
    },
    people: {
      manager: {
        label: 'The manager',
        handoffDescription:
          'Bring in the manager, for a caller who complains or asks for a person.',
        refusal: null,
      },
    },
  };
}

/** A garage: enums, numbers, plates without a pattern, examples in the instructions, a person who is there. */
export const garage: BenchDesk = {
  name: 'garage',
  timeZone: 'Europe/London',
  time: '09:15',
  writes: [
    'reserve_bay',
    'cancel_reservation',
    'send_tow_truck',
    'order_tyres',
    'request_callback',
    'leave_message',
  ],
  open,
};
