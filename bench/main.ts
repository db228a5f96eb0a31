import { loadavg } from 'node:os';
import { asMarkdown, type BenchTable } from './report.ts';

/** Printed as they come. */
type Tables = Iterable<BenchTable> | AsyncIterable<BenchTable>;

/*
 * `npm run bench` runs everything; `npm run bench -- line words` runs those. Each bench is a file of
 * its own, loaded when chosen. What begins with `--` is for the bench.
 */
const benches: Readonly<Record<string, (flags: readonly string[]) => Promise<Tables>>> = {
  ready: async () => (await import('./ready.ts')).benchReady(),
  line: async () => (await import('./line.ts')).benchLine(),
  handoff: async () => (await import('./handoff.ts')).benchHandoff(),
  engine: async () => (await import('./engine.ts')).benchEngine(),
  dialogues: async () => (await import('./dialogues.ts')).benchDialogues(),
  memory: async () => (await import('./memory.ts')).benchMemory(),
  mouth: async () => (await import('./mouth.ts')).benchMouth(),
  mind: async (flags) => (await import('./mind.ts')).benchMind(flags),
  words: async () => (await import('./words.ts')).benchWords(),
  turns: async (flags) => (await import('./turns.ts')).benchTurns(flags),
};

const given = process.argv.slice(2);
const asked = given.filter((name) => !name.startsWith('--'));
const flags = given.filter((name) => name.startsWith('--')).map((flag) => flag.slice(2));
const unknown = asked.filter((name) => !(name in benches));
if (unknown.length > 0) {
  process.stderr.write(
    `No bench named ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}.\n`,
  );
  process.exit(1);
}
/** `engine` runs these as well. */
const partsOfEngine = ['mouth', 'mind', 'words'];
for (const [name, run] of Object.entries(benches)) {
  if (asked.length > 0 ? !asked.includes(name) : partsOfEngine.includes(name)) continue;
  const [load = 0] = loadavg();
  process.stderr.write(`${name}: load average before the run ${load.toFixed(2)}\n`);
  for await (const table of await run(flags)) process.stdout.write(`${asMarkdown(table)}\n`);
}
process.exit(0);
