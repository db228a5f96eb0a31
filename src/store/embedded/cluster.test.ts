import { existsSync, mkdirSync, readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../testing/fixtures.ts';
import { ensureTemplate } from './cluster.ts';

it('makes a whole template, and clears away what killed attempts left behind', async () => {
  using folder = temporaryFolder();
  const at = (name: string): string => join(folder.path, name);
  for (const name of ['pglite-1.2.3.draft-old', 'pglite-1.2.3.draft-new', 'models']) {
    mkdirSync(at(name));
  }
  const anHourAgo = Date.now() / 1000 - 3600;
  for (const name of ['pglite-1.2.3.draft-old', 'models']) {
    utimesSync(at(name), anHourAgo, anHourAgo);
  }
  await ensureTemplate(at('pglite-1.2.3'));
  expect(existsSync(join(at('pglite-1.2.3'), 'PG_VERSION'))).toBe(true);
  // Another process may be at the new draft at this moment.
  expect(readdirSync(folder.path).sort()).toEqual([
    'models',
    'pglite-1.2.3',
    'pglite-1.2.3.draft-new',
  ]);
}, 90_000);
