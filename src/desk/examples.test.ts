import { expect, it } from 'vitest';
import { z } from 'zod';
import { defineDesk, deskTool, edgesOf } from './index.ts';

const desk = defineDesk({
  name: 'shop',
  title: 'Shop',
  language: 'en-GB',
  timeZone: 'Europe/London',
  voice: 'marin',
  firstAgent: 'front',
  greeting: 'Hello.',
  agents: {
    front: {
      label: 'Front',
      handoffDescription: 'Anything else.',
      instructions: 'Help.',
      handoffs: ['repairs', { to: 'team', description: 'Bring in the team.' }],
    },
    repairs: {
      label: 'Repairs',
      handoffDescription: 'Anything that is broken.',
      examples: ['it does not start', 'can you mend my bike'],
      instructions: 'Mend.',
      handoffs: ['front'],
    },
  },
  people: {
    team: {
      label: 'Team',
      handoffDescription: 'People.',
      examples: ['let me talk to a human'],
    },
  },
});

it('tells whoever may hand over what callers say, by its own words or the edge’s', () => {
  expect(edgesOf(desk, 'front').map(({ description }) => description)).toEqual([
    'Anything that is broken. Callers say: “it does not start”; “can you mend my bike”.',
    'Bring in the team. Callers say: “let me talk to a human”.',
  ]);
  expect(edgesOf(desk, 'repairs').map(({ description }) => description)).toEqual([
    'Anything else.',
  ]);
});

it('gives a tool its examples', () => {
  const made = deskTool({
    name: 'find_part',
    description: 'Find a part.',
    examples: ['do you have chains'],
    parameters: z.object({ part: z.string() }),
    execute: () => 'found',
  });
  expect(made.description).toBe('Find a part. Callers say: “do you have chains”.');
});
