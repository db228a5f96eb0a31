import { existsSync } from 'node:fs';

/**
 * @typedef {{ version?: string, integrity?: string, link?: boolean, resolved?: string, optional?: boolean,
 *   os?: string[] | string, cpu?: string[] | string, libc?: string[] | string,
 *   dependencies?: Record<string, string>, devDependencies?: Record<string, string>,
 *   optionalDependencies?: Record<string, string>, peerDependencies?: Record<string, string>,
 *   peerDependenciesMeta?: Record<string, { optional?: boolean }> }} LockEntry
 * @typedef {{ os: string, cpu: string, libc: 'glibc' | 'musl' | null }} Machine
 */

/** @returns {Machine} what this machine is, in the words of a lock file */
export function thisMachine() {
  const musl = ['x86_64', 'aarch64'].some((cpu) => existsSync(`/lib/ld-musl-${cpu}.so.1`));
  const libc = process.platform !== 'linux' ? null : musl ? 'musl' : 'glibc';
  return { os: process.platform, cpu: process.arch, libc };
}

/**
 * The packages that a complete install has on this machine: everything reachable from the root and
 * its workspaces, less what is made for other machines and what only those would need.
 *
 * @param {{ packages: Record<string, LockEntry> }} lock a parsed `package-lock.json`, version 3
 * @param {Machine} machine
 * @returns {string[]} paths below the project folder such as `node_modules/zod`, sorted
 */
export function wantedPackages(lock, machine) {
  const entries = lock.packages;
  const wanted = new Set();
  const visited = new Set();
  const queue = Object.keys(entries).filter((path) => !path.includes('node_modules/'));
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    const entry = entries[path];
    if (entry === undefined || visited.has(path) || !runsOn(entry, machine)) continue;
    visited.add(path);
    if (entry.link === true) continue;
    if (path.includes('node_modules/')) wanted.add(path);
    else queue.push(...namesIn(entry.devDependencies, entries, path));
    queue.push(
      ...namesIn(entry.dependencies, entries, path),
      ...namesIn(entry.optionalDependencies, entries, path),
      ...namesIn(requiredPeers(entry), entries, path),
    );
  }
  return [...wanted].sort();
}

/** @param {LockEntry} entry @param {Machine} machine */
function runsOn(entry, machine) {
  return (
    allows(entry.os, machine.os) &&
    allows(entry.cpu, machine.cpu) &&
    (machine.libc === null || allows(entry.libc, machine.libc))
  );
}

/** @param {string[] | string | undefined} given some packages give one name instead of a list @param {string} value */
function allows(given, value) {
  const list = given === undefined ? [] : [given].flat();
  if (list.length === 0) return true;
  if (list.includes(`!${value}`)) return false;
  return list.includes(value) || list.every((item) => item.startsWith('!'));
}

/** @param {LockEntry} entry */
function requiredPeers(entry) {
  const peers = Object.entries(entry.peerDependencies ?? {});
  return Object.fromEntries(
    peers.filter(([name]) => entry.peerDependenciesMeta?.[name]?.optional !== true),
  );
}

/**
 * Where Node would find each dependency from `from`, going up through the folders.
 *
 * @param {Record<string, string> | undefined} names
 * @param {Record<string, LockEntry>} entries
 * @param {string} from
 */
function namesIn(names, entries, from) {
  return Object.keys(names ?? {}).flatMap((name) => {
    for (let folder = from; ; folder = parentOf(folder)) {
      const path = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
      if (entries[path] !== undefined) return [path];
      if (folder === '') return [];
    }
  });
}

/** @param {string} path */
function parentOf(path) {
  const at = path.lastIndexOf('/node_modules/');
  if (at !== -1) return path.slice(0, at);
  return '';
}
