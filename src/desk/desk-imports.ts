import { realpathSync } from 'node:fs';
import { registerHooks, type ResolveFnOutput } from 'node:module';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Loads a module by its address, as `import()` does. */
export type ImportModule = (url: string) => Promise<unknown>;

/** A file loaded once: what the folder looked like then, and the version that its modules carry. */
interface LoadedVersion {
  readonly fingerprint: string;
  readonly version: number;
}

const query = 'desk-version';
// Modules are kept by the process, so what was loaded is known by the process as well.
const loaded = new Map<string, LoadedVersion>();
const folders = new Set<string>();
// Node reads and parses the package.json of a package at every import of it, some of which are large:
// that was most of the time that a desk took to be loaded again, and no call has sound meanwhile.
const packages = new Map<string, ResolveFnOutput>();
let lastVersion = 0;

/**
 * Imports a desk's file and everything of its folder as they are now.
 *
 * A module that was imported stays what it was for as long as the process lives, so what has changed
 * gets another address: a version in the query, which `import`s hand on within the folder. What
 * lies outside of it (packages, `src/`) is not loaded again. The first time there is no version.
 *
 * A package that cannot be found from the desk's folder is taken from this copy's own packages: a
 * desk may lie anywhere.
 *
 * @param file absolute path of the desk's file
 * @param fingerprint what the folder looks like; the same one gives the same modules
 */
export async function importDeskFile(
  file: string,
  fingerprint: string,
  importModule: ImportModule = (url) => import(url),
): Promise<unknown> {
  // As Node does it, so that the addresses of modules begin with it.
  const real = realpathSync(file);
  if (folders.size === 0) installHook();
  folders.add(`${pathToFileURL(dirname(real)).href}/`);
  let version = 0;
  const before = loaded.get(real);
  if (before) version = before.fingerprint === fingerprint ? before.version : (lastVersion += 1);
  loaded.set(real, { fingerprint, version });
  const { href } = pathToFileURL(real);
  return importModule(version === 0 ? href : `${href}?${query}=${version}`);
}

/** The same text without versions of modules, for people. */
export function withoutVersions(text: string): string {
  return text.replaceAll(new RegExp(`[?&]${query}=\\d+`, 'g'), '');
}

// https://nodejs.org/docs/latest-v24.x/api/module.html#moduleregisterhooksoptions
function installHook(): void {
  registerHooks({
    resolve(specifier, context, nextResolve) {
      const parent = context.parentURL ?? '';
      const folder = folderOf(parent);
      if (folder === undefined) return nextResolve(specifier, context);
      const known = packages.get(`${folder} ${specifier}`);
      if (known && context.conditions.includes('import')) return known;
      const resolved = orFromHere(specifier, (parentURL) =>
        nextResolve(specifier, parentURL === undefined ? context : { ...context, parentURL }),
      );
      if (!isFile(specifier) && context.conditions.includes('import')) {
        packages.set(`${folder} ${specifier}`, { ...resolved, shortCircuit: true });
      }
      const version = new RegExp(`[?&]${query}=(\\d+)`).exec(parent)?.[1];
      if (version === undefined || folderOf(resolved.url) !== folder) return resolved;
      const separator = resolved.url.includes('?') ? '&' : '?';
      return { ...resolved, url: `${resolved.url}${separator}${query}=${version}` };
    },
  });
}

function folderOf(url: string): string | undefined {
  if (!url.startsWith('file:') || url.includes('/node_modules/')) return undefined;
  for (const folder of folders) if (url.startsWith(folder)) return folder;
  return undefined;
}

/** A file or an address, no package. */
function isFile(specifier: string): boolean {
  return /^[./]|^[a-z]+:/i.test(specifier);
}

/** Resolves from where the importing module is, and a package else from this copy. */
function orFromHere<T>(specifier: string, resolve: (parentURL?: string) => T): T {
  try {
    return resolve();
  } catch (thrown) {
    if (isFile(specifier)) throw thrown;
    try {
      return resolve(import.meta.url);
    } catch {
      throw thrown; // names the desk's own file
    }
  }
}
