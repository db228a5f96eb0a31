import { join } from 'node:path';
import { readAssets } from '../lib/index.ts';

/** The parts that `npm start` and `npm test` put in place before anything else. */
export const installed = readAssets(join(import.meta.dirname, '../../.switchboard/cache'));

/**
 * True on systems for which no package brings PocketSphinx: there hearing cannot be tested. On any
 * other it is in place by now, and a test that finds it missing fails.
 */
export const cannotHear = installed.notes.some((note) => note.includes('no packaged PocketSphinx'));
