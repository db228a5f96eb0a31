import { realpathSync } from 'node:fs';
import { basename } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SwitchboardError, messageOf } from '../lib/index.ts';
import { checkDesk } from './check.ts';
import type { Desk } from './definition.ts';
import { lookAtFolder, type DeskFolder } from './desk-folder.ts';
import { importDeskFile, withoutVersions, type ImportModule } from './desk-imports.ts';

/** How a desk is loaded. */
export interface LoadDeskOptions {
  /** What the folder looks like, for who has looked already. */
  readonly seen?: DeskFolder;
  /** Loads modules; for tests, whose runner has its own `import()`. @default `import()` */
  readonly importModule?: ImportModule | undefined;
}

/**
 * Loads `<folder>/desk.ts` (or `desk.js` in a built package), which exports `desk`, as it is now,
 * and checks it.
 *
 * @throws SwitchboardError desk_not_found when the folder holds no desk file
 * @throws SwitchboardError desk_invalid when the file cannot be loaded or describes an unusable desk
 */
export async function loadDesk(folder: string, options: LoadDeskOptions = {}): Promise<Desk> {
  const desk = await importDesk(folder, options);
  const problems = checkDesk(desk);
  if (problems.length > 0) {
    throw new SwitchboardError('desk_invalid', `${folder}: ${problems.join('; ')}.`);
  }
  return desk;
}

/**
 * Loads a desk without judging it, for who lists everything that is wrong with it.
 *
 * @throws SwitchboardError as {@link loadDesk}, but for what the checks find
 */
export async function importDesk(folder: string, options: LoadDeskOptions = {}): Promise<Desk> {
  const seen = options.seen ?? (await lookAtFolder(folder));
  if (seen === null) {
    throw new SwitchboardError(
      'desk_not_found',
      `There is no desk in ${folder}: desk.ts is missing.`,
    );
  }
  const { file } = seen;
  let exported: unknown;
  try {
    const module = await importDeskFile(file, seen.fingerprint, options.importModule);
    exported = (module as { readonly desk?: unknown }).desk; // a module's shape is not known before it is loaded
  } catch (cause) {
    throw new SwitchboardError('desk_invalid', whyNotLoaded(file, folder, cause), { cause });
  }
  if (!looksLikeDesk(exported)) {
    throw new SwitchboardError(
      'desk_invalid',
      `${file} must export \`desk\`, made with defineDesk().`,
    );
  }
  if (exported.name !== basename(folder)) {
    const message = `${file}: desk name "${exported.name}" differs from its folder "${basename(folder)}".`;
    throw new SwitchboardError('desk_invalid', message);
  }
  return exported;
}

/** Names the line at which it failed; a prompt that cannot be used says that itself. */
function whyNotLoaded(file: string, folder: string, cause: unknown): string {
  const message = withoutVersions(messageOf(cause)).replace(/\.$/, '');
  if (cause instanceof SwitchboardError) return `${message}.`;
  const stack = withoutVersions(cause instanceof Error ? (cause.stack ?? '') : '');
  const real = realpathSync(folder);
  const place = [pathToFileURL(real).href, real]
    .flatMap((start) => stack.split(start).slice(1))
    .flatMap((rest) => /^[/\\]([^\n:()]+:\d+)/.exec(rest)?.[1] ?? [])[0];
  return `Cannot load ${file}: ${message}${place === undefined ? '' : ` (${place})`}.`;
}

// Enough to run the checks, which find what is wrong inside; the compiler has checked the rest.
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
