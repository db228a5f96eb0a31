import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { packTar } from 'modern-tar';
import { afterAll, expect, it } from 'vitest';
import { silentLog } from '../lib/index.ts';
import { serveFile } from '../testing/models/file-server.ts';
import { tinyMoonshine } from '../testing/models/tiny-models.ts';
import { tinyVits } from '../testing/models/tiny-voice.ts';
import type { EngineChoices } from './choices.ts';
import { pullModel, type ModelKind } from './models/index.ts';
import type { Mouth } from './mouth/port.ts';
import { openMouth } from './open-mouth.ts';
import { tryModel } from './try-model.ts';

const modelsDir = mkdtempSync(join(tmpdir(), 'switchboard-open-mouth-'));
afterAll(() => rmSync(modelsDir, { recursive: true }));

const open = (mouth: EngineChoices['mouth']): Promise<Mouth> =>
  openMouth({ mouth, modelsDir }, { workers: 1, log: silentLog });

async function pull(
  name: string,
  kind: ModelKind,
  model: Readonly<Record<string, Uint8Array>>,
): Promise<void> {
  const files = Object.entries(model);
  const content = gzipSync(
    await packTar(
      files.map(([file, body]) => ({ header: { name: file, size: body.length }, body })),
    ),
  );
  await using server = await serveFile(() => ({ content }));
  await pullModel(
    { name, kind, url: server.url, sha256: null },
    { modelsDir, acceptUnverified: true, tryModel, signal: new AbortController().signal },
  );
}

async function heard(mouth: Mouth, text: string): Promise<string> {
  let told = '';
  const { signal } = new AbortController();
  for await (const chunk of mouth.speak(text, { voice: 'marin', speed: 1, signal })) {
    if (chunk.samples.some((sample) => Math.abs(sample) > 1_000)) told += chunk.text;
  }
  return told;
}

it('speaks with a voice that was pulled', async () => {
  await pull('tiny', 'vits', tinyVits());
  await using mouth = await open({ kind: 'model', name: 'tiny' });
  expect(await heard(mouth, 'Hello there.')).toBe('Hello there.');
}, 30_000);

it('stops the start with one line for a voice that is not here, or is none', async () => {
  await expect(open({ kind: 'model', name: 'no-such' })).rejects.toMatchObject({
    code: 'model_missing',
    message:
      "The model 'no-such' is not here. Run `npx switchboard models pull no-such`, or `npx switchboard models list` for those there are.",
  });
  await pull('listener', 'moonshine', tinyMoonshine());
  await expect(open({ kind: 'model', name: 'listener' })).rejects.toMatchObject({
    code: 'model_invalid',
  });
}, 30_000);

it('speaks offline when the server cannot be reached', async () => {
  const nobody = 'http://127.0.0.1:1/v1';
  await using mouth = await open({ kind: 'endpoint', url: nobody, model: 'm', apiKey: '' });
  expect(await heard(mouth, 'Hello there.')).toBe('Hello there.');
});
