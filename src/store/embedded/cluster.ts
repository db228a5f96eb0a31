import { constants, cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { durableStart, DurableNodeFs, syncPath } from './durable-node-fs.ts';

/** Opens the cluster in `folder`; every commit is on disk before it is acknowledged. */
export async function openCluster(folder: string): Promise<PGlite> {
  return PGlite.create({ fs: new DurableNodeFs(folder), startParams: durableStart });
}

/**
 * Makes a fresh cluster at `folder` unless there is one.
 *
 * Setting one up from nothing takes seconds, so it is done once and kept as a template; from then
 * on a fresh cluster is a copy. Both appear by a rename, so a kill at any moment leaves nothing half.
 *
 * @param templateFolder where the template is kept; not shared between versions of PGlite.
 */
export async function ensureCluster(folder: string, templateFolder: string): Promise<void> {
  if (existsSync(folder)) return;
  await ensureTemplate(templateFolder);
  appear(folder, (draft) => {
    cpSync(templateFolder, draft, { recursive: true, mode: constants.COPYFILE_FICLONE });
  });
}

/** Sets up the template unless it is there. Several processes may do so at once; one wins. */
export async function ensureTemplate(templateFolder: string): Promise<void> {
  if (existsSync(templateFolder)) return;
  const draft = `${templateFolder}.draft-${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(join(draft, '..'), { recursive: true });
  const fresh = await PGlite.create({ dataDir: draft });
  await fresh.close(); // with a checkpoint, so that copies start without recovery
  try {
    renameSync(draft, templateFolder);
  } catch (thrown) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(templateFolder)) throw thrown;
  }
}

/** Fills a draft beside `folder`, flushes it to disk and moves it in place. Under the folder's lock. */
function appear(folder: string, fill: (draft: string) => void): void {
  const draft = `${folder}.draft`;
  rmSync(draft, { recursive: true, force: true });
  fill(draft);
  for (const entry of readdirSync(draft, { recursive: true, withFileTypes: true })) {
    syncPath(join(entry.parentPath, entry.name));
  }
  renameSync(draft, folder);
  syncPath(join(folder, '..'));
}
