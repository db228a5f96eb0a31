import { object } from './schema.ts';
import type { TestDesk } from './simulate.ts';

/** A desk unlike the first: two agents, enums, numbers, a plate without a pattern, other words. */

const bays = [
  { id: 'bay_7', starts_at: '2026-11-25T08:00:00+00:00', mechanic: 'Olga' },
  { id: 'bay_9', starts_at: '2026-11-25T13:00:00+00:00', mechanic: 'Femi' },
];

export const garage: TestDesk = {
  firstAgent: 'front',
  greeting: 'Northside Garage, good morning. What can we do for your car?',
  agents: {
    front: {
      handoffDescription:
        'Hand the caller to reception, for general questions and everything else.',
      instructions: `You answer the phone of Northside Garage.
- Repairs, services and inspections go to the workshop.
- Tyres and parts to order go to the parts counter.
- Customers can pay with cash or any card.
- A courtesy car is free of charge while yours is with us.`,
      tools: [
        {
          name: 'check_repair_status',
          description: 'Check whether a car in the workshop is ready to be picked up.',
          parameters: object({
            plate: {
              type: 'string',
              minLength: 2,
              description: "The car's number plate, letters and digits",
            },
          }),
          run: ({ plate }) =>
            plate === 'KT19ABC'
              ? { plate, ready: true, total: 342.5, currency: 'GBP' }
              : { error: `No car with the plate ${String(plate)} was found.` },
        },
      ],
      handoffs: ['workshop', 'parts'],
      canEndCall: true,
    },
    workshop: {
      handoffDescription:
        'Hand the caller to the workshop, for repairs, services, oil changes, inspections and strange noises.',
      instructions: 'You plan the work of the workshop. Tyres and parts go to the parts counter.',
      handoffs: ['front', 'parts'],
      tools: [
        {
          name: 'find_bays',
          description: 'Find free bays for a kind of work on a day.',
          parameters: object({
            work: {
              type: 'string',
              enum: ['oil_change', 'brake_check', 'full_service'],
              description: 'Kind of work',
            },
            day: { type: 'string', description: 'The day the car comes in, YYYY-MM-DD' },
          }),
          run: ({ day }) => ({ bays: day === '2026-11-25' ? bays : [] }),
        },
        {
          name: 'reserve_bay',
          description: 'Bring a car in for a repair, a service or an inspection.',
          parameters: object({
            bay_id: { type: 'string', description: 'One of the ids from find_bays' },
            plate: {
              type: 'string',
              minLength: 2,
              description: "The car's number plate, letters and digits",
            },
            courtesy_car: {
              type: 'boolean',
              description: 'Whether the caller needs a courtesy car',
            },
            note: {
              anyOf: [{ type: 'string' }, { type: 'null' }],
              description: 'Anything the mechanic should know',
            },
          }),
          run: ({ bay_id: bay }) => ({
            bay_id: bay,
            message: 'Your car is expected on Wednesday.',
          }),
        },
      ],
    },
    parts: {
      handoffDescription: 'Hand the caller to the parts counter, for tyres and parts to order.',
      instructions: 'You sell tyres. Repairs and services go to the workshop.',
      handoffs: ['front', 'workshop'],
      tools: [
        {
          name: 'quote_tyres',
          description: 'Say what tyres cost.',
          parameters: object({
            width: {
              type: 'integer',
              minimum: 100,
              maximum: 400,
              description: 'Width of the tyres in millimetres',
            },
            count: {
              type: 'integer',
              minimum: 1,
              maximum: 8,
              description: 'How many tyres the caller needs',
            },
          }),
          run: ({ count }) => ({
            offers: [
              { offer_id: 'o1', brand: 'Michelin', price: 90 * Number(count), currency: 'GBP' },
              { offer_id: 'o2', brand: 'Hankook', price: 60 * Number(count), currency: 'GBP' },
            ],
          }),
        },
        {
          name: 'order_tyres',
          description: 'Order tyres that were quoted.',
          parameters: object({
            offer_id: { type: 'string', description: 'The offer, from quote_tyres' },
            pickup_time: { type: 'string', description: 'Time of day to pick them up, HH:MM' },
          }),
          run: () => ({ order_number: '5512', ordered: true }),
        },
      ],
    },
  },
};
