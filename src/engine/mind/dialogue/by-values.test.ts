import { expect, it } from 'vitest';
import { createOfflineMind, type MindAct } from '../index.ts';

const object = (properties: Readonly<Record<string, unknown>>) => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
});
const day = { type: 'string', format: 'date' };
const guests = { type: 'integer', minimum: 1, description: 'Number of guests' };
const stay = {
  name: 'check_availability',
  description: 'What is free.',
  parameters: object({ arrival: day, departure: day, guests }),
};

async function answer(text: string): Promise<MindAct[]> {
  const acts: MindAct[] = [];
  await using mind = createOfflineMind();
  const input = {
    instructions: 'Today is Monday, 23 November 2026. Time zone: Europe/London.',
    tools: [stay],
    toolChoice: 'auto',
    items: [{ type: 'message', role: 'user', text }],
  } as const;
  for await (const act of mind.respond(input, new AbortController().signal)) acts.push(act);
  return acts;
}

it.each([
  ['from tomorrow until friday for one person', '2026-11-24', '2026-11-27', 1],
  ['from the third to the sixth of december for my wife and me', '2026-12-03', '2026-12-06', 2],
  ['three nights from friday for two of us', '2026-11-27', '2026-11-30', 2],
])('values alone say what is wanted: %s', async (text, arrival, departure, count) => {
  expect(await answer(text)).toContainEqual({
    type: 'call',
    name: 'check_availability',
    arguments: JSON.stringify({ arrival, departure, guests: count }),
  });
});

it('one value alone tells nothing', async () => {
  expect(await answer('two people')).not.toContainEqual(expect.objectContaining({ type: 'call' }));
});
