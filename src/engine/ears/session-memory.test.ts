import { expect, it } from 'vitest';
import type { RecognizerContext } from './port.ts';
import { createSessionMemory } from './session-memory.ts';

const agent = (instructions: string): RecognizerContext => ({ instructions, tools: [] });

it('remembers what the session was for, each agent once, and forgets the oldest', () => {
  const memory = createSessionMemory();
  const [front, bills, times] = [agent('front'), agent('bills'), agent('times')];
  expect(memory.learn(front)).toEqual({ context: front, earlier: [] });
  memory.learn(bills);
  memory.learn(times);
  expect(memory.learn(front)).toEqual({ context: front, earlier: [bills, times] });
  for (const name of ['a', 'b', 'c']) memory.learn(agent(name));
  expect(memory.learn(agent('d')).earlier.map(({ instructions }) => instructions)).toEqual([
    'front',
    'a',
    'b',
    'c',
  ]);
});

it('takes the same words on another day for the same agent', () => {
  const memory = createSessionMemory();
  memory.learn(agent('Today is the 23. You sell tickets.'));
  expect(memory.learn(agent('Today is the 24. You sell tickets.')).earlier).toEqual([]);
});
