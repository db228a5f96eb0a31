import { setTimeout as sleep } from 'node:timers/promises';
import { createFliteMouth } from '../src/engine/mouth/index.ts';
import { mouthRateHz } from '../src/engine/mouth/port.ts';
import { silentLog } from '../src/lib/index.ts';
import { quantile, type BenchTable } from './report.ts';

interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: 'ms' | 'MB' | 'of real time';
}

/** Twelve words each, in the length and manner of an agent's answers. */
const sentences = [
  'Your invoice is for one hundred and twenty dollars, due December first.',
  'I can offer you nine, ten thirty, or two in the afternoon.',
  'Thanks for calling the front desk, how can I help you today?',
  'Let me put you through to billing now, they will help you.',
];
const longSentence =
  'The earliest time that we can offer you with any of our mechanics is half past eight in the morning on the second Wednesday of next month. It takes an hour.';
const rounds = 15;

/**
 * Measures the offline voice: start, first chunk of a twelve-word sentence, speed, memory.
 * First-chunk figures are of a warm mouth with one caller, and with four and eight who ask at once.
 */
export async function benchMouth(): Promise<readonly BenchTable[]> {
  const rssBefore = process.memoryUsage.rss();
  const startMs = performance.now();
  const mouth = await createFliteMouth({ log: silentLog });
  const startedMs = performance.now() - startMs;
  await sleep(1_000);
  const idleBytes = process.memoryUsage.rss() - rssBefore;
  const { signal } = new AbortController();

  async function speak(text: string, voice: string) {
    const fromMs = performance.now();
    let firstMs: number | undefined;
    let samples = 0;
    for await (const chunk of mouth.speak(text, { voice, speed: 1, signal })) {
      firstMs ??= performance.now() - fromMs;
      samples += chunk.samples.length;
    }
    return {
      firstMs: firstMs ?? Number.NaN,
      allMs: performance.now() - fromMs,
      speechMs: (samples / mouthRateHz) * 1_000,
    };
  }

  const rows: Figure[] = [
    { name: 'start to able to speak', value: startedMs, unit: 'ms' },
    { name: 'memory of the idle pool (2 threads)', value: idleBytes / 1e6, unit: 'MB' },
  ];
  for (const voice of ['marin', 'ash']) {
    const runs = [];
    for (let round = 0; round < rounds; round++) {
      for (const sentence of sentences) {
        runs.push(await speak(sentence, voice));
        await sleep(30); // a pause in which the next run is made ready, as between turns
      }
    }
    const first = runs.map((run) => run.firstMs);
    const made = runs.reduce((total, run) => total + run.allMs, 0);
    const speech = runs.reduce((total, run) => total + run.speechMs, 0);
    rows.push(
      { name: `first chunk p50, ${voice}`, value: quantile(first, 0.5), unit: 'ms' },
      { name: `first chunk p95, ${voice}`, value: quantile(first, 0.95), unit: 'ms' },
      { name: `real-time factor, ${voice}`, value: made / speech, unit: 'of real time' },
    );
  }
  for (const callers of [4, 8]) {
    const crowd: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const texts = Array.from({ length: callers }, (_, index) =>
        // Every other answer begins with a long sentence, and is still being made for the others.
        index % 2 === 0 ? sentences[(index + round) % sentences.length] : longSentence,
      );
      const runs = await Promise.all(texts.map((text) => speak(text ?? longSentence, 'marin')));
      crowd.push(...runs.map((run) => run.firstMs));
      await sleep(30);
    }
    rows.push(
      { name: `first chunk p50, ${callers} at once`, value: quantile(crowd, 0.5), unit: 'ms' },
      { name: `first chunk p95, ${callers} at once`, value: quantile(crowd, 0.95), unit: 'ms' },
    );
  }
  await mouth[Symbol.asyncDispose]();
  return [
    {
      title: 'The offline voice',
      columns: ['', 'figure'],
      rows: rows.map(({ name, value, unit }) => [
        name,
        `${value.toFixed(unit === 'of real time' ? 3 : 0)} ${unit}`,
      ]),
      note: `First chunks are of sentences of twelve words, by a warm mouth; half of those at once have one of 26 words without a comma; ${rounds} rounds of ${sentences.length} sentences a voice.`,
    },
  ];
}
