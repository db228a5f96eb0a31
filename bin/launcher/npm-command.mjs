import { existsSync, realpathSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import { LauncherError } from './launcher-error.mjs';

/**
 * npm as a Node script and the Node to run it with: what started us, else what lies beside our Node,
 * else what PATH has. A Node inside `node_modules` is no good for it: `npm ci` deletes that folder.
 *
 * @param {{ env?: NodeJS.ProcessEnv, execPath?: string, exists?: (path: string) => boolean }} [options]
 * @returns {{ node: string, script: string }}
 * @throws {LauncherError} when npm is nowhere to be found
 */
export function findNpm(options = {}) {
  const env = options.env ?? process.env;
  const exists = options.exists ?? existsSync;
  const execPath = options.execPath ?? process.execPath;
  const nodes = [env['npm_node_execpath'], execPath, ...onPath(env, nodeName, exists)].filter(
    (path) => path !== undefined && !/[\\/]node_modules[\\/]/.test(path),
  );
  const node = nodes[0] ?? execPath;
  const scripts = [
    env['npm_execpath'],
    ...nodes.flatMap((path) => besideNode(/** @type {string} */ (path))),
    ...onPath(env, 'npm', exists).map(resolveLink),
  ];
  const script = scripts.find(
    (path) => path !== undefined && basename(path) === 'npm-cli.js' && exists(path),
  );
  if (script === undefined) {
    throw new LauncherError(
      'needs npm to install its packages and finds none. Install npm (on Debian: apt-get install npm), then run the same command again.',
    );
  }
  return { node, script };
}

/**
 * Arguments that run npm for us: no scripts, the cache first, nothing said but errors.
 *
 * @param {{ script: string, offline?: boolean }} npm `offline`: do not even try the network
 * @param {...string} args
 */
export function npmArguments(npm, ...args) {
  const cache = npm.offline === true ? '--offline' : '--prefer-offline';
  return [npm.script, ...args, '--ignore-scripts', cache, '--loglevel=error'];
}

const nodeName = process.platform === 'win32' ? 'node.exe' : 'node';

/** @param {string} node */
function besideNode(node) {
  const folder = dirname(resolveLink(node));
  return [
    join(folder, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(folder, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(folder, '..', 'share', 'nodejs', 'npm', 'bin', 'npm-cli.js'),
  ];
}

/** @param {NodeJS.ProcessEnv} env @param {string} name @param {(path: string) => boolean} exists */
function onPath(env, name, exists) {
  return (env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
    .filter(exists);
}

/** @param {string} path */
function resolveLink(path) {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
