import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { packTar } from 'modern-tar';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLog } from '../lib/index.ts';
import { installed as assets } from '../testing/installed.ts';
import type { EngineChoices } from './choices.ts';
import { pullModel } from './models/index.ts';
import { serveFile } from '../testing/models/file-server.ts';
import { tinyZipformer } from '../testing/models/tiny-models.ts';
import { openEars, type OpenedEars } from './open-ears.ts';
import { tryModel } from './try-model.ts';

const modelsDir = mkdtempSync(join(tmpdir(), 'switchboard-open-ears-'));
afterAll(() => rmSync(modelsDir, { recursive: true }));

const open = (ears: EngineChoices['ears'], from = assets): Promise<OpenedEars> =>
  openEars({ ears, modelsDir }, { assets: from, log: silentLog });

/** Sound of all frequencies. */
const noise = (): Int16Array =>
  Int16Array.from({ length: 16_000 }, (_, at) => ((at * 7_919 * (at % 127)) % 20_000) - 10_000);

it('serves typed calls where nothing can be heard', async () => {
  const nothing = { ...assets, vadModel: null, pocketsphinx: null, notes: ['Hearing is off.'] };
  const chosen: readonly EngineChoices['ears'][] = [
    { kind: 'pocketsphinx' },
    { kind: 'model', name: 'tiny' },
    { kind: 'endpoint', url: 'http://127.0.0.1:1/v1', model: 'm', apiKey: '', language: 'en' },
  ];
  for (const ears of chosen) {
    expect(await open(ears, nothing)).toEqual({
      ears: null,
      hearing: { available: false, note: 'Hearing is off.' },
    });
  }
});

describe('a model by its name', () => {
  beforeAll(async () => {
    const files = Object.entries(tinyZipformer());
    const content = gzipSync(
      await packTar(files.map(([name, body]) => ({ header: { name, size: body.length }, body }))),
    );
    await using server = await serveFile(() => ({ content }));
    await pullModel(
      { name: 'tiny', kind: 'streaming-transducer', url: server.url, sha256: null },
      { modelsDir, acceptUnverified: true, tryModel, signal: new AbortController().signal },
    );
  }, 30_000);

  it('hears with a model that was pulled', async () => {
    const { ears, hearing } = await open({ kind: 'model', name: 'tiny' });
    expect(hearing).toEqual({ available: true });
    await using recognizer = await ears?.recognizer();
    const turn = recognizer?.begin();
    turn?.push(noise());
    expect((await turn?.finish())?.text).toBe('loud quiet');
    await ears?.[Symbol.asyncDispose]();
  }, 20_000);

  it('does not start with one that was not, and says how to get it', async () => {
    await expect(open({ kind: 'model', name: 'moonshine-tiny-en' })).rejects.toMatchObject({
      code: 'model_missing',
      message: expect.stringContaining('models pull moonshine-tiny-en') as string,
    });
  });

  it('does not start with one that is damaged', async () => {
    const tokens = join(modelsDir, 'tiny', 'tokens.txt');
    expect(existsSync(tokens)).toBe(true);
    rmSync(tokens);
    await expect(open({ kind: 'model', name: 'tiny' })).rejects.toMatchObject({
      code: 'model_invalid',
      message: expect.stringContaining('tokens.txt is missing') as string,
    });
  });
});
