import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runQuietly } from './child.mjs';

/**
 * Everything that judges the code without running it. Tests are not here: they are `npm test`, so
 * that running both, as CI does, runs nothing twice.
 *
 * @param {string} root
 * @returns {{ name: string, args: string[], needs?: string }[]} longest first; `needs`: left out while that file does not exist
 */
export function checkSteps(root) {
  const tool = (/** @type {string} */ path) => join(root, 'node_modules', path);
  // What is not changed since is not judged again. Not for lint: its rules look at types, and so at
  // other files than the one that is the same.
  const kept = (/** @type {string} */ name) => join(root, '.switchboard/cache/checks', name);
  const types = (/** @type {string} */ project) => [
    ...[tool('typescript/bin/tsc'), '-p', project, '--noEmit'],
    ...['--incremental', '--tsBuildInfoFile', kept(`types-${project === '.' ? 'all' : project}`)],
  ];
  return [
    { name: 'lint', args: [tool('eslint/bin/eslint.js'), '.', '--max-warnings=0'] },
    { name: 'types', args: types('.') },
    {
      name: 'types of the console',
      args: types('console'),
      needs: 'console/tsconfig.json',
    },
    { name: 'types of the launcher', args: types('bin') },
    {
      name: 'format',
      args: [
        ...[tool('prettier/bin/prettier.cjs'), '--check', '--log-level=warn'],
        ...['--cache', '--cache-strategy=content', '--cache-location', kept('format'), '.'],
      ],
    },
    {
      name: 'layers',
      args: [
        ...[
          tool('dependency-cruiser/bin/dependency-cruiser.mjs'),
          '--config',
          '.dependency-cruiser.cjs',
        ],
        ...['--output-type', 'err-long'],
        ...['src', 'desks', 'bench', 'test', 'console/src'].filter((path) =>
          existsSync(join(root, path)),
        ),
      ],
    },
    { name: 'unused code', args: [tool('knip/bin/knip.js'), '--no-progress'] },
    { name: 'file names', args: ['bin/launcher/file-names.mjs'] },
  ];
}

/**
 * Runs all steps, two at a time, and prints a line for each, with its output when it failed.
 *
 * @param {{ root: string, node: string, env: NodeJS.ProcessEnv, write?: (text: string) => void }} options
 * @returns {Promise<number>} 0 when all passed
 */
export async function runChecks({ root, node, env, write = (text) => process.stdout.write(text) }) {
  const waiting = checkSteps(root).filter(
    ({ needs }) => needs === undefined || existsSync(join(root, needs)),
  );
  let passed = 0;
  let failed = 0;
  const secondsSince = (/** @type {number} */ startMs) =>
    ((performance.now() - startMs) / 1000).toFixed(1);
  const beganMs = performance.now();
  const worker = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      const startMs = performance.now();
      const { code, output } = await runQuietly(node, step.args, { cwd: root, env, node: true });
      const seconds = secondsSince(startMs);
      write(`${code === 0 ? 'ok  ' : 'FAIL'} ${step.name.padEnd(22)} ${seconds.padStart(5)} s\n`);
      if (code !== 0) write(`${output.trimEnd()}\n\n`);
      if (code === 0) passed += 1;
      else failed += 1;
    }
  };
  await Promise.all([worker(), worker()]);
  write(`all   ${''.padEnd(22)}${secondsSince(beganMs).padStart(5)} s\n`);
  write(`checks: ${passed} passed, ${failed} failed\n`);
  return failed === 0 ? 0 : 1;
}
