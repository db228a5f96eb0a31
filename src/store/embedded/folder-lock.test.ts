import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/fixtures.ts';
import { lockFolder } from './folder-lock.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder[Symbol.dispose]());

it('makes the folder with its parents and is free again once disposed', async () => {
  const path = join(folder.path, 'a', 'b');
  const lock = await lockFolder(path);
  await expect(lockFolder(path, { waitMs: 0 })).rejects.toMatchObject({
    code: 'data_folder_locked',
  });
  lock[Symbol.dispose]();
  (await lockFolder(path, { waitMs: 0 }))[Symbol.dispose]();
});

it('says in one line that a data folder is a file, and leaves the file alone', async () => {
  const path = join(folder.path, 'notes.txt');
  writeFileSync(path, 'mine');
  const refused = await lockFolder(path).catch((thrown: unknown) => thrown);
  expect(refused).toMatchObject({
    code: 'config_invalid',
    message: `The data folder ${path} cannot be used (it is a file). Choose another one with SWITCHBOARD_DATA_DIR.`,
  });
  await expect(lockFolder(join(path, 'below'))).rejects.toMatchObject({ code: 'config_invalid' });
});

it.runIf(existsSync('/proc'))(
  'gives up at once where the file system takes no folders',
  async () => {
    await expect(lockFolder('/proc/switchboard/data')).rejects.toMatchObject({
      code: 'config_invalid',
    });
  },
);
