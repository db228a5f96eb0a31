import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readWav } from '../src/audio/index.ts';
import { createEars, type Ears, type RecognizerContext } from '../src/engine/ears/index.ts';
import { readAssets, silentLog } from '../src/lib/index.ts';
import { asMarkdown, latencyRow, type BenchTable } from './report.ts';
import { frontDesk } from './word-desks.ts';

const root = join(import.meta.dirname, '..');
/** Callers whose memory is measured together. */
const crowd = 8;
/** Models built anew for each kind of desk. */
const rounds = 12;
/** What the ears need to make their spares after they are ready. */
const settleMs = 2_500;

/** Memory of the ears, shared, by pooled decoder and by session; and how long a session's model takes. */
export async function benchEarsCost(): Promise<readonly BenchTable[]> {
  const beforeMb = residentMb();
  await using ears = await createEars({
    assets: readAssets(join(root, '.switchboard', 'cache')),
    log: silentLog,
  });
  await sleep(settleMs);
  const idleMb = residentMb() - beforeMb;
  const memory = await crowdMemory(ears);
  return [
    {
      title: 'Memory of the ears',
      columns: ['', 'resident'],
      rows: [
        ['idle: models, two general decoders, three voice detectors', mb(idleMb)],
        ['more for each session with a desk of its own', mb(memory.sessionMb)],
        ['more for each caller who speaks at the same time as others', mb(memory.speakerMb)],
      ],
      note: `In a process of their own; the last two are a ${crowd}th of what ${crowd} take.`,
    },
    await modelTable(ears),
  ];
}

async function crowdMemory(ears: Ears): Promise<{ sessionMb: number; speakerMb: number }> {
  const [speech] = readWav(
    readFileSync(join(root, 'test', 'voices', 'awb-charge-question.wav')),
  ).channels;
  if (!speech) throw new Error('the recording is empty');
  const settledMb = residentMb();
  const sessions = await Promise.all(
    Array.from({ length: crowd }, async (_, i) => {
      const recognizer = await ears.recognizer();
      await recognizer.adapt(variant(frontDesk['billing'], `crowd${'abcdefgh'[i] ?? ''}`));
      return recognizer;
    }),
  );
  const adaptedMb = residentMb();
  await Promise.all(
    sessions.map(async (recognizer) => {
      const turn = recognizer.begin();
      turn.push(speech);
      await turn.finish();
    }),
  );
  await sleep(settleMs);
  const spokenMb = residentMb();
  await Promise.all(sessions.map((recognizer) => recognizer[Symbol.asyncDispose]()));
  return { sessionMb: (adaptedMb - settledMb) / crowd, speakerMb: (spokenMb - adaptedMb) / crowd };
}

/** Instructions ten times as long as the front desk's. */
function longDesk(): RecognizerContext {
  const all = Object.values(frontDesk);
  return {
    instructions: all.map(({ instructions }) => instructions.repeat(3)).join('\n'),
    tools: all.flatMap(({ tools }) => tools),
  };
}

async function modelTable(ears: Ears): Promise<BenchTable> {
  await using recognizer = await ears.recognizer();
  const timed = async (context: RecognizerContext): Promise<number> => {
    const startedMs = performance.now();
    await recognizer.adapt(context);
    return performance.now() - startedMs;
  };
  const row = async (
    name: string,
    base: RecognizerContext | undefined,
  ): Promise<readonly string[][]> => {
    const coldMs: number[] = [];
    const warmMs: number[] = [];
    for (let i = 0; i < rounds; i += 1) {
      await using fresh = await ears.recognizer();
      const context = variant(base, `model${'abcdefghijklmnop'[i] ?? ''}${name.length}`);
      const startedMs = performance.now();
      await fresh.adapt(context);
      coldMs.push(performance.now() - startedMs);
      await timed(context);
      warmMs.push(await timed(context));
    }
    return [
      [...latencyRow(`${name}, new`, coldMs, { p95Ms: 100 })],
      [...latencyRow(`${name}, known`, warmMs, {})],
    ];
  };
  return {
    title: 'A session’s language model',
    columns: ['from the context to ready', 'p50', 'p95', 'samples'],
    rows: [
      ...(await row('an agent of the front desk', frontDesk['billing'])),
      ...(await row('a desk with a long prompt', longDesk())),
    ],
    note: 'Built on a thread of its own and loaded into a decoder; the one before is used until then.',
  };
}

/** A context that no model was built for yet. */
function variant(context: RecognizerContext | undefined, word: string): RecognizerContext {
  if (!context) throw new Error('the front desk has no such agent');
  return { ...context, instructions: `${context.instructions}\nCallers may mention ${word}.` };
}

const mb = (megabytes: number): string => `${megabytes.toFixed(0)} MB`;

function residentMb(): number {
  global.gc?.();
  return process.memoryUsage.rss() / 2 ** 20;
}

if (import.meta.main) {
  for (const table of await benchEarsCost()) process.stdout.write(asMarkdown(table));
}
