import type { TestDesk } from '../../../src/engine/mind/cases/test-desk.ts';
import type { BenchDesk } from '../case.ts';
import { object, text } from '../desks/schema.ts';

const parcels = new Map<string, Readonly<Record<string, string>>>([
  ['FW2041173', { status: 'on its way', last_seen: 'Swindon hub', expected: '2026-11-24' }],
  ['FW5501296', { status: 'out for delivery', expected: 'today between 2 pm and 4 pm' }],
  ['FW7730258', { status: 'delivery attempted, nobody was in', held_at: 'Basingstoke depot' }],
  ['FW6618040', { status: 'delivered', delivered_on: '2026-11-20', received_by: 'Marsh' }],
]);
const shops = [
  { town: 'newbury', shop: 'Corner News, 8 Bartholomew Lane', open_until: '21:00' },
  { town: 'andover', shop: 'Patel Stores, 31 Bridge Road', open_until: '19:30' },
];

const trackingNumber = {
  type: 'string',
  pattern: '^FW\\d{7}$',
  description: 'Tracking number: FW and seven digits',
};
const collectionReference = {
  type: 'string',
  pattern: '^PU\\d{4}$',
  description: 'Reference of the collection: PU and four digits',
};

const spokenDay = (date: unknown): string =>
  new Date(`${text(date)}T12:00:00Z`).toLocaleDateString('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  });
const unknownParcel = (number: unknown) => ({
  error: `There is no parcel with the number ${text(number)}.`,
});

/** Pounds, by weight and how far it goes. */
function priceOf(weight: number, destination: string, service: string): number {
  const base = { uk: 4.9, ireland: 8.5, europe: 12, world: 24 }[destination] ?? 24;
  return base + Math.ceil(weight) * 0.6 + (service === 'next_day' ? 3 : 0);
}

function open(): TestDesk {
  const collections = new Map([['PU3180', '2026-11-26']]);
  return {
    firstAgent: 'reception',
    greeting: 'Fernway Parcels, good morning. What can I do for you?',
    agents: {
      reception: {
        handoffDescription: 'Back to the main line: prices, parcel shops, general questions.',
        instructions: `You answer the customer line of Fernway Parcels, a courier in the south of England. Be friendly and brief. Most people who ring are waiting for something or are cross about it.

Find out what the call is about and pass it on:
- Where a parcel is, when it will come, or another day or place for its delivery: tracking.
- Having parcels picked up, or a pick-up that is booked already: collections.
- A parcel that arrived broken or with something missing, or never arrived at all, and compensation: claims. Existing claims too.
- Complaints about a driver or a van, or a caller who insists on a human being: the depot.

What you can answer yourself:
- This line is open Monday to Saturday from 7 am to 8 pm.
- The counter at our depot in Mill Road, Basingstoke, is open on weekdays from 8 to 6 and on Saturdays from 8 until 12. To pick up a parcel there, people need the card that the driver left and a photo ID.
- We deliver Monday to Saturday, never on Sundays or bank holidays.
- A parcel may weigh up to 30 kilos and be up to a metre and a half long.
- We do not carry alcohol, perfume, loose batteries, cash or live animals.
- We take cards and PayPal. Business customers get a monthly invoice.
- The driver tries twice. After that a parcel waits at the depot for ten days and then goes back to the sender.

For prices use quote_price, do not guess. Use find_parcel_shop when somebody wants to drop a parcel off.`,
        handoffs: ['tracking', 'collections', 'claims', 'depot'],
        canEndCall: true,
        tools: [
          {
            name: 'quote_price',
            description: 'What it costs to send one parcel.',
            parameters: object(
              {
                weight_kg: {
                  type: 'number',
                  exclusiveMinimum: 0,
                  maximum: 30,
                  description: 'Weight in kilos',
                },
                destination: {
                  type: 'string',
                  enum: ['uk', 'ireland', 'europe', 'world'],
                  description: 'Where the parcel goes',
                },
                service: {
                  type: 'string',
                  enum: ['standard', 'next_day'],
                  description: 'standard unless it has to be there the next day (UK only)',
                },
              },
              ['weight_kg', 'destination'],
            ),
            run: ({ weight_kg: weight, destination, service }) => ({
              price_pounds: priceOf(Number(weight), text(destination), text(service)).toFixed(2),
            }),
          },
          {
            name: 'find_parcel_shop',
            description: 'Finds shops where parcels can be dropped off.',
            parameters: object({ town: { type: 'string', description: 'Town or village' } }),
            run: ({ town }) => {
              const found = shops.filter((one) => one.town === text(town).trim().toLowerCase());
              return found.length > 0 ? { shops: found } : { error: 'There is no shop there yet.' };
            },
          },
        ],
      },
      tracking: {
        handoffDescription:
          'Tracking: finds out where a parcel is and changes the day or the place of its delivery.',
        instructions: `You work at the tracking desk of Fernway Parcels.

Ask for the tracking number. It is on the card that the driver left and in the e-mail from the sender. Look the parcel up before you say anything about where it is.

- Delivering again is free. It can be any day from tomorrow on except Sundays.
- On request the driver leaves a parcel with a neighbour or in a safe place (leave_in_safe_place).
- We text a two-hour slot at about eight in the morning on the day of delivery.
- We cannot change the address of a parcel that is on its way. Only the sender can do that.
- Customs can hold parcels from abroad for up to three working days.
- If somebody needs proof of a delivery, e-mail it to them.

Parcels that arrived damaged, and parcels that are more than a week late, are for claims.`,
        handoffs: ['reception', 'claims', 'depot'],
        canEndCall: true,
        tools: [
          {
            name: 'track_parcel',
            description: 'Looks up where a parcel is and when it is expected.',
            parameters: object({ tracking_number: trackingNumber }),
            run: ({ tracking_number: number }) =>
              parcels.get(text(number)) ?? unknownParcel(number),
          },
          {
            name: 'rearrange_delivery',
            description: 'Has a parcel delivered on another day.',
            parameters: object({
              tracking_number: trackingNumber,
              date: { type: 'string', format: 'date', description: 'New day of delivery' },
            }),
            confirm: ({ tracking_number: number, date }) =>
              parcels.has(text(number))
                ? `Shall I have it delivered on ${spokenDay(date)}?`
                : unknownParcel(number),
            run: ({ date }) => ({ rearranged: true, date }),
          },
          {
            name: 'leave_in_safe_place',
            description: 'Tells the driver where to leave a parcel when nobody is in.',
            parameters: object({
              tracking_number: trackingNumber,
              place: {
                type: 'string',
                enum: ['neighbour', 'porch', 'shed', 'garage', 'behind_bins'],
                description: 'Where to leave it',
              },
            }),
            run: ({ tracking_number: number, place }) =>
              parcels.has(text(number)) ? { noted: true, place } : unknownParcel(number),
          },
          {
            name: 'send_proof_of_delivery',
            description: 'E-mails the proof that a parcel was delivered, with the signature.',
            parameters: object({
              tracking_number: trackingNumber,
              email: { type: 'string', format: 'email', description: 'E-mail address' },
            }),
            run: ({ email }) => ({ sent: true, email }),
          },
        ],
      },
      collections: {
        handoffDescription:
          'Collections: books, changes and cancels pick-ups of parcels from a home or a business.',
        instructions: `You arrange collections for Fernway Parcels.

To book one we need the day, the time from which the parcels are ready, how many there are, the address and a phone number for the driver. We collect Monday to Friday from 8 am to 6 pm, on the same day only if it is booked before 1 pm.

A collection costs 3.50 pounds; from five parcels up it is free. The driver can bring labels for callers who cannot print them, at one pound per collection.
Cancelling is free as long as the driver has not left. After that we charge 5 pounds.
Everything must be packed when the driver comes. Drivers may not take alcohol, perfume, loose batteries or animals.

People who want to know where a parcel is belong to tracking.`,
        handoffs: ['reception', 'tracking', 'depot'],
        canEndCall: true,
        tools: [
          {
            name: 'book_collection',
            description: 'Books a collection.',
            parameters: object(
              {
                date: { type: 'string', format: 'date', description: 'Day of the collection' },
                ready_from: {
                  type: 'string',
                  description: 'Time from which the parcels are ready, HH:MM',
                },
                parcel_count: {
                  type: 'integer',
                  minimum: 1,
                  maximum: 20,
                  description: 'How many parcels',
                },
                address: { type: 'string', description: 'House number and street' },
                phone: { type: 'string', description: 'Phone number for the driver' },
                bring_labels: {
                  type: 'boolean',
                  description: 'true if the caller has no labels; otherwise leave it out',
                },
              },
              ['date', 'ready_from', 'parcel_count', 'address', 'phone'],
            ),
            run: ({ date, ready_from: from }) =>
              /^(?:Sat|Sun)/.test(spokenDay(date))
                ? { error: 'We only collect from Monday to Friday.' }
                : { reference: 'PU3207', date, ready_from: from },
          },
          {
            name: 'change_collection',
            description: 'Moves a booked collection to another day or time.',
            parameters: object(
              {
                reference: collectionReference,
                new_date: { type: 'string', format: 'date', description: 'New day' },
                new_ready_from: {
                  type: 'string',
                  description: 'New time, HH:MM, only if the time changes too',
                },
              },
              ['reference', 'new_date'],
            ),
            confirm: ({ reference, new_date: date }) =>
              collections.has(text(reference))
                ? `Shall I move the collection to ${spokenDay(date)}?`
                : { error: `I cannot find a collection ${text(reference)}.` },
            run: ({ reference, new_date: date }) => {
              collections.set(text(reference), text(date));
              return { moved: true, date };
            },
          },
          {
            name: 'cancel_collection',
            description: 'Cancels a booked collection.',
            parameters: object({ reference: collectionReference }),
            confirm: ({ reference }) => {
              const date = collections.get(text(reference));
              return date === undefined
                ? { error: `I cannot find a collection ${text(reference)}.` }
                : `Shall I cancel the collection on ${spokenDay(date)}?`;
            },
            run: ({ reference }) => ({ cancelled: collections.delete(text(reference)) }),
          },
        ],
      },
      claims: {
        handoffDescription:
          'Claims: compensation for parcels that are damaged, lost or incomplete, and the state of a claim.',
        instructions: `You take claims for Fernway Parcels. Say that you are sorry about it, once.

For a new claim ask for the tracking number, what has happened, what was in the parcel, what it was worth and an e-mail address for the decision. Then call open_claim.

- Damage must be reported within 14 days of the delivery, a lost parcel within 30 days of posting.
- Every parcel is covered up to 150 pounds. Food and plants are not covered.
- The packaging has to be kept until the claim is decided. Photos go to claims@fernway.example.
- We decide within seven working days. The money is in the bank account three days after that.

Never promise that a claim will be paid.`,
        handoffs: ['reception', 'tracking', 'depot'],
        canEndCall: true,
        tools: [
          {
            name: 'open_claim',
            description: 'Opens a claim for a parcel.',
            parameters: object({
              tracking_number: trackingNumber,
              kind: {
                type: 'string',
                enum: ['damaged', 'lost', 'items_missing'],
                description: 'What happened to the parcel',
              },
              contents: { type: 'string', description: 'What was in it' },
              value: { type: 'number', minimum: 1, description: 'What it was worth, in pounds' },
              email: { type: 'string', format: 'email', description: "The caller's e-mail" },
            }),
            run: ({ tracking_number: number }) =>
              parcels.has(text(number))
                ? { claim_number: 'CL4131', decided_by: '2026-12-02' }
                : unknownParcel(number),
          },
          {
            name: 'claim_status',
            description: 'Tells how far a claim is.',
            parameters: object({
              claim_number: {
                type: 'string',
                pattern: '^CL\\d{4}$',
                description: 'Claim number: CL and four digits',
              },
            }),
            run: ({ claim_number: number }) =>
              text(number) === 'CL4092'
                ? { status: 'approved', amount_pounds: 64, paid_on: '2026-11-25' }
                : { error: `There is no claim ${text(number)}.` },
          },
        ],
      },
    },
    people: {
      depot: {
        label: 'The depot',
        handoffDescription:
          'Connects the caller with a person at the depot: complaints about drivers, damage done by a van, or when somebody insists on a human being.',
        refusal: null,
      },
    },
  };
}

/** A parcel courier: four agents, long numbers, read-backs of some changes, a person for complaints. */
export const courier: BenchDesk = {
  name: 'courier',
  timeZone: 'Europe/London',
  time: '11:20',
  writes: [
    'rearrange_delivery',
    'leave_in_safe_place',
    'send_proof_of_delivery',
    'book_collection',
    'change_collection',
    'cancel_collection',
    'open_claim',
  ],
  open,
};
