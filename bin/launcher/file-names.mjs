import { execFileSync } from 'node:child_process';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/;
const vague = /^(utils?|helpers?|misc|common|types)\./;

/**
 * House rules for the names of source files: kebab-case (dots between a name's parts), and no name
 * that says nothing about what is inside.
 *
 * @param {readonly string[]} paths
 * @returns {string[]} one complaint for each bad name
 */
export function badFileNames(paths) {
  return paths.flatMap((path) => {
    const name = basename(path).replace(/^\./, '');
    if (!/\.(ts|tsx|mjs|cjs|js)$/.test(name)) return [];
    if (vague.test(name)) return [`${path}: name the concept, not "${name}"`];
    return kebab.test(name) ? [] : [`${path}: file names are kebab-case`];
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    encoding: 'utf8',
  });
  const complaints = badFileNames(listed.split('\n').filter((path) => path !== ''));
  process.stderr.write(complaints.map((line) => `${line}\n`).join(''));
  process.exitCode = complaints.length === 0 ? 0 : 1;
}
