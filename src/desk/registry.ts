import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { messageOf, silentLog, SwitchboardError, type Log } from '../lib/index.ts';
import { lintDesk } from './check.ts';
import type { Desk } from './definition.ts';
import { lookAtFolder, orNull } from './desk-folder.ts';
import type { ImportModule } from './desk-imports.ts';
import { findingLine } from './finding.ts';
import { loadDesk } from './load-desk.ts';

/** The desks of one folder, checked, and followed when their files change. */
export interface DeskRegistry {
  /** The versions in use, in alphabetical order, without a look at their files. */
  readonly desks: readonly Desk[];
  /** The version in use, without a look at its files. @throws SwitchboardError desk_not_found, naming the desks that exist. */
  get(name: string): Desk;
  /**
   * The desk as its files say now, for a call that begins. While they cannot be used it is the last
   * version that could; the log says once what is wrong.
   *
   * @throws SwitchboardError desk_not_found, naming the desks that exist
   * @throws SwitchboardError desk_invalid when there never was a version that could be used
   */
  current(name: string): Promise<Desk>;
  /** All desks as their files say now, new ones included, in alphabetical order. */
  list(): Promise<readonly Desk[]>;
}

/** How desks are opened. */
export interface OpenDesksOptions {
  /** Runs before a version is used, such as for its tables; it is not used when this throws. */
  readonly prepare?: (desk: Desk) => Promise<void>;
  /** @default none */
  readonly log?: Log;
  /** Loads modules; for tests, whose runner has its own `import()`. @default `import()` */
  readonly importModule?: ImportModule;
}

/** Folders below `root` that hold a desk, in alphabetical order. Empty when there is no such folder. */
export async function findDesks(root: string): Promise<readonly string[]> {
  const entries = (await orNull(readdir(root, { withFileTypes: true }))) ?? [];
  const found = await Promise.all(
    entries
      .filter((entry) => !entry.isFile() && !entry.name.startsWith('.')) // a folder, or a link to one
      .map(async (entry) => {
        const folder = join(root, entry.name);
        return (await lookAtFolder(folder)) ? folder : null;
      }),
  );
  return found.filter((folder) => folder !== null).sort();
}

/**
 * Loads every desk below `root`.
 *
 * @throws SwitchboardError desk_invalid at the first desk that cannot be used.
 */
export async function openDesks(
  root: string,
  options: OpenDesksOptions = {},
): Promise<DeskRegistry> {
  const { prepare = async () => undefined, log = silentLog, importModule } = options;
  const held = new Map<string, Held>();
  for (const folder of await findDesks(root)) {
    const seen = await lookAtFolder(folder);
    if (!seen) continue; // went meanwhile
    const desk = await loadDesk(folder, { seen, importModule });
    warn(desk, log);
    held.set(desk.name, { fingerprint: seen.fingerprint, inUse: desk, next: null, problem: null });
  }
  // After all are loaded: it waits for the database, which starts meanwhile.
  for (const { inUse } of held.values()) if (inUse) await prepare(inUse);

  const inUse = (): Desk[] =>
    [...held.entries()]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .flatMap(([, { inUse: desk }]) => desk ?? []);

  const notFound = (name: string): SwitchboardError => {
    const known = inUse().map((desk) => desk.name);
    const message = `There is no desk "${name}". Desks: ${known.join(', ') || `none in ${root}`}.`;
    return new SwitchboardError('desk_not_found', message);
  };

  /** Brings what is held of a desk up to date with its files. */
  async function follow(name: string): Promise<void> {
    const folder = join(root, name);
    const seen = await lookAtFolder(folder);
    if (!seen) {
      if (held.delete(name)) log.warn('desk is gone', { desk: name });
      return;
    }
    let now = held.get(name) ?? { fingerprint: '', inUse: null, next: null, problem: null };
    const began = performance.now();
    try {
      if (now.fingerprint !== seen.fingerprint) {
        now = { ...now, fingerprint: seen.fingerprint, next: null };
        held.set(name, now);
        now = { ...now, next: await loadDesk(folder, { seen, importModule }), problem: null };
      }
      if (!now.next) return; // nothing new, or nothing that can be used
      if (now.next !== held.get(name)?.next) warn(now.next, log);
      held.set(name, now); // so that what could not be prepared is not loaded again
      await prepare(now.next);
      held.set(name, { ...now, inUse: now.next, next: null, problem: null });
      log.info('desk loaded', { desk: name, tookMs: Math.round(performance.now() - began) });
    } catch (thrown) {
      const problem = messageOf(thrown);
      const before = held.get(name) ?? now;
      held.set(name, { ...before, problem });
      if (problem === now.problem) return;
      const goesOn = before.inUse ? 'calls go on with its last good version' : 'it takes no calls';
      log.error(`desk cannot be used; ${goesOn}`, { desk: name, error: problem });
    }
  }

  const followers = new Map<string, () => Promise<void>>();
  /** Looks at the files; whoever asks while that is done gets a look of their own after it. */
  async function look(name: string): Promise<void> {
    const follower = followers.get(name) ?? oneAtATime(() => follow(name));
    followers.set(name, follower);
    try {
      await follower();
    } catch (thrown) {
      // The file system fails: what is held goes on.
      log.error('desk files cannot be looked at', { desk: name, error: messageOf(thrown) });
    } finally {
      if (!held.has(name)) followers.delete(name); // callers may ask for any name
    }
  }

  const get = (name: string): Desk => {
    const desk = held.get(name)?.inUse;
    if (desk) return desk;
    throw notFound(name);
  };

  return {
    get desks() {
      return inUse();
    },
    get,
    async current(name) {
      if (!namePattern.test(name)) throw notFound(name);
      await look(name);
      const now = held.get(name);
      if (now && !now.inUse) throw new SwitchboardError('desk_invalid', now.problem ?? name);
      return get(name);
    },
    async list() {
      const found = (await findDesks(root)).map((folder) => basename(folder));
      await Promise.all([...new Set([...found, ...held.keys()])].map(look));
      return inUse();
    },
  };
}

/** Says once of each version what the linter would rather see otherwise. */
function warn(desk: Desk, log: Log): void {
  const findings = lintDesk(desk).map(findingLine); // without errors: it was loaded
  if (findings.length > 0) log.warn('desk has findings', { desk: desk.name, findings });
}

/** A desk as it is held. */
interface Held {
  /** What its files looked like when they were last loaded, whether or not that went well. */
  readonly fingerprint: string;
  readonly inUse: Desk | null;
  /** Loaded, but not prepared yet. */
  readonly next: Desk | null;
  /** Why the files cannot be used, as it was logged. */
  readonly problem: string | null;
}

// What a caller asks for becomes part of a path.
const namePattern = /^[a-z][a-z0-9-]*$/;

/**
 * Runs `run` for whoever asks, never twice at a time. Those who ask while it runs share the next
 * run, which sees what has changed since.
 */
function oneAtATime(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  const start = (): Promise<void> => {
    const started = run().finally(() => {
      running = null;
    });
    running = started;
    return started;
  };
  return () => {
    if (next) return next;
    if (!running) return start();
    next = running
      .catch(() => undefined) // told to those who asked for it
      .then(() => {
        next = null;
        return start();
      });
    return next;
  };
}
