import { defineDesk, promptFile } from '../../../desk/index.ts';
import { findRepair } from './tools/repairs.ts';

/** What the prompts know about the business: the variables of their front matter. */
const business = { business: 'Two Wheels', opens: '09:00', closes: '17:30' };

/** A bicycle workshop: a receptionist who answers, and a mechanic who knows every repair. */
export const desk = defineDesk({
  name: 'template',
  title: business.business,
  language: 'en-US',
  timeZone: 'America/New_York',
  voice: 'marin',
  firstAgent: 'reception',
  greeting: `Hello, this is ${business.business}. How can I help you?`,
  agents: {
    reception: {
      label: 'Reception',
      handoffDescription:
        'Hand the caller to the receptionist, for opening hours, the address, and to say goodbye.',
      instructions: promptFile(import.meta.url, './prompts/reception.md', business),
      handoffs: ['workshop'],
      canEndCall: true,
    },
    workshop: {
      label: 'Workshop',
      handoffDescription: 'Hand the caller to the workshop, for repairs: whether a bike is ready.',
      instructions: promptFile(import.meta.url, './prompts/workshop.md', business),
      tools: [findRepair],
      handoffs: ['reception'],
    },
  },
  suggestions: ['Is my bike ready?', 'What are your opening hours?'],
});
