import { expect, it } from 'vitest';
import { silentLog, supervised } from '../../lib/index.ts';
import type { Recognizer } from '../ears/port.ts';
import { createTurnQueue, maxTurnMs, type TurnResult } from './turn-queue.ts';

const second = new Int16Array(16_000);

/** A recogniser that takes one turn at a time and is finished by hand. */
function recogniser() {
  const finishing: ((text: string) => void)[] = [];
  let open = 0;
  let mostOpen = 0;
  const fake: Recognizer = {
    adapt: () => Promise.resolve(),
    begin() {
      open += 1;
      mostOpen = Math.max(mostOpen, open);
      let samples = 0;
      return {
        push: (more) => void (samples += more.length),
        finish: () =>
          new Promise((resolve) => {
            finishing.push((text) => {
              open -= 1;
              resolve({ text: `${text} ${samples / 16_000}`, confidence: 1 });
            });
          }),
        cancel: () => void (open -= 1),
      };
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
  return { fake, finishing, mostOpen: () => mostOpen };
}

function queue() {
  const results: TurnResult[] = [];
  let wake = (): void => undefined;
  const turns = createTurnQueue({
    spawn: supervised(silentLog),
    report(result) {
      results.push(result);
      wake();
    },
  });
  const settled = async (count: number): Promise<void> => {
    while (results.length < count) await new Promise<void>((resolve) => (wake = resolve));
  };
  return { turns, results, settled };
}

it('keeps turns whole and in order while the recogniser is busy or not there yet', async () => {
  const { turns, results, settled } = queue();
  const { fake, finishing, mostOpen } = recogniser();
  turns.begin();
  turns.push(second);
  turns.finish('first');
  turns.begin();
  turns.push(second);
  turns.push(second);
  turns.attach(fake);
  finishing.shift()?.('one');
  await settled(1);
  turns.push(second);
  turns.finish('second');
  finishing.shift()?.('two');
  await settled(2);
  expect(results).toMatchObject([
    { itemId: 'first', text: 'one 1', durationMs: 1_000 },
    { itemId: 'second', text: 'two 3', durationMs: 3_000 },
  ]);
  expect(mostOpen()).toBe(1);
});

it('drops what exceeds the longest turn', async () => {
  const { turns, results, settled } = queue();
  const { fake, finishing } = recogniser();
  turns.attach(fake);
  turns.begin();
  for (let count = 0; count < maxTurnMs / 1_000 + 30; count++) turns.push(second);
  turns.finish('long');
  finishing.shift()?.('long');
  await settled(1);
  expect(results[0]?.durationMs).toBeLessThanOrEqual(maxTurnMs + 1_000);
});

it('fails every turn when there is no recogniser to be had', async () => {
  const { turns, results, settled } = queue();
  turns.begin();
  turns.finish('first');
  turns.fail('no model');
  turns.begin();
  turns.finish('second');
  await settled(2);
  expect(results).toMatchObject([
    { type: 'transcription_failed', itemId: 'first', message: 'no model' },
    { type: 'transcription_failed', itemId: 'second', message: 'no model' },
  ]);
});
