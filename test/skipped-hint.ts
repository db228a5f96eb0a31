import { chromiumHint, chromiumPath } from './chromium.ts';
import { canSpeak } from './dialogues/speak.ts';

const speakHint = 'The spoken dialogues need flite and sox: run `apt-get install flite sox`.';

/** Runs when all tests are done: says how to run those that were skipped for want of a program. */
export function teardown(): void {
  if (chromiumPath === null) process.stderr.write(`\nSkipped: ${chromiumHint}\n`);
  if (!canSpeak) process.stderr.write(`\nSkipped: ${speakHint}\n`);
}
