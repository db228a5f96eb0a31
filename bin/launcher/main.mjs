import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { handOver } from './child.mjs';
import { runChecks } from './check.mjs';
import { LauncherError } from './launcher-error.mjs';
import { prepare } from './prepare.mjs';
import { createProgress } from './progress.mjs';
import { findRuntime } from './runtime.mjs';
import { speechEnvironment } from './speech-library.mjs';

const root = resolve(fileURLToPath(new URL('../..', import.meta.url)));

/**
 * Puts in place what is missing, then runs the command under a Node that runs TypeScript.
 *
 * `test`, `check-code`, `bench` and `install` are the repository's own and run in its folder; every
 * other command is the product's and runs where the user stands.
 *
 * @param {readonly string[]} args
 * @returns {Promise<number>} exit code
 */
export async function main(args) {
  const progress = createProgress();
  // Read here and nowhere else in the launcher: pretends that the system's libraries lie elsewhere.
  const systemRoot = process.env['SWITCHBOARD_SYSTEM_ROOT'] ?? '/';
  const stateDir = join(root, '.switchboard');
  const places = { root, stateDir, cacheDir: join(stateDir, 'cache'), systemRoot };
  try {
    const { speech } = await prepare(places, progress);
    const node = findRuntime(root);
    const env = {
      ...speechEnvironment(speech, places.cacheDir, process.env),
      // From the first file on: a start that finds all of its code here never loads Node's TypeScript.
      NODE_COMPILE_CACHE: join(places.cacheDir, 'compiled'),
    };
    const [command, ...rest] = args;
    switch (command) {
      case 'install':
        progress.line('switchboard: everything is in place.');
        return 0;
      case 'check-code':
        return await runChecks({ root, node, env });
      case 'test':
        return await handOver(
          node,
          [join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...rest],
          {
            cwd: root,
            env,
          },
        );
      case 'bench':
        return await handOver(node, [join(root, 'bench/main.ts'), ...rest], { cwd: root, env });
      default:
        return await handOver(node, [join(root, 'src/cli/main.ts'), ...args], { env });
    }
  } catch (error) {
    if (!(error instanceof LauncherError)) throw error;
    progress.line(`switchboard: ${error.message}`);
    return 1;
  }
}
