import { existsSync, realpathSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { messageOf, SwitchboardError } from '../../lib/index.ts';

const template = join(import.meta.dirname, 'template');
const deskModule = resolve(import.meta.dirname, '../../desk/index.ts');

/** A desk that was made. */
export interface MadeDesk {
  /** Absolute. */
  readonly folder: string;
  /** Its files, relative to the folder, in alphabetical order. */
  readonly files: readonly string[];
}

/**
 * Makes a desk that runs at once: a receptionist, a specialist and a tool, with nothing to set up.
 *
 * It appears whole or not at all, so that a server that follows the folder never sees half of it.
 *
 * @throws SwitchboardError config_invalid when the name cannot be one, is taken, or the folder
 *   cannot be written
 */
export async function makeDesk(options: {
  readonly name: string;
  /** Folder whose folders are the desks; made when it is missing. */
  readonly desksDir: string;
}): Promise<MadeDesk> {
  const { name, desksDir } = options;
  if (!/^[a-z][a-z0-9-]{0,62}$/.test(name)) {
    throw new SwitchboardError(
      'config_invalid',
      `"${name}" cannot name a desk. Use lower case letters, digits and hyphens, such as my-desk.`,
    );
  }
  const folder = join(desksDir, name);
  if (existsSync(folder)) {
    const message = `${folder} is there already. Choose another name, or remove it first.`;
    throw new SwitchboardError('config_invalid', message);
  }
  try {
    await mkdir(desksDir, { recursive: true });
    const draft = await mkdtemp(join(desksDir, '.new-desk-')); // hidden: nobody takes it for a desk
    try {
      const files = await copyTemplate(draft, { name, folder: join(realpathSync(desksDir), name) });
      await rename(draft, folder);
      return { folder, files };
    } catch (thrown) {
      await rm(draft, { recursive: true, force: true });
      throw thrown;
    }
  } catch (cause) {
    const message = `Cannot make ${folder}: ${messageOf(cause)}`;
    throw new SwitchboardError('config_invalid', message, { cause });
  }
}

async function copyTemplate(
  draft: string,
  desk: { readonly name: string; readonly folder: string },
): Promise<readonly string[]> {
  const entries = await readdir(template, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(template, join(entry.parentPath, entry.name)))
    .sort();
  for (const file of files) {
    const text = (await readFile(join(template, file), 'utf8'))
      .replaceAll(/'(?:\.\.\/)+desk\/index\.ts'/g, `'${importPath(join(desk.folder, file))}'`)
      .replaceAll(/(?<=name: '|# |check |graph |--desk )template\b/g, desk.name);
    await mkdir(dirname(join(draft, file)), { recursive: true });
    await writeFile(join(draft, file), text);
  }
  return files;
}

/** How a file of the desk imports what a desk is made with. */
function importPath(from: string): string {
  const path = relative(dirname(from), deskModule);
  // On Windows there is no way from one drive to another.
  return isAbsolute(path) ? pathToFileURL(path).href : path.split(sep).join('/');
}
