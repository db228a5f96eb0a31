import { expect, it } from 'vitest';
import { manualClock } from '../../lib/index.ts';
import type { CallServerMessage } from '../../protocol/index.ts';
import { createTurnTaking } from './turn-taking.ts';

type Status = Extract<CallServerMessage, { type: 'status' }>;

function setUp() {
  const clock = manualClock();
  const floor = createTurnTaking(clock);
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return {
    floor,
    async after(ms: number, agent?: Status['agent'], caller: Status['caller'] = 'silent') {
      for (let left = ms; left > 0; left -= 50) {
        clock.advance(Math.min(50, left));
        await settle();
      }
      if (agent) floor.follow({ type: 'status', agent, caller, activeAgent: 'triage' });
      await settle();
    },
  };
}

/** What a promise has come to so far. */
function watch<T>(promise: Promise<T>): { value: T | undefined } {
  const seen: { value: T | undefined } = { value: undefined };
  void promise.then((value) => (seen.value = value));
  return seen;
}

it('waits for the greeting and a pause after it', async () => {
  const { floor, after } = setUp();
  const answered = watch(floor.answered({ quietMs: 300, patienceMs: 5_000 }));
  await after(1_000, 'listening'); // nothing was said yet
  await after(500, 'speaking');
  await after(2_000, 'listening');
  await after(250);
  expect(answered.value).toBeUndefined();
  await after(100);
  expect(answered.value).toBe(true);
});

it('does not take a handoff’s short silence for the end of the answer', async () => {
  const { floor, after } = setUp();
  floor.callerBegins();
  const answered = watch(floor.answered({ quietMs: 300, patienceMs: 5_000 }));
  await after(100, 'speaking');
  await after(100, 'listening');
  await after(200, 'thinking');
  await after(400, 'speaking');
  await after(400, 'listening');
  expect(answered.value).toBeUndefined();
  await after(300);
  expect(answered.value).toBe(true);
});

it('goes on without an answer when patience runs out', async () => {
  const { floor, after } = setUp();
  const answered = watch(floor.answered({ quietMs: 300, patienceMs: 2_000 }));
  await after(1_900);
  expect(answered.value).toBeUndefined();
  await after(100);
  expect(answered.value).toBe(false);
});

it('counts an answer that began before the caller had quite finished', async () => {
  const { floor, after } = setUp();
  floor.callerBegins();
  await after(100, 'thinking');
  floor.callerEnds();
  const answered = watch(floor.answered({ quietMs: 300, patienceMs: 2_000 }));
  await after(400, 'listening');
  await after(300);
  expect(answered.value).toBe(true);
});

it('finds the moment to interrupt', async () => {
  const { floor, after } = setUp();
  const now = watch(floor.speakingFor(500).then(() => true));
  await after(1_000, 'speaking');
  await after(450);
  expect(now.value).toBeUndefined();
  await after(50);
  expect(now.value).toBe(true);
});
