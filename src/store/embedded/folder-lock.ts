import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { SwitchboardError, messageOf } from '../../lib/index.ts';

const holderFile = 'lock-holder';

/**
 * Makes this process the only one that uses a data folder, until disposed or until it ends.
 *
 * The lock is the operating system's own, taken through SQLite because Node has no call for it: it
 * goes away with the process however that ends, so there is no stale lock to judge, and it holds
 * between containers, where process ids mean nothing. The file beside it only names the holder.
 *
 * @param options.waitMs how long to wait for a holder that is about to end. @default 1500
 * @throws SwitchboardError data_folder_locked; config_invalid when the folder cannot be used at all
 */
export async function lockFolder(
  folder: string,
  options: { readonly waitMs?: number } = {},
): Promise<Disposable> {
  const holderPath = join(folder, holderFile);
  const lock = openLock(folder);
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

/**
 * Whether the folder is still the one that a process locked. Files that are deleted while they are
 * open can be written as before, and nothing of it will ever be found again.
 */
export async function isFolderHeldBy(folder: string, pid: number): Promise<boolean> {
  const holder = await readFile(join(folder, holderFile), 'utf8').catch(() => '');
  return holder === String(pid);
}

function openLock(folder: string): DatabaseSync {
  try {
    makeFolder(folder);
    return new DatabaseSync(join(folder, 'lock'));
  } catch (cause) {
    throw new SwitchboardError(
      'config_invalid',
      `The data folder ${folder} cannot be used (${reasonOf(cause)}). ` +
        'Choose another one with SWITCHBOARD_DATA_DIR.',
      { cause },
    );
  }
}

/** Not `recursive`: where a file system takes no folders (/proc), Node then tries for ever. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) {
    if (statSync(folder).isDirectory()) return;
    throw new Error('it is a file');
  }
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (thrown) {
    if (!existsSync(folder)) throw thrown; // else another process was quicker
  }
}

function reasonOf(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'EACCES' || code === 'EPERM') return 'this user may not write there';
  if (code === 'EROFS') return 'it is read-only';
  return messageOf(cause);
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
