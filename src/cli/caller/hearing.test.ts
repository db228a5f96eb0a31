import { expect, it } from 'vitest';
import { manualClock } from '../../lib/index.ts';
import type { CallServerMessage, TrailEvent } from '../../protocol/index.ts';
import { createHearing } from './hearing.ts';

const shown = (itemId: string): CallServerMessage => ({
  ...{ type: 'caption', itemId, speaker: 'agent', agent: 'triage', text: 'words' },
});
const told = (itemId: string, text: string): CallServerMessage => ({
  type: 'trail',
  event: { type: 'turn.agent', itemId, text } as TrailEvent, // all that is looked at
});

/** Advances the clock until a promise has settled. */
async function settled(clock: ReturnType<typeof manualClock>, asked: Promise<string>) {
  let heard: string | undefined;
  void asked.then((text) => {
    heard = text;
  });
  let waitedMs = 0;
  for (; heard === undefined && waitedMs < 10_000; waitedMs += 50) {
    clock.advance(50);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { heard, waitedMs };
}

it('waits for the sentence that is on its way to the trail, behind one that is there', async () => {
  const clock = manualClock();
  const hearing = createHearing(clock);
  for (const message of [shown('a'), told('a', 'I will put you through.'), shown('b')]) {
    hearing.follow(message);
  }
  const asked = hearing.sinceAsked();
  clock.advance(400);
  hearing.follow(told('b', 'Your number?'));
  expect(await settled(clock, asked)).toMatchObject({
    heard: 'I will put you through. Your number?',
  });
});

it('asks again for nothing that it has been told, also when its words are shown late', async () => {
  const clock = manualClock();
  const hearing = createHearing(clock);
  for (const message of [shown('a'), told('a', 'Hello.'), shown('a')]) hearing.follow(message);
  expect(await hearing.sinceAsked()).toBe('Hello.');
  hearing.follow(told('b', 'Anything else?'));
  expect(await hearing.sinceAsked()).toBe('Anything else?');
});

it('gives up on what nobody heard after two seconds, and never waits for it again', async () => {
  const clock = manualClock();
  const hearing = createHearing(clock);
  hearing.follow(shown('cut'));
  hearing.follow(told('a', 'Hello.'));
  expect(await settled(clock, hearing.sinceAsked())).toEqual({ heard: 'Hello.', waitedMs: 2_000 });
  hearing.follow(told('b', 'Yes?'));
  expect(await hearing.sinceAsked()).toBe('Yes?');
});
