import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { testFolder } from '../test/support/line.ts';
import { quantile, type BenchTable } from './report.ts';

const runs = 5;
const root = join(import.meta.dirname, '..');

/** From `npm start`'s program being started to calls being taken, with everything installed. */
export async function benchReady(): Promise<readonly BenchTable[]> {
  await using folder = await testFolder();
  await readyMs(folder.dataDir); // makes the data folder: later runs are warm
  const timesMs: number[] = [];
  for (let run = 0; run < runs; run++) timesMs.push(await readyMs(folder.dataDir));
  const seconds = (valueMs: number): string => `${(valueMs / 1000).toFixed(2)} s`;
  return [
    {
      title: 'Start to ready, warm',
      columns: ['median', 'fastest', 'slowest', 'target'],
      rows: [
        [
          seconds(quantile(timesMs, 0.5)),
          seconds(Math.min(...timesMs)),
          seconds(Math.max(...timesMs)),
          '≤ 3 s',
        ],
      ],
      note: `From starting the launcher to its line \`Ready\`; ${runs} runs.`,
    },
  ];
}

async function readyMs(dataDir: string): Promise<number> {
  const startMs = performance.now();
  const child = spawn(process.execPath, [join(root, 'bin/switchboard.mjs'), 'start'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, PORT: '0', LOG_LEVEL: 'warn', SWITCHBOARD_DATA_DIR: dataDir },
  });
  for await (const text of createInterface({ input: child.stdout })) {
    if (text.startsWith('Ready:')) break;
  }
  const tookMs = performance.now() - startMs;
  child.kill('SIGTERM');
  if (child.exitCode === null) await once(child, 'exit');
  return tookMs;
}
