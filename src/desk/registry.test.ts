import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findDesks, loadDesk, openDesks, promptFile } from './index.ts';

const source = (name: string, firstAgent = 'triage'): string => `export const desk = {
  name: '${name}', title: 'T', language: 'en', timeZone: 'Europe/London', voice: 'marin',
  firstAgent: '${firstAgent}', greeting: 'Hello.',
  agents: { triage: { label: 'Triage', handoffDescription: 'd', instructions: 'i', handoffs: [] } },
};`;

let root = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'desks-'));
  const put = async (folder: string, text: string): Promise<void> => {
    await mkdir(join(root, folder), { recursive: true });
    await writeFile(join(root, folder, 'desk.ts'), text);
  };
  await put('good/salon', source('salon'));
  await put('good/front', source('front'));
  await mkdir(join(root, 'good/notes'), { recursive: true });
  await put('bad/edges', source('edges', 'nobody'));
  await put('bad/other', source('another'));
  await put('bad/broken', 'export const desk = (;');
  await put('bad/empty', 'export const table = 1;');
});
afterAll(() => rm(root, { recursive: true, force: true }));

describe('desks on disk', () => {
  it('finds the folders that hold a desk', async () => {
    expect(await findDesks(join(root, 'good'))).toEqual([
      join(root, 'good/front'),
      join(root, 'good/salon'),
    ]);
    expect(await findDesks(join(root, 'nowhere'))).toEqual([]);
  });

  it('lists what exists when a desk is not found', async () => {
    const registry = await openDesks(join(root, 'good'));
    expect(registry.get('salon').name).toBe('salon');
    expect(() => registry.get('shop')).toThrow(
      expect.objectContaining({
        code: 'desk_not_found',
        message: 'There is no desk "shop". Desks: front, salon.',
      }),
    );
  });

  it.each([
    ['edges', 'desk_invalid', 'nobody'],
    ['other', 'desk_invalid', 'differs from its folder'],
    ['broken', 'desk_invalid', 'Cannot load'],
    ['empty', 'desk_invalid', 'must export'],
    ['absent', 'desk_not_found', 'desk.ts is missing'],
  ])('says what is wrong with %s', async (folder, code, part) => {
    const failure = await loadDesk(join(root, 'bad', folder)).catch((thrown: unknown) => thrown);
    expect(failure).toMatchObject({ code });
    expect(String(failure)).toContain(part);
  });
});

describe('promptFile', () => {
  it('reads a prompt beside the desk and refuses a missing or empty one', async () => {
    const from = pathToFileURL(join(root, 'good/salon/desk.ts')).href;
    await writeFile(join(root, 'good/salon/a.md'), '\n# Hello\n');
    await writeFile(join(root, 'good/salon/b.md'), '\n');
    expect(promptFile(from, './a.md')).toBe('# Hello');
    expect(() => promptFile(from, './b.md')).toThrow(
      expect.objectContaining({ code: 'desk_invalid' }),
    );
    expect(() => promptFile(from, './c.md')).toThrow(
      expect.objectContaining({ code: 'desk_invalid' }),
    );
  });
});
