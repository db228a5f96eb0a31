import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { SwitchboardError } from '../../lib/index.ts';

/**
 * Makes this process the only one that pulls into a folder, until disposed or until it ends: the
 * operating system's own lock, taken through SQLite because Node has no call for it.
 *
 * @throws SwitchboardError model_locked
 */
export function lockPull(folder: string, name: string): Disposable {
  const lock = new DatabaseSync(join(folder, 'lock'));
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    lock.close();
    throw new SwitchboardError('model_locked', `Another process is pulling '${name}'.`, { cause });
  }
  return { [Symbol.dispose]: () => lock.close() };
}
