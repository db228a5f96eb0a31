import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { SwitchboardError } from '../../lib/index.ts';

/**
 * Makes this process the only one that uses a data folder, until disposed or until it ends.
 *
 * The lock is the operating system's own, taken through SQLite because Node has no call for it: it
 * goes away with the process however that ends, so there is no stale lock to judge, and it holds
 * between containers, where process ids mean nothing. The file beside it only names the holder.
 *
 * @param options.waitMs how long to wait for a holder that is about to end. @default 1500
 * @throws SwitchboardError data_folder_locked
 */
export async function lockFolder(
  folder: string,
  options: { readonly waitMs?: number } = {},
): Promise<Disposable> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const holderPath = join(folder, 'lock-holder');
  const lock = new DatabaseSync(join(folder, 'lock'));
  const giveUpAt = performance.now() + (options.waitMs ?? 1500);
  while (!tryLock(lock)) {
    if (performance.now() >= giveUpAt) {
      lock.close();
      throw new SwitchboardError(
        'data_folder_locked',
        `The data folder ${folder} is in use by ${holder(holderPath)}. ` +
          'Stop it first, or choose another folder with SWITCHBOARD_DATA_DIR.',
      );
    }
    await sleep(50);
  }
  writeFileSync(holderPath, String(process.pid));
  let held = true;
  return {
    [Symbol.dispose]() {
      if (!held) return;
      held = false;
      rmSync(holderPath, { force: true });
      lock.close();
    },
  };
}

const sqliteBusy = 5;

function tryLock(lock: DatabaseSync): boolean {
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return true;
  } catch (thrown) {
    if (thrown instanceof Error && 'errcode' in thrown && thrown.errcode === sqliteBusy) {
      return false;
    }
    throw thrown;
  }
}

function holder(path: string): string {
  try {
    return `process ${Number.parseInt(readFileSync(path, 'utf8'), 10)}`;
  } catch {
    return 'another process';
  }
}
