import { expect, it } from 'vitest';
import { z } from 'zod';
import { codeWords, referenceRows } from '../testing/reference.ts';
import { refusalCodes } from './codes.ts';
import type { Consult } from './consult.ts';
import { closedSentence } from './hours.ts';
import { runtimeToolsOf } from './note-tools.ts';
import type { PeopleQueue } from './people.ts';

const words = (heading: string): readonly string[] =>
  referenceRows('people.md', heading).flatMap((row) => codeWords(row[heading]));

it('has every field of a queue and of a consult in the reference', () => {
  // A field that is not named here, or that does not exist, does not compile.
  const queue: Record<keyof PeopleQueue, true> = {
    label: true,
    handoffDescription: true,
    examples: true,
    skills: true,
    phones: true,
    hours: true,
    acceptWithinMs: true,
    holdPhrase: true,
  };
  const consult: Record<keyof Consult, true> = {
    agent: true,
    description: true,
    toolName: true,
    parameters: true,
    answer: true,
    timeoutMs: true,
    filler: true,
  };
  expect(words('queue field')).toEqual(Object.keys(queue));
  expect(words('consult field')).toEqual(Object.keys(consult));
});

it('has every reason why nobody took a caller', () => {
  const known = Object.entries(refusalCodes).flatMap(([code, { by }]) =>
    (by as readonly string[]).includes('people') ? [code] : [],
  );
  expect([...words("people's code")].sort()).toEqual(known.sort());
  const said = referenceRows('people.md', "people's code").at(-1)?.['the agent says'];
  const hours = { week: { mon: [{ from: '08:30', to: '12:00' }] } } as const;
  const nowMs = Date.parse('2026-11-27T20:00:00Z');
  expect(said).toBe(closedSentence(hours, { timeZone: 'UTC', nowMs }));
});

it('has the tools that come with people, with what they ask for', () => {
  const tools = runtimeToolsOf(
    {
      ...{ name: 'd', title: 'D', language: 'en', timeZone: 'UTC', voice: 'marin' },
      ...{ firstAgent: 'a', greeting: 'Hello.' },
      agents: { a: { label: 'A', handoffDescription: '', instructions: '', handoffs: ['team'] } },
      people: { team: { label: 'Team', handoffDescription: '' } },
    },
    'a',
  );
  const schema = z.object({ properties: z.record(z.string(), z.unknown()) });
  expect(
    referenceRows('people.md', 'note tool').map((row) => [
      ...codeWords(row['note tool']),
      ...codeWords(row['parameters']),
    ]),
  ).toEqual(
    tools.map(({ name, parameters }) => [
      name,
      ...Object.keys(schema.parse(parameters).properties),
    ]),
  );
});
