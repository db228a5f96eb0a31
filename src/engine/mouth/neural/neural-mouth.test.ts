import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { InstalledModel } from '../../models/index.ts';
import { collect, mouthContract } from '../contract.ts';
import { mouthRateHz } from '../port.ts';
import { tinyVits } from '../../../testing/models/tiny-voice.ts';
import { createDueQueue } from './due-queue.ts';
import { createNeuralMouth } from './neural-mouth.ts';

const folder = mkdtempSync(join(tmpdir(), 'tiny-voice-'));
for (const [name, bytes] of Object.entries(tinyVits())) writeFileSync(join(folder, name), bytes);
const model: InstalledModel = {
  name: 'tiny',
  kind: 'vits',
  folder,
  parts: { model: join(folder, 'model.onnx'), tokens: join(folder, 'tokens.txt') },
};
afterAll(() => rmSync(folder, { recursive: true }));

mouthContract('A voice of sherpa-onnx', () => createNeuralMouth({ model }));

describe('a voice of sherpa-onnx', () => {
  /** Upward crossings of zero in a second. */
  async function hertz(voice: string): Promise<number> {
    await using mouth = await createNeuralMouth({ model });
    const [chunk] = await collect(
      mouth.speak('a long enough tone', { voice, speed: 1, signal: new AbortController().signal }),
    );
    const samples = chunk?.samples.subarray(2_400, 2_400 + mouthRateHz / 2) ?? new Int16Array(0);
    return samples.reduce(
      (count, sample, at) => count + (at > 0 && (samples[at - 1] ?? 0) < 0 && sample >= 0 ? 2 : 0),
      0,
    );
  }

  it('is played at its own pitch, whatever rate the model works at, and deals out its speakers', async () => {
    const first = (0.1 * 16_000) / (2 * Math.PI);
    expect(await hertz('0')).toBeCloseTo(first, -1);
    expect(await hertz('1')).toBeCloseTo(first * 1.4, -1);
    expect(await hertz('no such voice')).toBe(await hertz('0'));
  });

  it('cannot be made of a model that hears', async () => {
    const wrong: InstalledModel = { ...model, kind: 'moonshine' };
    await expect(createNeuralMouth({ model: wrong })).rejects.toMatchObject({
      code: 'model_invalid',
    });
  });
});

describe('createDueQueue', () => {
  it('runs so much at once, what is due first before the rest, and drops what is stopped', async () => {
    const queue = createDueQueue(1);
    const order: string[] = [];
    const gate = Promise.withResolvers<undefined>();
    const { signal } = new AbortController();
    const stopped = new AbortController();
    const add = (name: string, dueMs: number, by: AbortSignal = signal): Promise<void> =>
      queue.run(
        async () => {
          order.push(name);
          await gate.promise;
        },
        { dueMs, signal: by },
      );
    const all = [add('running', 9), add('late', 5), add('soon', 1), add('also soon', 1)];
    const dropped = add('stopped', 0, stopped.signal);
    stopped.abort(new Error('barge-in'));
    await expect(dropped).rejects.toThrow('barge-in');
    gate.resolve(undefined);
    await Promise.all(all);
    await queue.settled();
    expect(order).toEqual(['running', 'soon', 'also soon', 'late']);
  });
});
