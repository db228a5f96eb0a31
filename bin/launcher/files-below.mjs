import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * All files below a folder; links count as files, hidden entries are left out.
 *
 * @param {string} folder
 * @param {readonly string[]} [skipped] names of folders not to enter
 * @returns {string[]} paths that begin with `folder`
 */
export function filesBelow(folder, skipped = []) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name.startsWith('.') || skipped.includes(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path, skipped) : [path];
  });
}
