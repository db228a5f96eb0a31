import {
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { durableStart, DurableNodeFs, syncPath } from './durable-node-fs.ts';

/** Opens the cluster in `folder`; every commit is on disk before it is acknowledged. */
export async function openCluster(folder: string): Promise<PGlite> {
  return PGlite.create({ fs: new DurableNodeFs(folder), startParams: durableStart });
}

/**
 * Makes a fresh cluster at `folder` unless there is one. Only under the data folder's lock.
 *
 * Setting one up from nothing takes seconds, so it is done once and kept as a template; from then
 * on a fresh cluster is a copy. Both appear by a rename, so a kill at any moment leaves nothing half.
 *
 * @param templateFolder where the template is kept; not shared between versions of PGlite.
 */
export async function ensureCluster(folder: string, templateFolder: string): Promise<void> {
  if (existsSync(folder)) return;
  await ensureTemplate(templateFolder);
  const draft = `${folder}.draft`;
  rmSync(draft, { recursive: true, force: true });
  cpSync(templateFolder, draft, { recursive: true, mode: constants.COPYFILE_FICLONE });
  syncTree(draft);
  renameSync(draft, folder);
  syncPath(dirname(folder));
}

/** A draft older than this was left behind by a process that was killed. */
const draftLivesMs = 10 * 60_000;

/** Sets up the template unless it is there. Several processes may do so at once; one wins. */
export async function ensureTemplate(templateFolder: string): Promise<void> {
  if (existsSync(templateFolder)) return;
  mkdirSync(dirname(templateFolder), { recursive: true });
  removeOldDrafts(dirname(templateFolder));
  const draft = mkdtempSync(`${templateFolder}.draft-`);
  try {
    const fresh = await PGlite.create({ dataDir: draft });
    await fresh.close(); // with a checkpoint, so that copies start without recovery
    syncTree(draft);
    renameSync(draft, templateFolder);
  } catch (thrown) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(templateFolder)) throw thrown;
  }
}

function removeOldDrafts(cacheDir: string): void {
  const nowMs = Date.now(); // as the file system counts
  for (const name of readdirSync(cacheDir)) {
    if (!/^pglite-.*\.draft-/.test(name)) continue;
    const path = join(cacheDir, name);
    const madeMs = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? nowMs;
    if (nowMs - madeMs > draftLivesMs) rmSync(path, { recursive: true, force: true });
  }
}

function syncTree(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    syncPath(join(entry.parentPath, entry.name));
  }
}
