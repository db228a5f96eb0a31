import { relative } from 'node:path';
import { Command } from 'commander';
import { readSettings } from '../server/index.ts';
import { makeDesk } from './init/index.ts';
import { print } from './output.ts';

/** `switchboard init`: a new desk that runs. */
export function initCommand(): Command {
  return new Command('init')
    .description('make a new desk that runs: two agents, their prompts, a tool')
    .argument('<name>', 'lower case letters, digits and hyphens, such as my-desk')
    .addHelpText(
      'after',
      '\nIt is made in desks/, or in SWITCHBOARD_DESKS_DIR. A server that runs serves it at once.',
    )
    .action(init);
}

async function init(name: string): Promise<void> {
  const { folder, files } = await makeDesk({ name, desksDir: readSettings().desksDir });
  const path = relative(process.cwd(), folder);
  print(`Made ${path.startsWith('..') ? folder : path}: ${files.join(', ')}`);
  print(
    '  edit   desk.ts: who answers and who hands over to whom; prompts/*.md: what each one does',
  );
  print(`  check  npx switchboard check ${name}`);
  print(
    `  call   npx switchboard call --desk ${name} --type "is my bike ready", while npm start runs`,
  );
}
