import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';

// With the host, because containers may share the folder, each with process ids of its own.
const prefix = `switchboard-ears-${hostname()}-`;

/**
 * Makes a folder for this process's language models, named after it, and removes those that processes
 * left behind which were killed.
 */
export async function makeModelFolder(parent: string = tmpdir()): Promise<string> {
  await removeLeftovers(parent);
  return mkdtemp(join(parent, `${prefix}${process.pid}-`));
}

async function removeLeftovers(parent: string): Promise<void> {
  const names = await readdir(parent).catch(() => []);
  await Promise.all(
    names.map(async (name) => {
      const pid = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length)) : Number.NaN;
      if (Number.isNaN(pid) || isAlive(pid)) return;
      // Another user's folder stays; it is theirs to remove.
      await rm(join(parent, name), { recursive: true, force: true }).catch(() => undefined);
    }),
  );
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    // A process of another user is alive too, though it may not be signalled.
    return thrown instanceof Error && 'code' in thrown && thrown.code === 'EPERM';
  }
}
