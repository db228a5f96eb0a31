import { fileURLToPath } from 'node:url';
import { defineDesk, noPingPong, promptFile, type BusinessHours } from '../../src/desk/index.ts';
import { seed } from './data/seed.ts';
import { toBilling } from './edges.ts';
import { guardrails } from './guardrails.ts';
import { lookupInvoice, payInvoice, requestRefund } from './tools/billing.ts';
import { cancelBooking, findBookingTool, moveBooking } from './tools/own-bookings.ts';
import { bookSlot, listSlots } from './tools/scheduling.ts';
import { verifyCaller } from './tools/verify-caller.ts';

/** When the practice is open, and people can be reached. The page `practice.md` says it in words. */
const open = [{ from: '08:30', to: '17:30' }] as const;
const practiceHours: BusinessHours = {
  week: { mon: open, tue: open, wed: open, thu: open, fri: open },
};

/** The front desk of a small dental practice: three specialists, each a short walk from the others, and people. */
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
      examples: ['what are your opening hours', 'where can I park'],
      instructions: promptFile(import.meta.url, './prompts/triage.md'),
      handoffs: [toBilling, 'scheduling', 'practice_team'],
      canEndCall: true,
    },
    billing: {
      label: 'Billing',
      handoffDescription:
        'Hand the caller to billing, for invoices, bills, payments, charges and refunds.',
      examples: [
        'I have a question about an invoice',
        'I want my money back',
        'how much do I owe you',
        'I would like to pay a bill',
      ],
      instructions: promptFile(import.meta.url, './prompts/billing.md'),
      tools: [verifyCaller, lookupInvoice, requestRefund, payInvoice],
      handoffs: ['triage', 'scheduling', 'practice_team'],
      canReturn: true,
    },
    scheduling: {
      label: 'Scheduling',
      handoffDescription:
        'Hand the caller to scheduling, for appointments: to book, find, move or cancel one, or to hear the free times.',
      examples: [
        'I need an appointment',
        'do you have anything on Thursday',
        'can I come in tomorrow',
        'I need to move my appointment',
        'I have a toothache',
      ],
      instructions: promptFile(import.meta.url, './prompts/scheduling.md'),
      tools: [verifyCaller, listSlots, bookSlot, findBookingTool, moveBooking, cancelBooking],
      handoffs: ['triage', toBilling, 'practice_team'],
      canReturn: true,
    },
  },
  people: {
    practice_team: {
      label: 'Practice team',
      handoffDescription:
        'Bring in a person of the practice team, for a caller who asks for a human or has a complaint.',
      examples: ['can I speak to a person', 'I want to talk to somebody real'],
      hours: practiceHours,
    },
  },
  guardrails,
  gates: [noPingPong({ cooldownMs: 3_000, maxReturns: 2 })],
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
