import type { TestDesk } from '../../../src/engine/mind/cases/test-desk.ts';
import type { BenchDesk } from '../case.ts';
import { object, text } from '../desks/schema.ts';

const stock = [
  { car_id: 'c18', model: 'Skoda Octavia estate', fuel: 'diesel', seats: 5, price: 12400 },
  { car_id: 'c22', model: 'Ford Galaxy', fuel: 'petrol', seats: 7, price: 14900 },
  { car_id: 'c31', model: 'Renault Zoe', fuel: 'electric', seats: 5, price: 9800 },
];

function open(): TestDesk {
  const bookings = new Map([['TD-305', { model: 'Renault Zoe', at: '2026-11-27T10:00:00' }]]);
  return {
    firstAgent: 'sales',
    greeting: 'Hillside Used Cars, good afternoon, how may I help you?',
    agents: {
      sales: {
        handoffDescription: 'Sales: cars in stock, test drives, part exchange.',
        instructions: `You are the assistant of the sales team of Hillside Used Cars.

Tasks:
1. Help callers find a car: ask what they can spend and how many seats they need, then search.
2. Book test drives. We need the driver's name and a phone number. Drivers must be over 21 and bring their licence.
3. Book a valuation when somebody wants to sell us their car.
4. Anything about a car that was already bought here (warranty, faults, service) is a matter for aftercare.

Good to know:
- All cars come with a six month warranty and a full tank.
- Deposits are 200 pounds and are refunded within five days if the customer changes their mind.
- Finance is available from 6.9 percent. Part exchange is welcome.
- The showroom is in Station Way next to the fire station. It is open daily from 10 to 6, on Sundays from 11 to 4.
- We deliver within fifty miles at no charge.
- We do not sell motorbikes or vans.`,
        handoffs: ['aftercare', 'manager'],
        canEndCall: true,
        tools: [
          {
            name: 'search_cars',
            description: 'Search the cars in stock.',
            parameters: object(
              {
                max_price: {
                  type: 'number',
                  description: 'Most the caller wants to spend, in pounds',
                },
                min_seats: { type: 'integer', minimum: 2, maximum: 9, description: 'Seats needed' },
                fuel: {
                  type: 'string',
                  enum: ['petrol', 'diesel', 'electric', 'hybrid'],
                  description: 'Only when asked for',
                },
              },
              ['max_price', 'min_seats'],
            ),
            run: ({ max_price: most, min_seats: seats }) => {
              const cars = stock.filter(
                (car) => car.price <= Number(most) && car.seats >= Number(seats),
              );
              return cars.length > 0 ? { cars } : { error: 'There is no such car in stock.' };
            },
          },
          {
            name: 'book_test_drive',
            description: 'Book a test drive of a car from search_cars.',
            parameters: object({
              car_id: { type: 'string', description: 'From search_cars' },
              date: { type: 'string', format: 'date' },
              time: { type: 'string', description: 'HH:MM' },
              driver_name: { type: 'string' },
              phone: { type: 'string', description: 'Phone number' },
            }),
            run: ({ date, time }) => ({ test_drive: 'TD-311', date, time }),
          },
          {
            name: 'change_test_drive',
            description: 'Move a test drive to another day or time.',
            parameters: object({
              test_drive: {
                type: 'string',
                pattern: '^TD-\\d{3}$',
                description: 'TD and three digits',
              },
              new_date: { type: 'string', format: 'date' },
              new_time: { type: 'string', description: 'HH:MM' },
            }),
            confirm: ({ test_drive: id, new_date: date, new_time: time }) =>
              bookings.has(text(id))
                ? `Shall I move it to ${text(date)} at ${text(time)}?`
                : { error: 'There is no such test drive.' },
            run: ({ new_date: date, new_time: time }) => ({ moved: true, date, time }),
          },
          {
            name: 'book_valuation',
            description: 'Book a valuation of a car that the caller wants to sell.',
            parameters: object({
              registration: { type: 'string', description: 'Number plate' },
              mileage: { type: 'integer', minimum: 0, description: 'Miles on the clock' },
              date: { type: 'string', format: 'date' },
              has_service_history: {
                type: 'boolean',
                description: 'Whether there is a full service history',
              },
            }),
            run: ({ date }) => ({ valuation: 'booked', date }),
          },
        ],
      },
      aftercare: {
        handoffDescription:
          'Aftercare, for customers who have bought a car: warranty, faults, service.',
        instructions: `You look after customers of Hillside Used Cars who have bought a car.
Report faults with report_fault: we ring back within one working day. Under warranty, repairs are free; tyres and brakes are not covered. A loan car costs 15 pounds a day. New cars and test drives are for sales.`,
        handoffs: ['sales', 'manager'],
        canEndCall: true,
        tools: [
          {
            name: 'report_fault',
            description: 'Report a fault of a car bought here.',
            parameters: object({
              registration: { type: 'string', description: 'Number plate' },
              fault: { type: 'string', description: "What is wrong, in the customer's words" },
              can_be_driven: {
                type: 'boolean',
                description: 'Whether the car can still be driven',
              },
            }),
            run: () => ({ fault_number: 'F77', rings_back: '2026-11-24' }),
          },
        ],
      },
    },
    people: {
      manager: {
        label: 'The manager',
        handoffDescription: 'Bring in the manager when a caller is unhappy or insists on a person.',
        refusal: null,
      },
    },
  };
}

/** A dealer: a search by criteria, then a choice, then a day; another agent for what was bought. */
export const dealer: BenchDesk = {
  name: 'dealer',
  timeZone: 'Europe/London',
  time: '13:15',
  writes: ['book_test_drive', 'change_test_drive', 'book_valuation', 'report_fault'],
  open,
};
