import { expect, it } from 'vitest';
import { countedIds, manualClock } from '../../lib/index.ts';
import { createWaitingCalls } from './waiting-calls.ts';

function setUp() {
  const clock = manualClock();
  const newId = countedIds();
  const lost: string[] = [];
  const calls = createWaitingCalls<string>({
    clock,
    keepMs: 20_000,
    newToken: () => newId('token'),
  });
  return { clock, calls, lost, keep: (name: string) => calls.keep(name, () => lost.push(name)) };
}

it('finds a call by its token while the time runs, and loses it after', () => {
  const { clock, calls, lost, keep } = setUp();
  const call = keep('a');
  const token = call.newToken();
  expect(calls.find(token)).toBe(call);
  call.away();
  clock.advance(19_999);
  expect(calls.awayCount).toBe(1);
  expect(calls.find(token)).toBe(call);
  clock.advance(1);
  expect(lost).toEqual(['a']);
  expect(calls.find(token)).toBeUndefined();
  expect(calls.awayCount).toBe(0);
});

it('gives a caller who is back all the time in the world, and the same time again', () => {
  const { clock, lost, keep } = setUp();
  const call = keep('a');
  call.away();
  clock.advance(19_000);
  call.back();
  clock.advance(60_000);
  expect(lost).toEqual([]);
  call.away();
  call.away(); // noticed twice
  clock.advance(20_000);
  expect(lost).toEqual(['a']);
});

it('A13: takes a token once, but not before its successor is known to have arrived', () => {
  const { calls, keep } = setUp();
  const call = keep('a');
  const first = call.newToken();
  const second = call.newToken();
  expect(calls.find(first)).toBe(call); // the answer with the second may have got lost
  call.settle();
  expect(calls.find(first)).toBeUndefined();
  expect(calls.find(second)).toBe(call);
});

it('A12: knows no other call by a token', () => {
  const { calls, keep } = setUp();
  const tokens = [keep('a').newToken(), keep('b').newToken()];
  expect(tokens.map((token) => calls.find(token)?.held)).toEqual(['a', 'b']);
  expect(calls.find('token_3')).toBeUndefined();
});

it('keeps no heap of tokens of a caller who tries and tries', () => {
  const { calls, keep } = setUp();
  const call = keep('a');
  const tokens = Array.from({ length: 50 }, () => call.newToken());
  expect(tokens.filter((token) => calls.find(token))).toHaveLength(4);
  expect(calls.find(tokens.at(-1) ?? '')).toBe(call);
});

it('forgets a call that is over, whatever comes late', () => {
  const { clock, calls, lost, keep } = setUp();
  const call = keep('a');
  const token = call.newToken();
  call.away();
  call.release();
  call.release();
  expect(calls.find(token)).toBeUndefined();
  expect(calls.find(call.newToken())).toBeUndefined();
  call.away();
  clock.advance(60_000);
  expect(lost).toEqual([]);
  expect(calls.awayCount).toBe(0);
});
