import { createHash } from 'node:crypto';
import { createReadStream, type Dirent } from 'node:fs';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { messageOf, SwitchboardError } from '../../lib/index.ts';
import { isModelKind, modelKinds, type ModelKind, type ModelPurpose } from './kinds.ts';

/** Name of a model: also that of its folder. */
export const modelNamePattern = /^[a-z0-9][a-z0-9._-]{0,63}$/;

/** File in a model's folder that says what it is; written last, so that a folder with one is whole. */
export const manifestFile = 'model.json';

const manifest = z.object({
  name: z.string().regex(modelNamePattern),
  kind: z.string().refine(isModelKind),
  url: z.string(),
  /** Of the archive it came from. */
  sha256: z.string(),
  /** `published`: compared with a known sum; `first-use`: taken as it came, and recorded. */
  trust: z.enum(['published', 'first-use']),
  /** Paths by role, relative to the folder; a folder's ends in a slash. */
  parts: z.record(z.string(), z.string()),
  /** Every file, for the check before it is handed to native code. */
  files: z.array(z.object({ path: z.string(), bytes: z.number(), sha256: z.string() })),
});

/** What `model.json` holds. */
export type ModelManifest = Readonly<z.infer<typeof manifest>>;

/** A model whose files were found whole. */
export interface InstalledModel {
  readonly name: string;
  readonly kind: ModelKind;
  /** Absolute. */
  readonly folder: string;
  /** Absolute paths by role, as in the table of its kind. */
  readonly parts: Readonly<Record<string, string>>;
}

/** Names of the models in a folder, with what their manifests say; damaged ones are left out. */
export async function installedModels(modelsDir: string): Promise<readonly ModelManifest[]> {
  const entries = await readdir(modelsDir, { withFileTypes: true }).catch(() => [] as Dirent[]);
  const found = await Promise.all(
    entries
      .filter((entry) => entry.isDirectory() && modelNamePattern.test(entry.name))
      .map((entry) => readManifest(join(modelsDir, entry.name)).catch(() => null)),
  );
  return found.filter((one) => one !== null);
}

/**
 * A pulled model, every file compared with what was recorded: the native library ends the whole
 * process on one that it does not understand. Reads it all once, about 0.2 s for 100 MB.
 *
 * @throws SwitchboardError `model_missing` when it was not pulled, `model_invalid` when it is damaged
 *   or for something else.
 */
export async function openModel(options: {
  readonly modelsDir: string;
  readonly name: string;
  readonly purpose: ModelPurpose;
}): Promise<InstalledModel> {
  const { modelsDir, name, purpose } = options;
  const missing = (cause?: unknown): SwitchboardError =>
    new SwitchboardError(
      'model_missing',
      `The model '${name}' is not here. Run \`npx switchboard models pull ${name}\`, or \`npx switchboard models list\` for those there are.`,
      { cause },
    );
  if (!modelNamePattern.test(name)) throw missing();
  const folder = join(modelsDir, name);
  const said = await readManifest(folder).catch((thrown: unknown) => {
    if (isAbsent(thrown)) throw missing(thrown);
    throw damaged(name, messageOf(thrown));
  });
  const { kind, parts, files } = said;
  if (modelKinds[kind].purpose !== purpose) {
    const meant = { ears: 'SWITCHBOARD_EARS', voice: 'SWITCHBOARD_MOUTH' } as const;
    throw new SwitchboardError(
      'model_invalid',
      `The model '${name}' is for ${meant[modelKinds[kind].purpose]}, not for ${meant[purpose]}.`,
    );
  }
  for (const { path, bytes, sha256 } of files) {
    const file = join(folder, path);
    const size = (await stat(file).catch(() => null))?.size;
    if (size === undefined) throw damaged(name, `${path} is missing`);
    if (size !== bytes || (await fileSha256(file)) !== sha256) {
      throw damaged(name, `${path} has changed`);
    }
  }
  const absolute: Record<string, string> = {};
  for (const [role, path] of Object.entries(parts)) absolute[role] = join(folder, path);
  return { name, kind, folder, parts: absolute };
}

/**
 * Removes a pulled model.
 *
 * @returns whether there was one
 */
export async function removeModel(modelsDir: string, name: string): Promise<boolean> {
  if (!modelNamePattern.test(name)) return false;
  const folder = join(modelsDir, name);
  const isThere = (await stat(folder).catch(() => null)) !== null;
  // The manifest first: what is left of a removal that was interrupted is then no model any more.
  await rm(join(folder, manifestFile), { force: true });
  await rm(folder, { recursive: true, force: true });
  return isThere;
}

/** SHA-256 of a file, in hexadecimal. @throws what the file system says */
export async function fileSha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: 1 << 18 }), hash);
  return hash.digest('hex');
}

async function readManifest(folder: string): Promise<ModelManifest> {
  return manifest.parse(JSON.parse(await readFile(join(folder, manifestFile), 'utf8')));
}

function damaged(name: string, reason: string): SwitchboardError {
  return new SwitchboardError(
    'model_invalid',
    `The model '${name}' is damaged (${reason}). Run \`npx switchboard models remove ${name}\` and pull it again.`,
  );
}

function isAbsent(thrown: unknown): boolean {
  // What Node's file functions throw carries a code.
  const { code } = thrown as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ENOTDIR';
}
