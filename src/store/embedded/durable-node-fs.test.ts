import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { expect, it, vi } from 'vitest';
import { temporaryFolder, testCacheDir } from '../testing/fixtures.ts';
import { durableStart, DurableNodeFs } from './durable-node-fs.ts';
import { ensureCluster } from './cluster.ts';
import { templateFolderIn } from './template-folder.ts';

vi.setConfig({ testTimeout: 90_000 });

it('flushes to disk at every commit, and not for reading', async () => {
  const folder = temporaryFolder();
  try {
    const path = join(folder.path, 'postgres');
    await ensureCluster(path, templateFolderIn(testCacheDir));
    const fs = new DurableNodeFs(path);
    const database = await PGlite.create({ fs, startParams: durableStart });
    await database.exec('create table things (id int)');
    const before = fs.syncCount;
    for (let id = 0; id < 10; id += 1) await database.query('insert into things values ($1)', [id]);
    expect(fs.syncCount - before).toBeGreaterThanOrEqual(10);
    const written = fs.syncCount;
    await database.query('select * from things');
    expect(fs.syncCount).toBe(written);
    await database.close();

    // The template was copied, not moved: a second cluster is fresh.
    const second = join(folder.path, 'second');
    await ensureCluster(second, templateFolderIn(testCacheDir));
    const other = await PGlite.create({ fs: new DurableNodeFs(second), startParams: durableStart });
    await expect(other.query('select * from things')).rejects.toThrow('does not exist');
    await other.close();
  } finally {
    folder[Symbol.dispose]();
  }
});
