import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { packTar } from 'modern-tar';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tryModel } from '../try-model.ts';
import { catalogue } from './catalogue.ts';
import type { ModelKind } from './kinds.ts';
import { pullModel, type PullSource, type PullStep } from './pull.ts';
import { installedModels, openModel, removeModel } from './store.ts';
import { serveFile, type FileServer } from '../../testing/models/file-server.ts';
import { tinyMoonshine, tinyZipformer, type ModelFiles } from '../../testing/models/tiny-models.ts';

let modelsDir: string;
beforeEach(() => {
  modelsDir = mkdtempSync(join(tmpdir(), 'switchboard-models-'));
});
afterEach(() => rmSync(modelsDir, { recursive: true }));

const archiveOf = async (files: ModelFiles, folder = 'some-model-2026/'): Promise<Uint8Array> =>
  gzipSync(
    await packTar(
      Object.entries(files).map(([name, body]) => ({
        header: { name: folder + name, size: body.length },
        body,
      })),
    ),
  );
const sumOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const pull = (
  server: FileServer,
  source: Partial<PullSource> = {},
  options: Partial<Parameters<typeof pullModel>[1]> = {},
): ReturnType<typeof pullModel> =>
  pullModel(
    { name: 'tiny', kind: 'moonshine', url: server.url, sha256: null, ...source },
    {
      modelsDir,
      acceptUnverified: false,
      tryModel: async () => undefined,
      signal: new AbortController().signal,
      ...options,
    },
  );
const opened = (name = 'tiny'): ReturnType<typeof openModel> =>
  openModel({ modelsDir, name, purpose: 'ears' });

describe('pull', () => {
  it.each<[ModelKind, () => ModelFiles]>([
    ['moonshine', tinyMoonshine],
    ['streaming-transducer', tinyZipformer],
  ])(
    'fetches, unpacks, tries and installs a model (%s)',
    async (kind, make) => {
      const content = await archiveOf({
        ...make(),
        LICENSE: Buffer.from('free'),
        'test_wavs/0.wav': Buffer.from('noise'),
      });
      await using server = await serveFile(() => ({ content }));
      const steps: PullStep[] = [];
      const { manifest, alreadyThere } = await pull(
        server,
        { kind, sha256: sumOf(content) },
        { tryModel, onStep: (step) => steps.push(step) },
      );
      expect(alreadyThere).toBe(false);
      expect(manifest).toMatchObject({ name: 'tiny', kind, trust: 'published' });
      const model = await opened();
      expect(Object.values(model.parts).every((path) => existsSync(path))).toBe(true);
      expect(existsSync(join(modelsDir, 'tiny', 'LICENSE'))).toBe(true);
      expect(existsSync(join(modelsDir, 'tiny', 'test_wavs'))).toBe(false);
      expect(existsSync(join(modelsDir, '.pulling', 'tiny'))).toBe(false);
      const kinds = steps.map(({ step }) => step);
      expect([...new Set(kinds)]).toEqual(['downloading', 'unpacking', 'trying']);
      expect((await installedModels(modelsDir)).map(({ name }) => name)).toEqual(['tiny']);
    },
    20_000,
  );

  it('does nothing for a model that is there, and mends a damaged one', async () => {
    const content = await archiveOf(tinyMoonshine());
    const sha256 = sumOf(content);
    await using server = await serveFile(() => ({ content }));
    await pull(server, { sha256 });
    expect(await pull(server, { sha256 })).toMatchObject({ alreadyThere: true });
    expect(server.asked).toHaveLength(1);
    truncateSync(join(modelsDir, 'tiny', 'tokens.txt'), 3);
    await expect(opened()).rejects.toMatchObject({ code: 'model_invalid' });
    expect(await pull(server, { sha256 })).toMatchObject({ alreadyThere: false });
    expect((await opened()).name).toBe('tiny');
  });

  it('keeps nothing of a file that is another one', async () => {
    const content = await archiveOf(tinyMoonshine());
    await using server = await serveFile(() => ({ content }));
    await expect(pull(server, { sha256: '0'.repeat(64) })).rejects.toMatchObject({
      code: 'model_invalid',
      message: expect.stringContaining(sumOf(content)) as string,
    });
    expect(existsSync(join(modelsDir, '.pulling', 'tiny', 'archive.part'))).toBe(false);
    await expect(opened()).rejects.toMatchObject({ code: 'model_missing' });
  });

  it('fetches anew when the part that was there belongs to another file', async () => {
    const content = await archiveOf(tinyMoonshine());
    const broken = Uint8Array.from(content, (byte, at) => (at < 50 ? 0 : byte));
    await using server = await serveFile((request) =>
      request === 0 ? { content: broken, stopAt: 100 } : { content },
    );
    const sha256 = sumOf(content);
    const interrupt = new AbortController();
    const first = pull(
      server,
      { sha256 },
      { signal: interrupt.signal, onStep: () => interrupt.abort(new Error('stopped')) },
    );
    await expect(first).rejects.toThrow('stopped');
    await pull(server, { sha256 });
    expect(server.asked).toEqual([null, 'bytes=100-', null]);
    expect((await opened()).name).toBe('tiny');
  });

  it('takes what nobody knows the sum of only when told to, and records its sum', async () => {
    const content = await archiveOf(tinyMoonshine());
    await using server = await serveFile(() => ({ content }));
    await expect(pull(server)).rejects.toMatchObject({
      code: 'model_unverified',
      message: expect.stringContaining(sumOf(content)) as string,
    });
    const { manifest } = await pull(server, {}, { acceptUnverified: true });
    expect(manifest).toMatchObject({ trust: 'first-use', sha256: sumOf(content) });
    expect(server.asked).toHaveLength(1); // it was still there
  });

  it('says what an archive lacks', async () => {
    const { 'cached_decode.int8.onnx': _left, ...rest } = tinyMoonshine();
    const content = await archiveOf(rest);
    await using server = await serveFile(() => ({ content }));
    await expect(pull(server, {}, { acceptUnverified: true })).rejects.toMatchObject({
      code: 'model_invalid',
      message: expect.stringContaining('cachedDecoder') as string,
    });
  });

  it('refuses files that are no networks before they are loaded', async () => {
    const content = await archiveOf({
      ...tinyMoonshine(),
      'encode.int8.onnx': Buffer.from('<html>404</html>'.repeat(20)),
    });
    await using server = await serveFile(() => ({ content }));
    const tried: string[] = [];
    const pulling = pull(
      server,
      {},
      { acceptUnverified: true, tryModel: async ({ name }) => void tried.push(name) },
    );
    await expect(pulling).rejects.toMatchObject({ code: 'model_invalid' });
    expect(tried).toEqual([]);
  });

  it('survives a network that ends the process that loads it', async () => {
    const files = tinyMoonshine();
    const damaged = Uint8Array.from(files['encode.int8.onnx'] ?? []).fill(0xff, 20, 120);
    const content = await archiveOf({ ...files, 'encode.int8.onnx': damaged });
    await using server = await serveFile(() => ({ content }));
    await expect(pull(server, {}, { acceptUnverified: true, tryModel })).rejects.toMatchObject({
      code: 'model_invalid',
      message: expect.stringContaining('does not load') as string,
    });
    await expect(opened()).rejects.toMatchObject({ code: 'model_missing' });
  }, 20_000);

  it('lets one process at a time pull a model', async () => {
    const content = await archiveOf(tinyMoonshine());
    await using server = await serveFile(() => ({ content }));
    const inside = Promise.withResolvers<undefined>();
    const goOn = Promise.withResolvers<undefined>();
    const first = pull(
      server,
      {},
      {
        acceptUnverified: true,
        tryModel: async () => {
          inside.resolve(undefined);
          await goOn.promise;
        },
      },
    );
    await inside.promise;
    await expect(pull(server)).rejects.toMatchObject({ code: 'model_locked' });
    goOn.resolve(undefined);
    await first;
    expect((await opened()).name).toBe('tiny');
  });

  it('takes an archive without an outermost folder', async () => {
    const content = await archiveOf(tinyMoonshine(), '');
    await using server = await serveFile(() => ({ content }));
    await pull(server, {}, { acceptUnverified: true });
    expect((await opened()).name).toBe('tiny');
  });

  it('refuses names that are paths', async () => {
    await using server = await serveFile(() => ({ content: Buffer.alloc(0) }));
    await expect(pull(server, { name: '../up' })).rejects.toMatchObject({ code: 'config_invalid' });
    await expect(opened('../up')).rejects.toMatchObject({ code: 'model_missing' });
    expect(await removeModel(modelsDir, '../up')).toBe(false);
  });
});

describe('the store', () => {
  it('says how to get a model that is not there, and what one is for', async () => {
    await expect(opened('moonshine-tiny-en')).rejects.toMatchObject({
      code: 'model_missing',
      message: expect.stringContaining('npx switchboard models pull moonshine-tiny-en') as string,
    });
    const content = await archiveOf(tinyMoonshine());
    await using server = await serveFile(() => ({ content }));
    await pull(server, {}, { acceptUnverified: true });
    await expect(openModel({ modelsDir, name: 'tiny', purpose: 'voice' })).rejects.toMatchObject({
      code: 'model_invalid',
      message: expect.stringContaining('SWITCHBOARD_EARS') as string,
    });
  });

  it('notices a file that changed without changing its size', async () => {
    const content = await archiveOf(tinyMoonshine());
    await using server = await serveFile(() => ({ content }));
    await pull(server, {}, { acceptUnverified: true });
    const file = join(modelsDir, 'tiny', 'encode.int8.onnx');
    const bytes = readFileSync(file);
    bytes[50] = (bytes[50] ?? 0) ^ 1;
    writeFileSync(file, bytes);
    await expect(opened()).rejects.toMatchObject({
      code: 'model_invalid',
      message: expect.stringContaining('encode.int8.onnx has changed') as string,
    });
  });

  it('removes a model', async () => {
    const content = await archiveOf(tinyMoonshine());
    await using server = await serveFile(() => ({ content }));
    await pull(server, {}, { acceptUnverified: true });
    expect(await removeModel(modelsDir, 'tiny')).toBe(true);
    expect(await removeModel(modelsDir, 'tiny')).toBe(false);
    expect(await installedModels(modelsDir)).toEqual([]);
  });
});

describe('the catalogue', () => {
  it('names each model once and pins each archive', () => {
    expect(new Set(catalogue.map(({ name }) => name)).size).toBe(catalogue.length);
    for (const { url, sha256, sizeBytes } of catalogue) {
      expect(url).toMatch(/^https:\/\//);
      expect(sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(sizeBytes).toBeGreaterThan(1e6);
    }
  });
});
