import type { RecognizerContext } from '../src/engine/ears/index.ts';

/** Two unlike businesses, as a session holds them, and what their callers say. */
export interface SpokenDesk {
  readonly agents: Readonly<Record<string, RecognizerContext>>;
  readonly sentences: readonly (readonly [agent: string, text: string])[];
}

const object = (properties: Record<string, unknown>): unknown => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});
const text = (description: string): unknown => ({ type: 'string', description });
const transfer = (to: string, description: string): RecognizerContext['tools'][number] => ({
  name: `transfer_to_${to}`,
  description,
  parameters: object({ reason: text('Why the caller is handed over.') }),
});
const today = 'Today is Monday, 23 November 2026. The time is 09:15. Time zone: Europe/London.\n';

const toBilling = transfer('billing', 'Invoices, refunds, charges and payments.');
const toScheduling = transfer('scheduling', 'Booking, moving and cancelling appointments.');
const toTriage = transfer('triage', 'Anything else, and saying goodbye.');

/** A front desk with three agents. */
export const frontDesk: SpokenDesk = {
  agents: {
    triage: {
      instructions:
        'You answer the front desk of Greenbay Clinic. Find out what the caller needs in one short ' +
        'question. Questions about invoices, refunds, charges or payments go to Billing. Booking, ' +
        'moving or cancelling an appointment goes to Scheduling. Say one short sentence before you ' +
        'transfer. When the caller has said goodbye, say goodbye and end the call.\n' +
        today,
      tools: [
        toBilling,
        toScheduling,
        { name: 'end_call', description: 'Ends the call after goodbye.', parameters: object({}) },
      ],
    },
    billing: {
      instructions:
        'You are Billing. You look up invoices, take refund requests and send payment links by ' +
        'message. Ask for the invoice number, which is four digits. Say the amount, the due date ' +
        'and whether it is paid. Never take a card number by telephone. Anything about appointments ' +
        'goes to Scheduling, anything else back to Triage.\n' +
        today,
      tools: [
        {
          name: 'lookup_invoice',
          description: 'Finds an invoice by its number: amount, due date, status.',
          parameters: object({ invoice_id: text('Invoice number, such as INV-1234.') }),
        },
        {
          name: 'request_refund',
          description: 'Files a refund request for an invoice.',
          parameters: object({
            invoice_id: text('Invoice number.'),
            reason: text('Why the caller wants the refund, for example charged twice.'),
          }),
        },
        {
          name: 'pay_invoice',
          description: 'Sends the caller a payment link by message.',
          parameters: object({ invoice_id: text('Invoice number.') }),
        },
        toScheduling,
        toTriage,
      ],
    },
    scheduling: {
      instructions:
        'You are Scheduling. You offer open appointment slots, book them, and find, move or cancel a ' +
        'booking by its reference. Ask for the day first, read the times, then ask for the name. ' +
        'Confirm every booking with its reference.\n' +
        today,
      tools: [
        {
          name: 'list_slots',
          description: 'Lists the open appointment slots on a day.',
          parameters: object({ date: text('The day, as YYYY-MM-DD.') }),
        },
        {
          name: 'book_slot',
          description: 'Books a slot for the caller.',
          parameters: object({ slot_id: text('The slot.'), name: text('First and last name.') }),
        },
        {
          name: 'move_booking',
          description: 'Moves a booking to another slot.',
          parameters: object({ reference: text('Booking reference.'), slot_id: text('New slot.') }),
        },
        {
          name: 'cancel_booking',
          description: 'Cancels a booking.',
          parameters: object({ reference: text('Booking reference.') }),
        },
        toBilling,
        toTriage,
      ],
    },
  },
  sentences: [],
};

/** A garage with one agent, to show that nothing is made for the front desk. */
export const garage: SpokenDesk = {
  agents: {
    workshop: {
      instructions:
        'You answer the telephone of a car repair garage. Callers bring cars in for an oil change, ' +
        'new tyres or tires, brakes, a battery, an inspection or a warning light. Ask for the license ' +
        'plate and the make of the car. Offer a time to drop off the car. Tell callers whether their ' +
        'car is ready to collect and what the repair costs. Towing is free within the city.\n' +
        today,
      tools: [
        {
          name: 'check_repair',
          description: 'Tells whether a repair is finished and what it costs.',
          parameters: object({ license_plate: text('License plate of the car.') }),
        },
        {
          name: 'book_service',
          description: 'Books a service for a car.',
          parameters: object({
            service: {
              type: 'string',
              enum: ['oil_change', 'tires', 'brakes', 'battery', 'inspection'],
            },
            date: text('Day to drop off the car.'),
          }),
        },
        {
          name: 'order_tow_truck',
          description: 'Sends a tow truck to a broken down car.',
          parameters: object({ address: text('Street and house number.') }),
        },
      ],
    },
  },
  sentences: [
    ['workshop', 'hello is my car ready'],
    ['workshop', 'i need an oil change for my car'],
    ['workshop', 'can i drop off the car on tuesday'],
    ['workshop', 'my brakes are making a strange noise'],
    ['workshop', 'how much is the repair'],
    ['workshop', 'i would like to book an inspection for next monday'],
    ['workshop', 'can you send a tow truck please'],
    ['workshop', 'the battery is dead'],
    ['workshop', 'do you have new tires'],
    ['workshop', 'when can i collect it'],
    ['workshop', "nine o'clock is fine"],
    ['workshop', 'my name is robert wilson'],
    ['workshop', 'the warning light is on'],
    ['workshop', 'no sorry i meant wednesday'],
    ['workshop', 'thank you very much goodbye'],
  ],
};

/** What people say that no desk foresees. */
export const offDomain: readonly string[] = [
  'what is the weather like today',
  'my daughter broke her arm at school',
  'i left my umbrella in the waiting room',
  'the music on your line is too loud',
  'is there a parking lot near the building',
  'do you know a good restaurant around here',
  'i am calling from a train so it is noisy',
  'the elevator does not work',
  'my husband will come with me',
  'we moved to a new house last summer',
  'i would prefer to write a letter',
  'does the bus stop in front of your office',
  'please close the window it is cold',
  'my phone has almost no battery left',
  'i have been waiting for twenty minutes',
];
