import { describe, expect, it } from 'vitest';
import { fillFrom } from './fill.ts';
import { readSession } from './replay.ts';
import type { Scene } from './state.ts';

const instructions =
  'Today is Monday, 23 November 2026. The time is 09:15. Time zone: Europe/London.';
const day = { type: 'string', format: 'date' };
const text = { type: 'string' };
const count = { type: 'integer', minimum: 0 };

/** Schemas of a tool, what was said, and all that is to be understood. */
const rows: readonly (readonly [Record<string, unknown>, string, Record<string, unknown>])[] = [
  [
    {
      kind: { type: 'string', enum: ['deep', 'standard'] },
      day,
      time: { type: 'string', description: 'HH:MM' },
      name: { type: 'string', description: 'Name of the person it is for' },
    },
    'a deep clean for my daughter next thursday at half past two, her name is ana lopez',
    { kind: 'deep', day: '2026-12-03', time: '14:30', name: 'Ana Lopez' },
  ],
  [
    { check_in: day, check_out: day, adults: count, children: count },
    'two adults and three children from the tenth to the twelfth of december',
    { check_in: '2026-12-10', check_out: '2026-12-12', adults: 2, children: 3 },
  ],
  [
    {
      start_time: { type: 'string', format: 'time' },
      end_time: { type: 'string', format: 'time' },
    },
    'tomorrow from two till four',
    { start_time: '14:00', end_time: '16:00' },
  ],
  [
    { party_size: count, day, time: { type: 'string', description: 'HH:MM' }, phone: text },
    'a table for four on friday at seven thirty p m my number is oh seven seven double oh nine oh oh one two three',
    { party_size: 4, day: '2026-11-27', time: '19:30', phone: '07700900123' },
  ],
  [
    { name: text, email: text },
    'my name is ana lopez and my email is ana dot lopez at example dot com',
    { name: 'Ana Lopez', email: 'ana.lopez@example.com' },
  ],
  [
    { old_date: day, new_date: day },
    'please move it from thursday to friday',
    { old_date: '2026-11-26', new_date: '2026-11-27' },
  ],
  [
    { reference: { type: 'string', pattern: '^RB-\\d{5}$' }, new_date: day },
    'can you move r b one two three four five to next tuesday',
    { reference: 'RB-12345', new_date: '2026-12-01' },
  ],
  [
    { reference: { type: 'string', pattern: '^RB-\\d{5}$' }, phone: text },
    'my number is oh seven seven double oh nine oh oh one two three',
    { phone: '07700900123' },
  ],
  [
    {
      bags: count,
      boxes: count,
      fragile: { type: 'boolean', description: 'Whether it is fragile' },
    },
    'three boxes and two bags and they are fragile',
    { bags: 2, boxes: 3, fragile: true },
  ],
  [
    { first_name: text, last_name: text },
    'my name is ana maria lopez',
    { first_name: 'Ana', last_name: 'Maria Lopez' },
  ],
  [{ date: day, due_date: day }, 'i need it on friday', { date: '2026-11-27' }],
];

describe('several values in one sentence', () => {
  it.each(rows)('%j: %s', (properties, said, expected) => {
    const tools = [
      {
        name: 'do_thing',
        description: 'Do a thing.',
        parameters: { type: 'object', properties, required: Object.keys(properties) },
      },
    ];
    const scene: Scene = {
      ...readSession({ instructions, tools }),
      ...{ blocked: new Set<string>(), before: '', self: '' },
    };
    const [tool] = scene.tools;
    if (!tool) throw new Error('no tool');
    expect(fillFrom(scene, tool, { text: said, values: {}, overwrite: false }).values).toEqual(
      expected,
    );
  });
});
