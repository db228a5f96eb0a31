import { expect, it } from 'vitest';
import { manualClock } from '../lib/index.ts';
import { createRecording } from './recording.ts';
import { readWav } from './wav.ts';

const frame = (value: number): Int16Array => new Int16Array(480).fill(value);

it('puts both sides where they were heard: caller left, agent right', () => {
  const clock = manualClock();
  const recording = createRecording({ clock });
  recording.caller(frame(1));
  clock.advance(500);
  recording.agent(frame(2));
  clock.advance(500);
  recording.caller(frame(3));
  const { rateHz, channels } = readWav(recording.toWav());
  const [left, right] = channels;
  expect(rateHz).toBe(24_000);
  expect(left).toHaveLength(24_480);
  expect([left?.[0], left?.[479], left?.[480], left?.[23_999], left?.[24_000]]).toEqual([
    1, 1, 0, 0, 3,
  ]);
  expect([right?.[11_999], right?.[12_000], right?.[12_479], right?.[12_480]]).toEqual([
    0, 2, 2, 0,
  ]);
});

it('does not tear frames apart that come a little late', () => {
  const clock = manualClock();
  const recording = createRecording({ clock });
  for (let i = 0; i < 50; i++) {
    recording.agent(frame(5));
    clock.advance(i % 2 ? 13 : 27);
  }
  const [, right] = readWav(recording.toWav()).channels;
  expect(right?.every((sample) => sample === 5)).toBe(true);
  expect(right).toHaveLength(24_000);
});

it('leaves out what was sent ahead and cut off', () => {
  const clock = manualClock();
  const recording = createRecording({ clock });
  for (let i = 0; i < 4; i++) recording.agent(frame(5));
  clock.advance(10);
  recording.cutAgent();
  expect(readWav(recording.toWav()).channels[1]).toHaveLength(240);
});
