import { join } from 'node:path';
import { createEars } from '../src/engine/ears/index.ts';
import { manualClock, readAssets, silentLog } from '../src/lib/index.ts';
import type { BenchTable } from './report.ts';
import { hearJobs, speechSets, wordErrors, type WordsJob } from './words.ts';

const lines = ['telephone', 'wide'] as const;
const conditions = ['telephone', 'softphone'] as const;

/**
 * Whether ears that are told of a telephone hear a softphone as well, whose G.711 carries more than a
 * telephone's band: what they fit themselves to is the same for both.
 */
export async function benchTelephoneFit(): Promise<readonly BenchTable[]> {
  const assets = readAssets(join(import.meta.dirname, '../.switchboard/cache'));
  // By this clock no decoder is ever late: the fit is measured, not the machine.
  const ears = await createEars({ assets, log: silentLog, clock: manualClock() });
  try {
    const sets = speechSets();
    const jobs = sets.flatMap((set) =>
      conditions.flatMap((condition) =>
        lines.map((line): WordsJob => ({ ...set, condition, line })),
      ),
    );
    const rows = await hearJobs(ears, jobs);
    return [
      {
        title: 'Ears fitted to a telephone',
        columns: [
          ...['speech', 'voice', 'telephone, fitted', 'telephone, not fitted'],
          ...['softphone, fitted', 'softphone, not fitted'],
        ],
        rows: sets.map(({ set, voice }) => {
          const mine = rows.filter((row) => row.set === set && row.voice === voice);
          return [set, voice, ...mine.map(({ turns }) => wordErrors(turns))];
        }),
        note:
          'Words heard wrong. Telephone is 300 to 3,400 Hz through 8 kHz µ-law, softphone all of 0 to 4 kHz ' +
          'through the same. Every decoder is waited for.',
      },
    ];
  } finally {
    await ears[Symbol.asyncDispose]();
  }
}
