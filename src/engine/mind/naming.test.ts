import { expect, it } from 'vitest';
import { createOfflineMind } from './index.ts';
import type { MindAct, MindItem } from './port.ts';

const tools = [
  {
    name: 'listRooms',
    description: 'Rooms.',
    parameters: {
      type: 'object',
      properties: { startsOn: { type: 'string', format: 'date' } },
      required: ['startsOn'],
    },
  },
  {
    name: 'bookRoom',
    description: 'Book a room.',
    parameters: {
      type: 'object',
      properties: {
        roomId: { type: 'string' },
        bedType: { type: 'string', enum: ['DOUBLE', 'TWIN'] },
      },
      required: ['roomId', 'bedType'],
    },
  },
];

async function respond(items: readonly MindItem[]): Promise<MindAct[]> {
  await using mind = createOfflineMind();
  const instructions = 'Today is Monday, 23 November 2026. Time zone: UTC.';
  const input = { instructions, tools, toolChoice: 'auto', items } as const;
  const acts: MindAct[] = [];
  for await (const act of mind.respond(input, new AbortController().signal)) acts.push(act);
  return acts;
}

const said: MindItem = {
  type: 'message',
  role: 'user',
  text: 'i want to book a twin room for tomorrow',
};

it('calls tools and arguments in camelCase by the names that the session knows', async () => {
  expect(await respond([said])).toContainEqual({
    type: 'call',
    name: 'listRooms',
    arguments: '{"startsOn":"2026-11-24"}',
  });
});

it('takes an id out of results in camelCase', async () => {
  const output = {
    rooms: [
      { roomId: 'r1', floor: 'first' },
      { roomId: 'r2', floor: 'attic' },
    ],
  };
  const acts = await respond([
    said,
    {
      type: 'function_call',
      name: 'listRooms',
      callId: 'a',
      arguments: '{"startsOn":"2026-11-24"}',
    },
    { type: 'function_call_output', callId: 'a', output: JSON.stringify(output) },
    {
      type: 'message',
      role: 'assistant',
      text: 'There is first and attic. Which one would you like?',
    },
    { type: 'message', role: 'user', text: 'the attic one' },
  ]);
  expect(acts).toContainEqual({
    type: 'call',
    name: 'bookRoom',
    arguments: '{"roomId":"r2","bedType":"TWIN"}',
  });
});
