import { expect, it } from 'vitest';
import { checkDesk } from './check.ts';
import { defineDesk, type Desk } from './definition.ts';

const line = {
  name: 'names',
  title: 'Names',
  language: 'en-US',
  timeZone: 'UTC',
  voice: 'marin',
  greeting: 'Hello.',
} as const;
const agent = {
  label: 'Somebody',
  handoffDescription: 'Hand the caller to somebody who can help.',
  instructions: 'Help the caller.',
  canEndCall: true,
} as const;
const team = { label: 'Team', handoffDescription: 'Bring in a person of the team.' } as const;

/*
 * Names that are nobody's. That they do not compile is what `@ts-expect-error` proves: the type check
 * fails where one of them does.
 */
const wrong: Readonly<Record<string, Desk>> = {
  'firstAgent that no agent has': defineDesk({
    ...line,
    // @ts-expect-error -- no agent of that name
    firstAgent: 'nobody',
    agents: { one: { ...agent, handoffs: [] } },
  }),
  'firstAgent that is a queue': defineDesk({
    ...line,
    // @ts-expect-error -- people do not answer a call
    firstAgent: 'team',
    people: { team },
    agents: { one: { ...agent, handoffs: ['team'] } },
  }),
  'an edge to nobody': defineDesk({
    ...line,
    firstAgent: 'one',
    // @ts-expect-error -- no agent and no queue of that name
    agents: { one: { ...agent, handoffs: ['nobody'] } },
  }),
  'an edge with more to say, to nobody': defineDesk({
    ...line,
    firstAgent: 'one',
    people: { team },
    // @ts-expect-error -- no agent and no queue of that name
    agents: { one: { ...agent, handoffs: ['team', { to: 'nobody' }] } },
  }),
  'a consult of nobody': defineDesk({
    ...line,
    firstAgent: 'one',
    agents: {
      // @ts-expect-error -- no agent of that name
      one: { ...agent, handoffs: [], consults: [{ agent: 'nobody', description: 'Ask.' }] },
    },
  }),
  'a consult of a queue': defineDesk({
    ...line,
    firstAgent: 'one',
    people: { team },
    agents: {
      // @ts-expect-error -- people are handed a caller, not asked
      one: { ...agent, handoffs: ['team'], consults: [{ agent: 'team', description: 'Ask.' }] },
    },
  }),
};

it.each(Object.entries(wrong))(
  'does not compile, and is found in a desk that never was compiled: %s',
  (_what, desk) => {
    expect(checkDesk(desk).join('\n')).toMatch(/"(?:nobody|team)"/);
  },
);

it('takes names of agents and of people', () => {
  const desk = defineDesk({
    ...line,
    firstAgent: 'one',
    people: { team },
    agents: {
      one: {
        ...agent,
        handoffs: ['two', { to: 'team' }],
        consults: [{ agent: 'two', description: 'Ask what is free.', answer: () => 'nothing' }],
      },
      two: { ...agent, label: 'Other', handoffs: ['one'] },
    },
  });
  expect(checkDesk(desk)).toEqual([]);
});
