import { readFileSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Command, CommanderError } from 'commander';
import { print, printFailure } from './output.ts';

/* Commands load their own modules when they are chosen, so that `--help` and `call` start fast. */

// Compiled code is kept between starts, of this process and through the environment of those that
// it starts; where it cannot be, a start takes a little longer. The launcher sets the same folder.
process.env['NODE_COMPILE_CACHE'] ??= fileURLToPath(
  new URL('../../.switchboard/cache/compiled', import.meta.url),
);
enableCompileCache(process.env['NODE_COMPILE_CACHE']);

const { version } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as { version: string }; // our own manifest

async function commands(chosen: string | undefined): Promise<Command> {
  const program = new Command('switchboard')
    .description('Self-hosted multi-agent voice line: one call, many specialists.')
    .version(version, '-V, --version')
    .exitOverride()
    .configureOutput({ outputError: (text) => printFailure(text.trim().replace(/^error: /, '')) });
  const all = {
    start: async () => (await import('./start-command.ts')).startCommand(),
    call: async () => (await import('./call-command.ts')).callCommand(),
    dial: async () => (await import('./dial-command.ts')).dialCommand(),
    'do-not-call': async () => (await import('./do-not-call-command.ts')).doNotCallCommand(),
    init: async () => (await import('./init-command.ts')).initCommand(),
    check: async () => (await import('./check-command.ts')).checkCommand(),
    graph: async () => (await import('./graph-command.ts')).graphCommand(),
    engine: async () => (await import('./engine-command.ts')).engineCommand(),
    models: async () => (await import('./models-command.ts')).modelsCommand(),
  };
  for (const [name, load] of Object.entries(all)) {
    const isNeeded = chosen === name || !chosen || !(chosen in all);
    if (isNeeded) program.addCommand((await load()).copyInheritedSettings(program));
  }
  program.addCommand(
    new Command('version').description('print the version').action(() => print(version)),
  );
  return program;
}

try {
  const program = await commands(process.argv[2]);
  await program.parseAsync();
} catch (thrown) {
  if (thrown instanceof CommanderError) {
    process.exitCode = thrown.exitCode; // already said, or help that was asked for
  } else {
    printFailure(thrown);
    process.exitCode = 1;
    process.exit();
  }
}
