import { readdir, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';

/** A desk's folder as it lies there. */
export interface DeskFolder {
  /** Absolute path of `desk.ts`, or of `desk.js` in a built package. */
  readonly file: string;
  /** Names, sizes and times of all its files: another one when any of them was changed. */
  readonly fingerprint: string;
}

/**
 * Looks at a desk's folder; takes about a millisecond for thirty files.
 *
 * @returns null when there is no such folder, or no desk's file in it
 * @throws what the file system fails with otherwise
 */
export async function lookAtFolder(folder: string): Promise<DeskFolder | null> {
  const entries = await orNull(readdir(folder, { recursive: true, withFileTypes: true }));
  if (!entries) return null;
  const seen = await Promise.all(
    entries.map(async (entry) => {
      const path = join(entry.parentPath, entry.name);
      const name = path.slice(folder.length);
      if (isNoBusiness(name)) return null;
      const stats = await orNull(stat(path)); // follows links; null when it went meanwhile
      if (!stats?.isFile()) return null;
      return { path, stamp: [name, stats.size, stats.mtimeMs, stats.ctimeMs].join(' ') };
    }),
  );
  const files = seen.filter((file) => file !== null);
  const paths = new Set(files.map(({ path }) => path));
  const file = ['desk.ts', 'desk.js'].map((name) => join(folder, name)).find((at) => paths.has(at));
  if (file === undefined) return null;
  const stamps = files.map(({ stamp }) => stamp).sort();
  return { file, fingerprint: stamps.join('\n') };
}

/** Hidden files, such as an editor's, and a desk's own packages, if it has any. */
function isNoBusiness(name: string): boolean {
  return name.split(sep).some((part) => part.startsWith('.') || part === 'node_modules');
}

/** What is asked for, null when it is not there. */
export async function orNull<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException; // what the file system fails with
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw thrown;
  }
}
