import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** @typedef {{ pid: number, startedAt: string, child: { pid: number, startedAt: string } | null }} Owner */

/**
 * Makes sure that one launcher at a time installs. The lock is a folder that is renamed into place
 * with its owner in it, so it is never seen without one. A dead owner's lock is taken over once the
 * work it had started is gone too.
 *
 * @param {string} path of the lock folder
 * @param {{ onWait?: (pid: number) => void, pollMs?: number }} [options]
 * @returns {Promise<{ childStarted(pid: number): void, release(): void }>}
 */
export async function takeInstallLock(path, options = {}) {
  const me = { pid: process.pid, startedAt: startTimeOf(process.pid), child: null };
  mkdirSync(dirname(path), { recursive: true });
  let told = false;
  while (!claim(path, me)) {
    const owner = readOwner(path);
    if (owner !== null && isRunning(owner)) {
      if (!told) options.onWait?.(owner.pid);
      told = true;
    } else if (owner?.child && isRunning(owner.child)) {
      process.kill(owner.child.pid, 'SIGKILL'); // what a killed launcher left behind
    } else {
      removeStale(path, owner);
      continue;
    }
    await sleep(options.pollMs ?? 250);
  }
  return {
    childStarted(pid) {
      writeOwner(path, { ...me, child: { pid, startedAt: startTimeOf(pid) } });
    },
    release() {
      rmSync(path, { recursive: true, force: true });
    },
  };
}

/** @param {string} path @param {Owner} owner @returns {boolean} whether the lock is ours now */
function claim(path, owner) {
  const mine = `${path}.${process.pid}`;
  rmSync(mine, { recursive: true, force: true });
  mkdirSync(mine);
  writeOwner(mine, owner);
  try {
    renameSync(mine, path); // fails on a folder that is not empty
    return true;
  } catch {
    rmSync(mine, { recursive: true, force: true });
    return false;
  }
}

/** Moves a dead owner's lock away; when somebody else got in between, theirs goes back. */
function removeStale(/** @type {string} */ path, /** @type {Owner | null} */ seen) {
  const aside = `${path}.stale.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return; // released or taken over meanwhile
  }
  const taken = readOwner(aside);
  if (taken !== null && (taken.pid !== seen?.pid || taken.startedAt !== seen.startedAt)) {
    try {
      renameSync(aside, path);
      return;
    } catch {
      // A third one holds it already; the moved one will find its lock gone and is too rare to serve.
    }
  }
  rmSync(aside, { recursive: true, force: true });
}

/** @param {string} path @param {Owner} owner */
function writeOwner(path, owner) {
  const file = join(path, 'owner.json');
  writeFileSync(`${file}.unfinished`, JSON.stringify(owner));
  renameSync(`${file}.unfinished`, file);
}

/** @param {string} path @returns {Owner | null} */
function readOwner(path) {
  try {
    return JSON.parse(readFileSync(join(path, 'owner.json'), 'utf8'));
  } catch {
    return null;
  }
}

/** @param {{ pid: number, startedAt: string }} process_ */
function isRunning({ pid, startedAt }) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
  return startTimeOf(pid) === startedAt; // else the number was given to another process
}

/**
 * When a process started, in clock ticks since boot, where the system tells (field 22 of
 * https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html); a zombie counts as gone.
 *
 * @param {number} pid
 */
function startTimeOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? 'gone' : (fields[19] ?? '');
  } catch {
    return existsSync('/proc/self') ? 'gone' : '';
  }
}
