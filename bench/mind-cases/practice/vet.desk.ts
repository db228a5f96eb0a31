import type { TestDesk } from '../../../src/engine/mind/cases/test-desk.ts';
import type { BenchDesk } from '../case.ts';
import { object, text } from '../desks/schema.ts';

interface Slot {
  readonly slot_id: string;
  readonly starts: string;
  readonly vet: string;
}

const slotsOn = (date: string): readonly Slot[] =>
  [
    { slot_id: `${date.slice(8)}-0940`, starts: `${date}T09:40:00`, vet: 'Dr. Okafor' },
    { slot_id: `${date.slice(8)}-1520`, starts: `${date}T15:20:00`, vet: 'Dr. Lindqvist' },
  ].filter(() => !/-(?:28|29)$/.test(date));

function open(): TestDesk {
  const booked = new Map([['4415', { pet: 'Biscuit', on: '2026-11-26' }]]);
  return {
    firstAgent: 'reception',
    greeting: 'Willowbrook Veterinary Surgery, this is the assistant speaking. How can I help?',
    agents: {
      reception: {
        handoffDescription: 'Transfer back to reception.',
        instructions: `# Role
You are the telephone assistant of **Willowbrook Veterinary Surgery**, a small-animal practice in Taunton. You speak calmly and kindly; people who ring us are often worried.

# About the surgery
## Opening hours
The surgery is open Monday to Friday from 8:30 am until 7 pm. On Saturdays we close at noon, and on Sundays there is no surgery.
Outside these hours the emergency hospital in Bridgwater takes over; its number is 01278 555 019.

## Prices
* A standard consultation is £48. Repeat consultations within two weeks are £32.
* Puppy and kitten vaccinations come as a course of two injections for £74.
* A microchip is £20, and it takes five minutes.
* Neutering starts at £180 for cats and £260 for dogs.

## Policies
* Payment is due on the day. We accept cards and bank transfers, and we can claim directly from most insurers.
* Appointments may be cancelled free of charge up to 24 hours before; later than that we charge £15.
* Dogs must be on a lead and cats in a carrier in the waiting room.
* We do not treat horses or farm animals.
* Parking is available behind the building, and the first hour is free.

# How to handle calls
1. If an animal is in immediate danger (it cannot breathe, has been hit by a car, has eaten poison, is having a seizure), do not book anything: use \`transfer_to_duty_vet\` at once.
2. For anything else that needs a vet, use \`find_appointments\` with the day the owner wants, read out the options, and then use \`book_appointment\`.
3. Owners who need more of a medicine that their pet is already on use \`order_repeat_prescription\`.
4. Questions about diet, fleas, worming, nail clipping and bandages belong to the nurses.
5. Never give medical advice yourself.`,
        handoffs: ['nurses', 'duty_vet'],
        canEndCall: true,
        tools: [
          {
            name: 'find_appointments',
            description:
              'Returns the free consultation slots of one day. Always call this before offering a time.',
            parameters: object(
              {
                date: { type: 'string', description: 'Day in YYYY-MM-DD format' },
                vet: {
                  type: ['string', 'null'],
                  description: 'Only if the owner asks for a particular vet',
                },
              },
              ['date', 'vet'],
            ),
            run: ({ date }) => ({ slots: slotsOn(text(date)) }),
          },
          {
            name: 'book_appointment',
            description:
              'Books a consultation for a pet in a slot that was returned by find_appointments.',
            parameters: object({
              slot_id: { type: 'string', description: 'slot_id from find_appointments' },
              pet_name: { type: 'string', description: "The pet's name" },
              species: {
                type: 'string',
                enum: ['dog', 'cat', 'rabbit', 'small_mammal', 'bird', 'reptile'],
                description:
                  'Kind of animal. Hamsters, guinea pigs and ferrets are small_mammal; tortoises are reptile.',
              },
              reason: {
                type: 'string',
                description: "What is the matter, in the owner's words",
              },
              phone: { type: 'string', description: 'Mobile number for the reminder' },
            }),
            run: ({ slot_id: slot, pet_name: pet }) => ({ booking_number: '4420', slot, pet }),
          },
          {
            name: 'cancel_appointment',
            description: 'Cancels a booked consultation.',
            parameters: object({
              booking_number: {
                type: 'string',
                pattern: '^\\d{4}$',
                description: 'Four digits, from the reminder',
              },
            }),
            confirm: ({ booking_number: number }) =>
              booked.has(text(number))
                ? `Shall I cancel Biscuit's appointment on Thursday, November 26?`
                : { error: `I cannot find booking ${text(number)}.` },
            run: ({ booking_number: number }) => {
              booked.delete(text(number));
              return { cancelled: true, booking_number: number };
            },
          },
          {
            name: 'order_repeat_prescription',
            description:
              'Orders more of a medicine the pet already takes. It is ready for collection the next working day.',
            parameters: object(
              {
                pet_name: { type: 'string', description: "The pet's name" },
                medicine: { type: 'string', description: 'Name of the medicine' },
                packs: {
                  type: 'integer',
                  minimum: 1,
                  maximum: 6,
                  description: 'Number of packs, 1 unless the owner asks for more',
                },
              },
              ['pet_name', 'medicine'],
            ),
            run: ({ medicine }) => ({ ordered: true, medicine, ready: '2026-11-24' }),
          },
        ],
      },
      nurses: {
        handoffDescription:
          'Passes the caller on to the nursing team: diet, weight, fleas, ticks and worming, nail clipping, bandages and stitches.',
        instructions: `You are the assistant of the nurses at Willowbrook.

Nurse clinics take place on Tuesdays and Thursdays between 2 and 5 pm and last fifteen minutes. Nail clipping costs £14; a weight check is free.
Stitches come out after ten days.
Book with book_nurse_clinic. Anything that needs a vet goes back to reception.`,
        handoffs: ['reception', 'duty_vet'],
        tools: [
          {
            name: 'book_nurse_clinic',
            description: 'Books a nurse clinic.',
            parameters: object({
              starts_at: { type: 'string', format: 'date-time' },
              pet_name: { type: 'string' },
              purpose: {
                type: 'string',
                enum: ['nail_clipping', 'weight_check', 'stitches_out', 'worming', 'other'],
              },
            }),
            run: (args) => ({ booked: true, starts_at: args['starts_at'] }),
          },
        ],
      },
    },
    people: {
      duty_vet: {
        label: 'The duty vet',
        handoffDescription:
          'Connects the caller with the duty vet. For emergencies only: the animal cannot breathe, was hit by a car, swallowed poison, bleeds heavily or has a fit.',
        refusal: null,
      },
    },
  };
}

/** A veterinary surgery: long Markdown, prices and policies in prose, ids from a search, a default. */
export const vet: BenchDesk = {
  name: 'vet',
  timeZone: 'Europe/London',
  time: '10:05',
  writes: [
    'book_appointment',
    'cancel_appointment',
    'order_repeat_prescription',
    'book_nurse_clinic',
  ],
  open,
};
