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
  return [
    { name: 'lint', args: [tool('eslint/bin/eslint.js'), '.', '--max-warnings=0'] },
    { name: 'types', args: [tool('typescript/bin/tsc'), '-p', '.'] },
    {
      name: 'types of the console',
      args: [tool('typescript/bin/tsc'), '-p', 'console', '--noEmit'],
      needs: 'console/tsconfig.json',
    },
    { name: 'types of the launcher', args: [tool('typescript/bin/tsc'), '-p', 'bin'] },
    {
      name: 'format',
      args: [tool('prettier/bin/prettier.cjs'), '--check', '--log-level=warn', '.'],
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
  const worker = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      const startMs = performance.now();
      const { code, output } = await runQuietly(node, step.args, { cwd: root, env, node: true });
      const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
      write(`${code === 0 ? 'ok  ' : 'FAIL'} ${step.name.padEnd(22)} ${seconds.padStart(5)} s\n`);
      if (code !== 0) write(`${output.trimEnd()}\n\n`);
      if (code === 0) passed += 1;
      else failed += 1;
    }
  };
  await Promise.all([worker(), worker()]);
  write(`checks: ${passed} passed, ${failed} failed\n`);
  return failed === 0 ? 0 : 1;
}
