import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineDesk } from '../../src/desk/index.ts';
import { seed } from './data/seed.ts';
import { lookupInvoice, payInvoice, requestRefund } from './tools/billing.ts';
import {
  bookSlot,
  cancelBooking,
  findBookingTool,
  listSlots,
  moveBooking,
} from './tools/scheduling.ts';

const page = (name: string): string =>
  readFileSync(new URL(`./prompts/${name}.md`, import.meta.url), 'utf8');

/** An agent's own page, then what all of them know, so that no caller is passed on to hear an address. */
const prompt = (agent: string): string => `${page(agent)}\n${page('practice')}`;

/** The front desk of a small dental practice: three specialists, each a short walk from the others. */
export const desk = defineDesk({
  name: 'front-desk',
  title: 'Garden Bridge Dental',
  language: 'en-US',
  timeZone: 'America/New_York',
  voice: 'marin',
  firstAgent: 'triage',
  greeting: 'Hello, this is Garden Bridge Dental. How can I help you?',
  agents: {
    triage: {
      label: 'Triage',
      handoffDescription:
        'Hand the caller to the receptionist, for opening hours, the address, parking, anything the others cannot help with, and to say goodbye.',
      instructions: prompt('triage'),
      handoffs: ['billing', 'scheduling'],
      canEndCall: true,
    },
    billing: {
      label: 'Billing',
      handoffDescription:
        'Hand the caller to billing, for invoices, bills, payments, charges and refunds.',
      instructions: prompt('billing'),
      tools: [lookupInvoice, requestRefund, payInvoice],
      handoffs: ['triage', 'scheduling'],
    },
    scheduling: {
      label: 'Scheduling',
      handoffDescription:
        'Hand the caller to scheduling, for appointments: to book, find, move or cancel one, or to hear the free times.',
      instructions: prompt('scheduling'),
      tools: [listSlots, bookSlot, findBookingTool, moveBooking, cancelBooking],
      handoffs: ['triage', 'billing'],
    },
  },
  suggestions: [
    'I have a question about an invoice.',
    "I'd like to book an appointment for Thursday.",
    'I need to move my appointment.',
    'What are your opening hours?',
  ],
  data: {
    schema: 'front_desk',
    migrationsDir: fileURLToPath(new URL('./data/migrations', import.meta.url)),
    seed,
  },
});
