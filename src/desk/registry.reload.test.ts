import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Log, LogFields } from '../lib/index.ts';
import { importDeskFile } from './desk-imports.ts';
import type { Desk } from './index.ts';
import { openDesks, type DeskRegistry, type OpenDesksOptions } from './registry.ts';
import { nativeImport } from './testing/native-import.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'desks-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}

/** A desk whose greeting comes from a module of its folder and whose prompt from a page. */
async function putDesk(name: string): Promise<void> {
  await put(`${name}/words.ts`, `export const greeting: string = 'Hello.';`);
  await put(`${name}/prompts/triage.md`, 'Be kind.');
  await put(
    `${name}/desk.ts`,
    `import { readFileSync } from 'node:fs';
     import { z } from 'zod';
     import { greeting } from './words.ts';
     const page = readFileSync(new URL('./prompts/triage.md', import.meta.url), 'utf8');
     export const desk = {
       name: '${basename(name)}', title: z.string().parse('T'), language: 'en', timeZone: 'Europe/London',
       voice: 'marin', firstAgent: 'triage', greeting,
       agents: { triage: { label: 'Triage', handoffDescription: 'd', instructions: page, handoffs: [] } },
     };`,
  );
}

function recordedLog() {
  const lines: { readonly level: string; readonly message: string; readonly fields: LogFields }[] =
    [];
  const at =
    (level: string) =>
    (message: string, fields: LogFields = {}): void =>
      void lines.push({ level, message, fields });
  const log: Log = {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    with: () => log,
  };
  const ofLevel = (wanted: string) => lines.filter(({ level }) => level === wanted);
  return { log, errors: () => ofLevel('error'), warnings: () => ofLevel('warn') };
}

const open = (options: OpenDesksOptions = {}): Promise<DeskRegistry> =>
  openDesks(root, { importModule: nativeImport, ...options });

const prompt = (desk: Desk): unknown => desk.agents['triage']?.instructions;

describe('a desk that is edited', () => {
  beforeEach(() => putDesk('salon'));

  it('is what its files say at the next call, while a live call keeps what it has', async () => {
    const desks = await open();
    const first = await desks.current('salon');
    await put('salon/prompts/triage.md', 'Be brief.');
    const second = await desks.current('salon');
    await put('salon/words.ts', `export const greeting: string = 'Good day.';`);
    const third = await desks.current('salon');
    expect([first, second, third].map(prompt)).toEqual(['Be kind.', 'Be brief.', 'Be brief.']);
    expect([first, second, third].map((desk) => desk.greeting)).toEqual([
      'Hello.',
      'Hello.',
      'Good day.',
    ]);
    expect(desks.get('salon')).toBe(third);
    expect(desks.desks).toEqual([third]);
  });

  it('is not loaded again while nothing was edited', async () => {
    let imports = 0;
    const importModule = (url: string): Promise<unknown> => {
      imports += 1;
      return nativeImport(url);
    };
    const desks = await open({ importModule });
    const first = await desks.current('salon');
    for (let call = 0; call < 20; call += 1) expect(await desks.current('salon')).toBe(first);
    expect(imports).toBe(1);
    await put('salon/words.ts', 'export const greeting = ;');
    for (let call = 0; call < 20; call += 1) await desks.current('salon');
    expect(imports).toBe(2);
  });

  it('goes on with its last good version while it is broken, says so once, and mends by itself', async () => {
    const { log, errors } = recordedLog();
    const desks = await open({ log });
    const good = await desks.current('salon');
    await put('salon/words.ts', `\nexport const greeting = ;`);
    expect(await desks.current('salon')).toBe(good);
    expect(await desks.current('salon')).toBe(good);
    expect(errors()).toHaveLength(1);
    expect(errors()[0]).toMatchObject({
      message: 'desk cannot be used; calls go on with its last good version',
      fields: { desk: 'salon' },
    });
    const said = String(errors()[0]?.fields['error']);
    expect(said).toMatch(/Expression expected \(words\.ts:2\)\.$/);
    expect(said).not.toContain('\n');

    await put('salon/words.ts', `export const greeting = '';`); // loads, but no caller may get it
    expect(await desks.current('salon')).toBe(good);
    expect(errors()).toHaveLength(2);
    expect(errors()[1]?.fields['error']).toContain('greeting is empty');

    await put('salon/words.ts', `export const greeting = 'Mended.';`);
    expect((await desks.current('salon')).greeting).toBe('Mended.');
    expect(errors()).toHaveLength(2);
  });

  it('is used with what the linter would rather see otherwise, which is said once', async () => {
    const { log, warnings } = recordedLog();
    const desks = await open({ log });
    expect(warnings()).toEqual([]);
    const words = 'Be kind. '.repeat(4_000);
    await put('salon/prompts/triage.md', words);
    expect(prompt(await desks.current('salon'))).toBe(words);
    await desks.current('salon');
    expect(warnings()).toHaveLength(1);
    expect(String(warnings()[0]?.fields['findings'])).toMatch(/^agents\.triage\.instructions: /);
  });

  it('is prepared before a version is used, and again until that works', async () => {
    const { log, errors } = recordedLog();
    const prepared: string[] = [];
    let fault: Error | null = null;
    const desks = await open({
      log,
      async prepare(desk) {
        prepared.push(desk.greeting);
        if (fault) throw fault;
      },
    });
    await desks.current('salon');
    expect(prepared).toEqual(['Hello.']);
    fault = new Error('no such column');
    await put('salon/words.ts', `export const greeting = 'Hi.';`);
    expect((await desks.current('salon')).greeting).toBe('Hello.');
    expect((await desks.current('salon')).greeting).toBe('Hello.');
    expect(errors().map(({ fields }) => fields['error'])).toEqual(['no such column']);
    fault = null;
    expect((await desks.current('salon')).greeting).toBe('Hi.');
    expect(prepared).toEqual(['Hello.', 'Hi.', 'Hi.', 'Hi.']);
  });

  it('is seen as it was saved last by each of many callers at once', async () => {
    const desks = await open();
    await desks.current('salon');
    const before = Array.from({ length: 10 }, () => desks.current('salon'));
    await put('salon/words.ts', `export const greeting: string = 'New.';`);
    const after = Array.from({ length: 10 }, () => desks.current('salon'));
    for (const call of after) expect((await call).greeting).toBe('New.');
    await Promise.all(before);
  });
});

describe('the folder of desks', () => {
  it('is followed: desks appear, wait while they are broken, and go', async () => {
    const { log, errors } = recordedLog();
    await putDesk('salon');
    const desks = await open({ log });
    await putDesk('garage');
    expect((await desks.current('garage')).name).toBe('garage');
    await put('shop/desk.ts', 'export const table = 1;');
    await expect(desks.current('shop')).rejects.toMatchObject({ code: 'desk_invalid' });
    expect((await desks.list()).map(({ name }) => name)).toEqual(['garage', 'salon']);
    expect(errors().map(({ message }) => message)).toEqual([
      'desk cannot be used; it takes no calls',
    ]);
    await putDesk('shop');
    expect((await desks.current('shop')).greeting).toBe('Hello.');
    const garage = desks.get('garage');
    await rename(join(root, 'garage'), join(root, '.garage'));
    await expect(desks.current('garage')).rejects.toMatchObject({
      code: 'desk_not_found',
      message: 'There is no desk "garage". Desks: salon, shop.',
    });
    expect(garage.greeting).toBe('Hello.'); // a live call holds it
    expect((await desks.list()).map(({ name }) => name)).toEqual(['salon', 'shop']);
  });

  it.each(['../salon', 'a/b', '..', '', 'Salon', 'nowhere', '__proto__'])(
    'holds no desk named %j',
    async (name) => {
      await putDesk('salon');
      await putDesk('inner/salon');
      const desks = await openDesks(join(root, 'inner'), { importModule: nativeImport });
      await expect(desks.current(name)).rejects.toMatchObject({ code: 'desk_not_found' });
    },
  );
});

describe('modules of a desk', () => {
  it('are the same ones for the same files, and packages are never loaded again', async () => {
    await put('a/zod.ts', `export { z } from 'zod';`);
    await put('a/desk.ts', `export * from './zod.ts'; export const own = {};`);
    const load = async (fingerprint: string) =>
      (await importDeskFile(join(root, 'a/desk.ts'), fingerprint, nativeImport)) as {
        readonly z: unknown;
        readonly own: unknown;
      }; // as the file says
    const [one, again, two] = [await load('1'), await load('1'), await load('2')];
    expect(again.own).toBe(one.own);
    expect(two.own).not.toBe(one.own);
    expect(two.z).toBe(one.z);
  });

  it('that import a package nobody has are named with their place', async () => {
    await put('b/desk.ts', `import 'no-such-package-at-all';`);
    await expect(open()).rejects.toMatchObject({
      code: 'desk_invalid',
      message: expect.stringMatching(
        /Cannot find package 'no-such-package-at-all' imported from .*b.desk\.ts/,
      ) as unknown,
    });
  });
});
