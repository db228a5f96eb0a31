import { chromiumHint, chromiumPath } from './chromium.ts';

/** Runs when all tests are done: says how to run those that were skipped for want of a browser. */
export function teardown(): void {
  if (chromiumPath === null) process.stderr.write(`\nSkipped: ${chromiumHint}\n`);
}
