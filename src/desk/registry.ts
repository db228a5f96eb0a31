import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SwitchboardError, messageOf } from '../lib/index.ts';
import { checkDesk } from './check.ts';
import type { Desk } from './definition.ts';

/** The desks of one folder, loaded and checked. */
export interface DeskRegistry {
  /** In alphabetical order. */
  readonly desks: readonly Desk[];
  /** @throws SwitchboardError desk_not_found, naming the desks that exist. */
  get(name: string): Desk;
}

/** Folders below `root` that hold a desk, in alphabetical order. Empty when there is no such folder. */
export async function findDesks(root: string): Promise<readonly string[]> {
  const entries = await readdir(root, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory() && deskFile(join(root, entry.name)) !== null)
    .map((entry) => join(root, entry.name))
    .sort();
}

/**
 * Loads `<folder>/desk.ts` (or `desk.js` in a built package), which exports `desk`, and checks it.
 *
 * @throws SwitchboardError desk_not_found when the folder holds no desk file
 * @throws SwitchboardError desk_invalid when the file cannot be loaded or describes an unusable desk
 */
export async function loadDesk(folder: string): Promise<Desk> {
  const file = deskFile(folder);
  if (file === null) {
    throw new SwitchboardError(
      'desk_not_found',
      `There is no desk in ${folder}: desk.ts is missing.`,
    );
  }
  let exported: unknown;
  try {
    const module = (await import(pathToFileURL(file).href)) as { readonly desk?: unknown }; // a module's shape is not known before it is loaded
    exported = module.desk;
  } catch (cause) {
    throw new SwitchboardError('desk_invalid', `Cannot load ${file}: ${messageOf(cause)}`, {
      cause,
    });
  }
  if (!looksLikeDesk(exported)) {
    throw new SwitchboardError(
      'desk_invalid',
      `${file} must export \`desk\`, made with defineDesk().`,
    );
  }
  const problems = [
    ...(exported.name === basename(folder)
      ? []
      : [`desk name "${exported.name}" differs from its folder "${basename(folder)}"`]),
    ...checkDesk(exported),
  ];
  if (problems.length > 0) {
    throw new SwitchboardError('desk_invalid', `${file}: ${problems.join('; ')}.`);
  }
  return exported;
}

/**
 * Loads every desk below `root`.
 *
 * @throws SwitchboardError desk_invalid at the first desk that cannot be used.
 */
export async function openDesks(root: string): Promise<DeskRegistry> {
  const desks: Desk[] = [];
  for (const folder of await findDesks(root)) desks.push(await loadDesk(folder));
  return {
    desks,
    get(name) {
      const desk = desks.find((candidate) => candidate.name === name);
      if (desk) return desk;
      const known = desks.map((candidate) => candidate.name).join(', ') || `none in ${root}`;
      throw new SwitchboardError('desk_not_found', `There is no desk "${name}". Desks: ${known}.`);
    },
  };
}

function deskFile(folder: string): string | null {
  for (const name of ['desk.ts', 'desk.js']) {
    const file = join(folder, name);
    if (existsSync(file)) return file;
  }
  return null;
}

// Enough to run checkDesk, which finds what is wrong inside; the compiler has checked the rest.
function looksLikeDesk(value: unknown): value is Desk {
  if (typeof value !== 'object' || value === null) return false;
  const desk = value as Partial<Record<keyof Desk, unknown>>; // fields are looked at one by one below
  const texts = [
    desk.name,
    desk.title,
    desk.language,
    desk.timeZone,
    desk.voice,
    desk.firstAgent,
    desk.greeting,
  ];
  return (
    texts.every((text) => typeof text === 'string') &&
    typeof desk.agents === 'object' &&
    desk.agents !== null &&
    Object.values(desk.agents).every(looksLikeAgent)
  );
}

function looksLikeAgent(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const agent = value as Record<string, unknown>; // fields are looked at one by one below
  return (
    ['label', 'handoffDescription'].every((key) => typeof agent[key] === 'string') &&
    ['string', 'function'].includes(typeof agent['instructions']) &&
    Array.isArray(agent['handoffs'])
  );
}
