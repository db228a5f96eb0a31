import { connect } from 'node:net';
import { runQuietly } from './child.mjs';

/**
 * Whether npm's registry answers at all. npm itself tries every package in turn, for minutes, before
 * it gives up; told that it is offline, it uses its cache and says at once what is not there.
 *
 * @param {{ node: string, script: string }} npm
 * @param {{ env?: NodeJS.ProcessEnv, timeoutMs?: number }} [options]
 * @returns {Promise<boolean>} also `true` when a proxy stands between, which knows better
 */
export async function registryReachable(npm, options = {}) {
  const { env = process.env, timeoutMs = 5000 } = options;
  const asked = ['registry', 'https-proxy', 'proxy'];
  const { output } = await runQuietly(
    npm.node,
    [npm.script, 'config', 'get', ...asked, '--loglevel=error'],
    { env, node: true },
  );
  const setting = (/** @type {string} */ name) =>
    new RegExp(`^${name}=(.*)$`, 'm').exec(output)?.[1]?.trim().replace(/^"|"$/g, '');
  const proxies = [setting('https-proxy'), setting('proxy'), env['HTTPS_PROXY'], env['HTTP_PROXY']];
  const behindProxy = [...proxies, env['https_proxy'], env['http_proxy']].some(
    (value) => value !== undefined && !['', 'null', 'undefined'].includes(value),
  );
  const registry = setting('registry');
  if (behindProxy || registry === undefined || !URL.canParse?.(registry)) return true;
  const { hostname, port, protocol } = new URL(registry);
  return answers(hostname, Number(port || (protocol === 'http:' ? 80 : 443)), timeoutMs);
}

/** @param {string} host @param {number} port @param {number} timeoutMs @returns {Promise<boolean>} */
function answers(host, port, timeoutMs) {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const finish = (/** @type {boolean} */ answered) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answered);
    };
    const timer = setTimeout(() => finish(false), timeoutMs);
    socket.once('connect', () => finish(true));
    socket.once('error', () => finish(false));
  });
}
