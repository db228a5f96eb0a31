import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { SwitchboardError } from '../../lib/index.ts';
import { partsOf, type ModelKind, type ModelPart } from './kinds.ts';

/** What of an archive makes up a model. */
export interface ChosenParts {
  /** The archive's outermost folder with its slash, or nothing; the paths below count from it. */
  readonly root: string;
  /** Paths by role; a folder's ends in a slash. */
  readonly parts: Readonly<Record<string, string>>;
  /** Every file to keep, licences with them. */
  readonly files: readonly string[];
}

const licence = /^(LICEN[CS]E|COPYING|NOTICE|README|MODEL_CARD)([-_.][^/]*)?$/i;
/** macOS puts such a shadow beside each file. */
const shadow = /(^|\/)\._/;

/** Whether a file of an archive could be part of a model of that kind, or says under which licence it is. */
export function couldBelong(kind: ModelKind, path: string): boolean {
  if (shadow.test(path)) return false;
  const fits = (candidate: string): boolean =>
    licence.test(candidate) ||
    partsOf(kind).some(([, { patterns }]) => patterns.some((one) => one.test(candidate)));
  return fits(path) || fits(withoutFirst(path));
}

/**
 * Finds a kind's parts among the files of an archive, with or without an outermost folder.
 *
 * @throws SwitchboardError model_invalid naming what is missing
 */
export function chooseParts(kind: ModelKind, paths: readonly string[]): ChosenParts {
  const [first] = paths;
  const root = first?.includes('/') ? `${first.split('/')[0] ?? ''}/` : '';
  const hasRoot = root !== '' && paths.every((path) => path.startsWith(root));
  const outer = choose(kind, paths, '');
  const found = outer.missing.length > 0 && hasRoot ? choose(kind, paths, root) : outer;
  if (found.missing.length > 0) {
    throw new SwitchboardError(
      'model_invalid',
      `The archive holds no model of the kind '${kind}': it has no ${found.missing.join(', no ')}.`,
    );
  }
  return found;
}

function choose(
  kind: ModelKind,
  paths: readonly string[],
  root: string,
): ChosenParts & { readonly missing: readonly string[] } {
  const inside = paths
    .filter((path) => path.startsWith(root))
    .map((path) => path.slice(root.length));
  const parts: Record<string, string> = {};
  const files = new Set(inside.filter((path) => licence.test(path)));
  const missing: string[] = [];
  for (const [role, part] of partsOf(kind)) {
    const match = firstMatch(part, inside);
    if (match === null) {
      if (!part.optional) missing.push(role);
      continue;
    }
    const path = part.folder ? `${match.split('/')[0] ?? ''}/` : match;
    parts[role] = path;
    for (const file of inside)
      if (file === path || (part.folder && file.startsWith(path))) files.add(file);
  }
  return { root, parts, files: [...files], missing };
}

function firstMatch({ patterns }: ModelPart, paths: readonly string[]): string | null {
  for (const pattern of patterns) {
    const found = paths.filter((path) => pattern.test(path)).toSorted()[0];
    if (found !== undefined) return found;
  }
  return null;
}

const withoutFirst = (path: string): string => path.slice(path.indexOf('/') + 1);

/**
 * Whether the network files look like networks: ONNX begins with its version field, ORT's own format
 * has a mark. The native library ends the process on anything else.
 *
 * @throws SwitchboardError model_invalid
 */
export async function checkNetworks(folder: string, files: readonly string[]): Promise<void> {
  for (const path of files) {
    const isOrt = path.endsWith('.ort');
    if (!isOrt && !path.endsWith('.onnx')) continue;
    const file = join(folder, path);
    const head = Buffer.alloc(8);
    const handle = await open(file);
    try {
      await handle.read(head, 0, 8, 0);
    } finally {
      await handle.close();
    }
    const looksRight = isOrt ? head.toString('latin1', 4, 8) === 'ORTM' : head[0] === 0x08;
    if (!looksRight || (await stat(file)).size < 64) {
      throw new SwitchboardError('model_invalid', `${path} is not a network that can be loaded.`);
    }
  }
}
