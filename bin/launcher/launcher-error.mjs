/** A failure whose message is one line that tells the user what to do. Anything else thrown is a bug. */
export class LauncherError extends Error {
  /** @override */
  name = 'LauncherError';
}

const offline =
  /ENOTCACHED|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|Temporary failure resolving|Could not resolve|Could not connect|Network is unreachable/;

/**
 * Says in one line why a command failed.
 *
 * @param {string} output what the command printed
 * @returns {string} "no network …" when the output looks like it, else its last telling line
 */
export function reasonFrom(output) {
  if (offline.test(output)) return 'no network: the package registry cannot be reached';
  const lines = output
    .split('\n')
    .map((line) => line.replace(/^(npm (error|ERR!)|E:|error:?)\s*/i, '').trim())
    .filter((line) => line !== '' && !/A complete log of this run|^at /.test(line));
  const telling = lines.find((line) => /error|fail|cannot|unable|denied|no space|not /i.test(line));
  return telling ?? lines.at(-1) ?? 'it gave no reason';
}
