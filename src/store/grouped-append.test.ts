import { expect, it } from 'vitest';
import type { TrailEvent } from '../protocol/index.ts';
import { groupedAppend } from './grouped-append.ts';

const event = (callId: string, seq = 1): TrailEvent => ({
  type: 'agent.started',
  callId,
  seq,
  at: '2026-11-23T09:00:00.000Z',
  elapsedMs: seq,
  agent: 'triage',
});

it('writes what comes in during a write in one go, after it', async () => {
  const writes: string[][] = [];
  const gates: (() => void)[] = [];
  const append = groupedAppend((events) => {
    writes.push(events.map(({ callId }) => callId));
    return new Promise((resolve) => gates.push(resolve));
  });
  const first = append([event('a')]);
  const rest = Promise.all([append([event('b')]), append([event('c')]), append([event('a', 2)])]);
  gates.shift()?.();
  await first;
  await Promise.resolve();
  gates.shift()?.();
  await rest;
  expect(writes).toEqual([['a'], ['b', 'c', 'a']]);
});

it('lets only the call fail whose event cannot be written', async () => {
  const written: string[] = [];
  const append = groupedAppend(async (events) => {
    await Promise.resolve();
    if (events.some(({ callId }) => callId === 'bad')) throw new Error('no');
    written.push(...events.map(({ callId }) => callId));
  });
  const outcomes = await Promise.allSettled(
    ['first', 'good', 'bad', 'fine'].map((callId) => append([event(callId)])),
  );
  expect(outcomes.map(({ status }) => status)).toEqual([
    'fulfilled',
    'fulfilled',
    'rejected',
    'fulfilled',
  ]);
  expect(written).toEqual(['first', 'good', 'fine']);
});

it('goes on after a failure', async () => {
  let fail = true;
  const append = groupedAppend(() =>
    fail ? Promise.reject(new Error('down')) : Promise.resolve(),
  );
  await expect(append([event('a')])).rejects.toThrow('down');
  fail = false;
  await expect(append([event('a')])).resolves.toBeUndefined();
});

it('never puts more than a thousand events of different calls in one statement', async () => {
  const sizes: number[] = [];
  const append = groupedAppend((events) => {
    sizes.push(events.length);
    return Promise.resolve();
  });
  const batch = (callId: string) => Array.from({ length: 600 }, (_, n) => event(callId, n + 1));
  await Promise.all([append(batch('a')), append(batch('b')), append(batch('c'))]);
  expect(sizes).toEqual([600, 600, 600]);
});
