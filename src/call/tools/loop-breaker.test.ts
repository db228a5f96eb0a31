import { expect, it } from 'vitest';
import { createLoopBreaker, type LoopBreaker } from './loop-breaker.ts';

const breaker = (): LoopBreaker => createLoopBreaker({ toolCallsPerTurn: 3, sameCallPerTurn: 2 });
const call = (n: number) => ({ name: 'look', arguments: `{"n":${n}}` });

it('A56 lets so many calls run between two turns of the caller', () => {
  const loop = breaker();
  expect([1, 2, 3, 4].map((n) => loop.judge(call(n)))).toEqual(['run', 'run', 'run', 'explain']);
  loop.callerTurn();
  expect(loop.judge(call(4))).toBe('run');
});

it('A56 lets the same call run so many times', () => {
  const loop = breaker();
  expect([1, 1, 1].map((n) => loop.judge(call(n)))).toEqual(['run', 'run', 'explain']);
});

it('A56 counts a handoff among all calls, and leaves its repetition to the handoff’s own limits', () => {
  const loop = breaker();
  const hand = { name: 'transfer_to_a', arguments: '{}', isTransfer: true };
  expect([1, 2, 3, 4].map(() => loop.judge(hand))).toEqual(['run', 'run', 'run', 'explain']);
});

it('A56 never asks for more than one response once it has tripped', () => {
  const loop = breaker();
  loop.agentSpoke();
  for (const n of [1, 1, 1]) loop.judge(call(n));
  expect([2, 3, 4].map((n) => loop.judge(call(n)))).toEqual(['speak', 'end', 'end']);
});

it('A56 leaves it at what the agent said about it', () => {
  const loop = breaker();
  for (const n of [1, 1, 1]) loop.judge(call(n));
  loop.agentSpoke();
  expect([2, 3].map((n) => loop.judge(call(n)))).toEqual(['end', 'end']);
});
