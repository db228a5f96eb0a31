import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { createGunzip, gunzipSync } from 'node:zlib';
import { runQuietly } from './child.mjs';
import { npmArguments } from './npm-command.mjs';
import { hasIntegrity } from './hash.mjs';
import { LauncherError, reasonFrom } from './launcher-error.mjs';

/**
 * Fetches a package's tarball from the registry that npm is set up for, into memory.
 *
 * @param {{ npm: { node: string, script: string, offline?: boolean }, package: string, version: string, integrity: string, once?: boolean }} options
 *   `once`: too large to be left in npm's cache
 * @returns {Promise<Buffer>} the `.tgz`
 * @throws {LauncherError} when it cannot be fetched, or is not what was pinned
 */
export async function fetchTarball({ npm, package: name, version, integrity, once = false }) {
  const folder = mkdtempSync(join(tmpdir(), 'switchboard-'));
  try {
    const { code, output } = await runQuietly(
      npm.node,
      npmArguments(
        npm,
        ...['pack', `${name}@${version}`, `--pack-destination=${folder}`],
        ...(once && npm.offline !== true ? [`--cache=${join(folder, 'cache')}`] : []),
      ),
      // In a folder of its own: in the project npm would look at the workspaces first.
      {
        cwd: folder,
        env: withoutProject(process.env),
        node: true,
        timeoutMs: once ? 1_200_000 : 300_000,
      },
    );
    const file = readdirSync(folder).find((entry) => entry.endsWith('.tgz'));
    if (code !== 0 || file === undefined) {
      throw new LauncherError(`${name} could not be fetched: ${reasonFrom(output)}`);
    }
    const tarball = readFileSync(join(folder, file));
    if (!hasIntegrity(tarball, integrity)) {
      throw new LauncherError(`${name}@${version} is not the file that was pinned`);
    }
    return tarball;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** npm started by npm inherits the outer one's project; this one is to have none. @param {NodeJS.ProcessEnv} env */
function withoutProject(env) {
  const { npm_config_local_prefix: _local, INIT_CWD: _cwd, ...rest } = env;
  return rest;
}

/**
 * The files of a `.tgz` as registries make them (ustar, pax headers for long names).
 * https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html
 *
 * @param {Buffer} tarball
 * @returns {Generator<{ path: string, mode: number, content: Buffer }>}
 */
export function* filesInTarball(tarball) {
  const tar = gunzipSync(tarball);
  let longPath = null;
  for (let at = 0; at + 512 <= tar.length;) {
    const header = tar.subarray(at, at + 512);
    if (header[0] === 0) break;
    const size = parseInt(text(header, 124, 12), 8);
    const type = String.fromCharCode(header[156] ?? 0);
    const content = tar.subarray(at + 512, at + 512 + size);
    at += 512 + Math.ceil(size / 512) * 512;
    if (type === 'x') {
      longPath = /\d+ path=(.*)\n/.exec(content.toString('utf8'))?.[1] ?? null;
    } else if (type === '0' || type === '\0') {
      const prefix = text(header, 345, 155);
      const path = longPath ?? (prefix === '' ? '' : `${prefix}/`) + text(header, 0, 100);
      longPath = null;
      yield { path, mode: parseInt(text(header, 100, 8), 8), content };
    }
  }
}

/**
 * One file of a `.tgz` that is too large to be unpacked in memory, as it comes. Whoever stops reading
 * stops the unpacking.
 *
 * @param {Buffer} tarball
 * @param {string} path
 * @returns {AsyncGenerator<Buffer>} nothing when there is no such file
 */
export async function* fileOfTarball(tarball, path) {
  let ahead = Buffer.alloc(0);
  let skip = 0;
  let left = 0;
  for await (const chunk of Readable.from([tarball], { objectMode: false }).pipe(createGunzip())) {
    let rest = ahead.length === 0 ? chunk : Buffer.concat([ahead, chunk]);
    ahead = Buffer.alloc(0);
    while (rest.length > 0) {
      if (skip > 0) {
        const passed = Math.min(skip, rest.length);
        skip -= passed;
        rest = rest.subarray(passed);
      } else if (left > 0) {
        yield rest.subarray(0, left);
        left -= Math.min(left, rest.length);
        if (left === 0) return;
        rest = Buffer.alloc(0);
      } else if (rest.length < 512) {
        ahead = rest;
        break;
      } else {
        const size = parseInt(text(rest, 124, 12), 8) || 0;
        if (text(rest, 0, 100) === path) left = size;
        else skip = Math.ceil(size / 512) * 512;
        rest = rest.subarray(512);
      }
    }
  }
}

/**
 * Unpacks a package as npm would, without its outermost folder. The folder appears whole or not at all.
 *
 * @param {Buffer} tarball
 * @param {string} folder
 * @throws {LauncherError} when a path would leave the folder
 */
export function unpackTarball(tarball, folder) {
  const unfinished = `${folder}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  for (const { path, mode, content } of filesInTarball(tarball)) {
    const inside = path.split('/').slice(1);
    if (inside.includes('..')) throw new LauncherError(`a package has a path outside it: ${path}`);
    const file = join(unfinished, ...inside);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content, { mode: mode | 0o644 });
  }
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(dirname(folder), { recursive: true });
  renameSync(unfinished, folder);
}

/** @param {Buffer} header @param {number} from @param {number} length */
function text(header, from, length) {
  const field = header.subarray(from, from + length);
  const end = field.indexOf(0);
  return field
    .subarray(0, end === -1 ? length : end)
    .toString('utf8')
    .trim();
}
