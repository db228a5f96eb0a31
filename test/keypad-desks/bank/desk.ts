import { z } from 'zod';
import { defineDesk, deskTool } from '../../../src/desk/index.ts';

const checkCard = deskTool({
  name: 'check_card',
  description: 'Check the card of the caller, who keys it in. Never ask for its number yourself.',
  parameters: z.object({}),
  timeoutMs: 60_000,
  async execute(_given, call) {
    const keyed = await call.collectKeys({ prompt: 'Please key in your card.', length: 12 });
    return { card_is_good: keyed.ok && keyed.keys === '837519260437' };
  },
});

/** A desk whose one tool asks for keys that nobody else may have. */
export const desk = defineDesk({
  name: 'bank',
  title: 'Garden Bridge Bank',
  language: 'en-US',
  timeZone: 'America/New_York',
  voice: 'marin',
  firstAgent: 'teller',
  greeting: 'Hello, this is the bank.',
  agents: {
    teller: {
      label: 'Teller',
      handoffDescription: 'Hand the caller to the teller, for everything.',
      instructions:
        'You are the teller of a bank. Callers want their card checked. Check it with check_card ' +
        'and tell them whether it is good.',
      tools: [checkCard],
      handoffs: [],
    },
  },
});
