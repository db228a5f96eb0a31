import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { placeCall } from '../src/cli/caller/index.ts';
import { callerSays, identityOf } from '../test/support/callers.ts';
import { startLine, testFolder } from '../test/support/line.ts';
import type { BenchTable } from './report.ts';

const calls = 4;

/** Resident memory of the three processes, idle and with calls being held. Linux only. */
export async function benchMemory(): Promise<readonly BenchTable[]> {
  await using folder = await testFolder();
  await using line = await startLine(folder);
  const turns = await callerSays('awb-invoice-question', ...identityOf('awb'), 'awb-goodbye');
  await placeCall({ url: line.url, turns }); // what is loaded with the first call counts as idle
  await sleep(2_000);
  const idle = residentMb(line.pid);
  let peak = idle;
  const sampling = setInterval(() => {
    const now = residentMb(line.pid);
    if (sum(now) > sum(peak)) peak = now;
  }, 500);
  await Promise.all(Array.from({ length: calls }, () => placeCall({ url: line.url, turns })));
  clearInterval(sampling);
  const row = (name: string, value: (part: Process) => string): string[] => [
    name,
    ...idle.map(value),
  ];
  const at = (parts: readonly Process[], name: string): number =>
    parts.find((part) => part.name === name)?.mb ?? Number.NaN;
  return [
    {
      title: 'Resident memory',
      columns: ['', ...idle.map(({ name }) => name), 'together'],
      rows: [
        [...row('idle', ({ mb }) => `${mb.toFixed(0)} MB`), `${sum(idle).toFixed(0)} MB`],
        [
          ...row(
            'more for each call',
            ({ name, mb }) => `${((at(peak, name) - mb) / calls).toFixed(1)} MB`,
          ),
          `${((sum(peak) - sum(idle)) / calls).toFixed(1)} MB`,
        ],
      ],
      note: `Idle is after one call has been held; the second row is the highest of a sample every half second during ${calls} calls at once, divided by ${calls}.`,
    },
  ];
}

interface Process {
  readonly name: string;
  readonly mb: number;
}

const sum = (parts: readonly Process[]): number => parts.reduce((total, { mb }) => total + mb, 0);

function residentMb(server: number): readonly Process[] {
  const rows = execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(server)], {
    encoding: 'utf8',
  });
  const children = rows
    .trim()
    .split('\n')
    .flatMap((row) => {
      const name = ['engine', 'store'].find((part) => row.includes(`src/${part}/`));
      return name === undefined ? [] : [{ name, pid: Number.parseInt(row, 10) }];
    });
  return [{ name: 'server', pid: server }, ...children].map(({ name, pid }) => {
    const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return { name, mb: Number(kilobytes) / 1024 };
  });
}
