import { spawnSync } from 'node:child_process';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { asMarkdown, type BenchTable } from './report.ts';

/** Printed as they come. */
type Tables = Iterable<BenchTable> | AsyncIterable<BenchTable>;

/*
 * `npm run bench` runs everything; `npm run bench -- line words` runs those. Each bench is a file of
 * its own, and runs in a process of its own, so that none finds the memory or the threads of another.
 * What begins with `--` is for the bench.
 */
const benches: Readonly<Record<string, (flags: readonly string[]) => Promise<Tables>>> = {
  ready: async () => (await import('./ready.ts')).benchReady(),
  line: async () => (await import('./line.ts')).benchLine(),
  handoff: async () => (await import('./handoff.ts')).benchHandoff(),
  load: async () => (await import('./engine-load.ts')).benchEngineLoad(),
  words: async () => (await import('./words.ts')).benchWords(),
  fit: async () => (await import('./telephone-fit.ts')).benchTelephoneFit(),
  ears: async () => (await import('./ears-cost.ts')).benchEarsCost(),
  mouth: async () => (await import('./mouth.ts')).benchMouth(),
  mind: async (flags) => (await import('./mind.ts')).benchMind(flags),
  dialogues: async () => (await import('./dialogues.ts')).benchDialogues(),
  memory: async () => (await import('./memory.ts')).benchMemory(),
  peers: async () => (await import('./peers.ts')).benchPeers(),
  twilio: async (flags) => (await import('./twilio.ts')).benchTwilio(flags),
  turns: async (flags) => (await import('./turns.ts')).benchTurns(flags),
};

/** Names for several benches. */
const groups: Readonly<Record<string, readonly string[]>> = {
  /** Everything about the embedded engine. */
  engine: ['load', 'words', 'fit', 'ears', 'mouth', 'mind'],
};

const given = process.argv.slice(2);
const asked = given.filter((name) => !name.startsWith('--'));
const flags = given.filter((name) => name.startsWith('--'));
const names = [...new Set(asked.flatMap((name) => groups[name] ?? [name]))];
const unknown = names.filter((name) => !(name in benches));
if (unknown.length > 0) {
  const known = [...Object.keys(groups), ...Object.keys(benches)];
  process.stderr.write(`No bench named ${unknown.join(', ')}. There are: ${known.join(', ')}.\n`);
  process.exit(1);
}

const chosen = names.length > 0 ? names : Object.keys(benches);
const [only, ...others] = chosen;
if (only === undefined || others.length > 0) {
  for (const name of chosen) {
    const { status } = spawnSync(
      process.execPath,
      [...process.execArgv, fileURLToPath(import.meta.url), name, ...flags],
      { stdio: 'inherit' },
    );
    if (status !== 0) process.exit(status ?? 1);
  }
  process.exit(0);
}
const [load = 0] = loadavg();
process.stderr.write(`${only}: load average before the run ${load.toFixed(2)}\n`);
const tables = await benches[only]?.(flags.map((flag) => flag.slice(2)));
for await (const table of tables ?? []) process.stdout.write(`${asMarkdown(table)}\n`);
process.exit(0);
