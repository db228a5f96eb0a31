import { basename, join } from 'node:path';
import { Command } from 'commander';
import { findDesks, importDesk, lintDesk, type Finding } from '../desk/index.ts';
import { messageOf, SwitchboardError } from '../lib/index.ts';
import { readSettings } from '../server/index.ts';
import { print } from './output.ts';

/** What is wrong with one desk. A file that cannot be loaded has no code of the linter's. */
interface CheckedDesk {
  readonly desk: string;
  readonly findings: readonly (Omit<Finding, 'code'> & {
    readonly code: Finding['code'] | 'desk_invalid';
  })[];
}

/** `switchboard check`: what is wrong with the desks, where, and how to mend it. */
export function checkCommand(): Command {
  return new Command('check')
    .description('look desks over for mistakes, without a call')
    .argument('[name]', 'the desk; all of them when left out')
    .option('--json', 'print one JSON array instead of text')
    .addHelpText('after', '\nExit code 1: there are errors, and the desk takes no calls as it is.')
    .action(check);
}

async function check(name: string | undefined, options: { readonly json?: true }): Promise<void> {
  const folders = await chosenDesks(name);
  const checked: CheckedDesk[] = [];
  for (const folder of folders) checked.push(await checkFolder(folder));
  if (options.json) print(JSON.stringify(checked, null, 2));
  else checked.flatMap(linesOf).forEach((line) => print(line));
  const isBroken = checked.some(({ findings }) => countOf('error', findings) > 0);
  if (isBroken) process.exitCode = 1;
}

/**
 * Folders of the desk of that name, or of all desks.
 *
 * @throws SwitchboardError desk_not_found, naming those that exist
 */
export async function chosenDesks(name: string | undefined): Promise<readonly string[]> {
  const { desksDir } = readSettings();
  const folders = await findDesks(desksDir);
  const chosen = name === undefined ? folders : folders.filter((path) => basename(path) === name);
  if (chosen.length > 0) return chosen;
  const known = folders.map((path) => basename(path)).join(', ') || `none in ${desksDir}`;
  const which = name === undefined ? 'There is no desk.' : `There is no desk "${name}".`;
  throw new SwitchboardError(
    'desk_not_found',
    `${which} Desks: ${known}. Make one: npx switchboard init ${name ?? 'my-desk'}`,
  );
}

async function checkFolder(folder: string): Promise<CheckedDesk> {
  const desk = basename(folder);
  try {
    return { desk, findings: lintDesk(await importDesk(folder)) };
  } catch (thrown) {
    // Names its file itself, and how to mend it.
    const message = messageOf(thrown).replaceAll(join(folder, '/'), '').replace(/\.$/, '');
    const finding = { severity: 'error', code: 'desk_invalid', place: 'files', message } as const;
    return { desk, findings: [{ ...finding, mend: '' }] };
  }
}

function linesOf({ desk, findings }: CheckedDesk): string[] {
  if (findings.length === 0) return [`${desk}: nothing found`];
  const errors = countOf('error', findings);
  const warnings = countOf('warning', findings);
  const counts = [
    ...(errors > 0 ? [`${errors} ${errors === 1 ? 'error' : 'errors'}`] : []),
    ...(warnings > 0 ? [`${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`] : []),
  ];
  const bySeverity = findings.toSorted((one, other) => rank(one) - rank(other));
  return [
    `${desk}: ${counts.join(', ')}`,
    ...bySeverity.flatMap(({ severity, place, code, message, mend }) => [
      `  ${severity.padEnd(7)}  ${place}: ${message} [${code}]`,
      ...(mend === '' ? [] : [`           ${mend}.`]),
    ]),
  ];
}

const rank = ({ severity }: Pick<Finding, 'severity'>): number => (severity === 'error' ? 0 : 1);

function countOf(
  severity: Finding['severity'],
  findings: readonly Pick<Finding, 'severity'>[],
): number {
  return findings.filter((finding) => finding.severity === severity).length;
}
