import { globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { quickenDrizzleImports } from './drizzle-imports.ts';

const entry = createRequire(import.meta.url).resolve('drizzle-orm/node-postgres');
const folder = join(dirname(entry), '..');

describe('quickenDrizzleImports', () => {
  it('assumes of Drizzle what is so: one package of ES modules', () => {
    const manifests = globSync('**/package.json', { cwd: folder });
    expect(manifests).toEqual(['package.json']);
    const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    expect(manifest).toMatchObject({ type: 'module' });
  });

  it('leaves what is imported as it was, through either door', async () => {
    quickenDrizzleImports();
    const { PgDialect } = await import('drizzle-orm/pg-core');
    const { sql } = await import('drizzle-orm');
    expect(new PgDialect().sqlToQuery(sql`select ${1}`)).toMatchObject({
      sql: 'select $1',
      params: [1],
    });
    expect(createRequire(import.meta.url)('drizzle-orm')).toHaveProperty('sql');
  });
});
