import { expect, it } from 'vitest';
import { manualClock, silentLog, supervised } from '../../lib/index.ts';
import { createLineOutput } from './line-output.ts';

function line() {
  const clock = manualClock();
  const frames: Int16Array[] = [];
  const told: string[] = [];
  const output = createLineOutput({
    ...{ clock, spawn: supervised(silentLog) },
    play: (frame) => frames.push(frame),
    report: ({ type, responseId }) => told.push(`${type} ${responseId}`),
  });
  return {
    ...{ output, frames, told },
    say(response_id: string, item_id: string, ms: number) {
      const at = { response_id, item_id, output_index: 0, content_index: 0 };
      output.say({ at, samples: new Int16Array(ms * 24).fill(5), format: 'audio/pcm' });
    },
    async pass(ms: number) {
      for (let at = 0; at < ms; at += 20) clock.advance(Math.min(20, ms - at));
      for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
    },
  };
}

it('tells when each response begins to be heard and when all of it was', async () => {
  const { output, frames, told, say, pass } = line();
  output.open();
  say('one', 'a', 200);
  output.endResponse('one');
  say('two', 'b', 100);
  await pass(0);
  expect(told).toEqual(['output_started one']);
  await pass(190);
  expect([frames.length, output.unheardMs()]).toEqual([10, 110]);
  await pass(20);
  expect(told).toEqual(['output_started one', 'output_stopped one', 'output_started two']);
  await pass(200);
  // More of it may come yet.
  expect(told).toHaveLength(3);
  output.endResponse('two');
  await pass(0);
  expect(told.at(-1)).toBe('output_stopped two');
  expect(output.cut()).toBeNull();
});

it('knows what was heard of each item when it is cut, and says nothing of it afterwards', async () => {
  const { output, frames, told, say, pass } = line();
  output.open();
  say('one', 'a', 100);
  say('one', 'b', 300);
  output.endResponse('one');
  say('two', 'c', 100);
  await pass(150);
  expect(output.cut()).toEqual({
    responseIds: ['one'],
    items: [
      { itemId: 'a', heardMs: 100 },
      { itemId: 'b', heardMs: 50 },
      { itemId: 'c', heardMs: 0 },
    ],
  });
  const sent = frames.length;
  await pass(1_000);
  expect([frames.length, output.unheardMs(), output.cut()]).toEqual([sent, 0, null]);
  expect(told).toEqual(['output_started one']);
  say('three', 'd', 20);
  await pass(20);
  expect(frames.length).toBe(sent + 1);
});

it('holds what is said until the line is open', async () => {
  const { output, frames, told, say, pass } = line();
  say('gone', 'a', 100);
  await pass(500);
  expect(output.cut()).toEqual({ responseIds: [], items: [{ itemId: 'a', heardMs: 0 }] });
  say('one', 'b', 100);
  output.endResponse('one');
  await pass(500);
  expect([frames.length, told.length, output.unheardMs()]).toEqual([0, 0, 100]);
  output.open();
  await pass(100);
  expect(frames).toHaveLength(5);
  expect(told).toEqual(['output_started one', 'output_stopped one']);
});
