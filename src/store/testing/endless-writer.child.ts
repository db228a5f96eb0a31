import { writeSync } from 'node:fs';
import { silentLog } from '../../lib/index.ts';
import { openStore } from '../open-store.ts';
import { testCacheDir, testEvent } from './fixtures.ts';

// A process for tests to kill: appends to a trail without end and prints the number of each event
// once it is acknowledged. Before that, the process id of the database on a line of its own.

const store = await openStore({
  dataDir: process.argv[2] ?? '',
  cacheDir: testCacheDir,
  log: silentLog,
});
writeSync(1, `database ${store.databasePid()}\n`);
for (let seq = 1; ; seq += 1) {
  await store.trail.append([testEvent('call_1', seq)]);
  writeSync(1, `${seq}\n`);
}
