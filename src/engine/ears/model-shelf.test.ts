import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { silentLog } from '../../lib/index.ts';
import type { Subject } from './language-model.ts';
import type { ModelBuilder } from './model-builder.ts';
import { createModelShelf } from './model-shelf.ts';

const subject = (instructions: string): Subject => ({
  context: { instructions, tools: [] },
  earlier: [],
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'switchboard-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function shelf(build: ModelBuilder['build']) {
  const builder = { build, [Symbol.asyncDispose]: () => Promise.resolve() };
  return createModelShelf({ folder, builder, log: silentLog });
}

const writes: ModelBuilder['build'] = ({ id }) => {
  writeFileSync(join(folder, `${id}.dict`), '');
  writeFileSync(join(folder, `${id}.arpa`), '');
  return Promise.resolve(1);
};

it('builds a model once for all who speak of the same', async () => {
  const build = vi.fn(writes);
  const models = shelf(build);
  const [one, two] = await Promise.all([models.take(subject('a')), models.take(subject('a'))]);
  expect(one).toBe(two);
  expect(build).toHaveBeenCalledOnce();
});

it('tries again after a failure', async () => {
  const build = vi.fn(writes).mockRejectedValueOnce(new Error('no space left'));
  const models = shelf(build);
  await expect(models.take(subject('a'))).rejects.toThrow('no space left');
  await expect(models.take(subject('a'))).resolves.toBeTypeOf('string');
});

it('removes what nobody used for long, and nothing that is held', async () => {
  const models = shelf(writes);
  const held = await models.take(subject('held'));
  const first = await models.take(subject('first'));
  models.giveBack(first);
  for (let i = 0; i < 40; i += 1)
    models.giveBack(await models.take(subject(`one ${'x'.repeat(i)}`)));
  const { arpa, dictionary } = models.files(first);
  await expect.poll(() => [arpa, dictionary].filter((file) => existsSync(file))).toEqual([]);
  expect(existsSync(models.files(held).arpa)).toBe(true);
});
