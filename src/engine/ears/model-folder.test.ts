import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeModelFolder } from './model-folder.ts';

it('removes the folders of dead processes and leaves those of the living', async () => {
  const parent = mkdtempSync(join(tmpdir(), 'switchboard-test-'));
  try {
    const folderOf = (pid: number): string => {
      const folder = join(parent, `switchboard-ears-${hostname()}-${pid}-abc`);
      mkdirSync(folder);
      return folder;
    };
    const gone = spawnSync(process.execPath, ['-e', '']).pid;
    const [dead, living] = [folderOf(gone), folderOf(process.ppid)];
    const mine = await makeModelFolder(parent);
    expect(existsSync(mine)).toBe(true);
    expect(existsSync(dead)).toBe(false);
    expect(existsSync(living)).toBe(true);
  } finally {
    rmSync(parent, { recursive: true });
  }
});
