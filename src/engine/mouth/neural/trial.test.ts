import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { tinyVits } from '../../../testing/models/tiny-voice.ts';
import { runTrial, type InstalledModel } from '../../models/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'tiny-voice-'));
afterAll(() => rmSync(folder, { recursive: true }));
const entry = new URL('./trial.child.ts', import.meta.url);
const { signal } = new AbortController();

function install(files: Readonly<Record<string, Uint8Array>>): InstalledModel {
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
  const parts = { model: join(folder, 'model.onnx'), tokens: join(folder, 'tokens.txt') };
  return { name: 'tiny', kind: 'vits', folder, parts };
}

it('lets a voice through that speaks', async () => {
  await runTrial(entry, install(tinyVits()), signal);
}, 20_000);

it('survives a file that ends the process, and says which model it was', async () => {
  const broken = install({ ...tinyVits(), 'tokens.txt': Buffer.from('not a table') });
  await expect(runTrial(entry, broken, signal)).rejects.toMatchObject({
    code: 'model_invalid',
    message: expect.stringContaining("'tiny'") as string,
  });
}, 20_000);
