import { messageOf, SwitchboardError } from '../lib/index.ts';

/* The one file that writes to the terminal. */

/** Writes a line of the command's result. */
export function print(line = ''): void {
  console.log(line);
}

/** Writes a line about what is going on; not part of the result. */
export function note(line: string): void {
  console.error(line);
}

/** Says what went wrong, in one line. */
export function printFailure(thrown: unknown): void {
  const message = messageOf(thrown).replaceAll(/\s*\n\s*/g, ' ');
  const code = thrown instanceof SwitchboardError ? ` [${thrown.code}]` : '';
  console.error(`switchboard: ${message}${code}`);
}
