import { expect, it } from 'vitest';
import { createLane } from './lane.ts';

it('runs one at a time, urgent work before what came earlier, and goes on after a failure', async () => {
  const lane = createLane();
  const order: string[] = [];
  const gate = Promise.withResolvers<undefined>();
  const step = (name: string, urgent: boolean, until: Promise<unknown> = Promise.resolve()) =>
    lane.run(
      async () => {
        order.push(`${name} starts`);
        await until;
        order.push(`${name} ends`);
        if (name === 'live') throw new Error('no');
      },
      { urgent },
    );
  const all = [
    step('first', false, gate.promise),
    step('live', false),
    step('late', true),
    step('later', true),
  ];
  gate.resolve(undefined);
  const settled = await Promise.allSettled(all);
  expect(order.filter((one) => one.endsWith('starts'))).toEqual(
    ['first', 'late', 'later', 'live'].map((name) => `${name} starts`),
  );
  expect(
    order.every((one, i) => i % 2 === 1 || order[i + 1] === one.replace('starts', 'ends')),
  ).toBe(true);
  expect(settled.map(({ status }) => status)).toEqual([
    ...['fulfilled', 'rejected', 'fulfilled', 'fulfilled'],
  ]);
});
