import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readWav } from '../src/audio/index.ts';
import {
  createEars,
  earsRateHz,
  editDistance,
  type Ears,
  type Recognizer,
  type RecognizerContext,
} from '../src/engine/ears/index.ts';
import { readAssets, silentLog } from '../src/lib/index.ts';
import { asMarkdown, quantile, type BenchTable } from './report.ts';
import { babble, conditions, under, wordless, type Condition } from './word-conditions.ts';
import { frontDesk, garage, offDomain } from './word-desks.ts';

/** What one voice says of one kind. */
interface SpeechSet {
  readonly set: string;
  readonly voice: string;
  readonly spoken: readonly Spoken[];
}

/** What is to be heard under one condition. */
export interface WordsJob extends SpeechSet {
  readonly condition: Condition;
  /** What the ears are told of the line. @default nothing */
  readonly line?: 'wide' | 'telephone';
}

/** Word errors of one voice on one kind of speech, under one condition. */
export interface WordsRow extends Omit<WordsJob, 'spoken'> {
  readonly turns: readonly Heard[];
}

interface Spoken {
  readonly samples: Int16Array;
  readonly text: string;
  readonly context: RecognizerContext;
}

interface Heard {
  readonly errors: number;
  readonly words: number;
  readonly finishMs: number;
  readonly confidence: number;
}

const root = join(import.meta.dirname, '..');
const recordings = '/usr/share/pocketsphinx/test/data';
const chunkSamples = 512;
/** A session's own prefix padding: what it hands the recogniser from before the turn. */
const prefixMs = 300;
/** Callers who are heard at the same time, so that the bench is over in minutes. */
const atOnce = 4;
/** Kinds of speech that are also heard in noise. */
const alsoInNoise = new Set(['front desk', 'librivox', 'cards']);
/** From this confidence on the mind takes what it was told for understood. */
const understoodFrom = 0.35;

/** Word errors, and what confidence is worth, as `npm run bench` prints them. */
export async function benchWords(
  options: { readonly report?: (line: string) => void } = {},
): Promise<readonly BenchTable[]> {
  const assets = readAssets(join(root, '.switchboard', 'cache'));
  const ears = await createEars({ assets, log: silentLog });
  try {
    const rows = await measureWords(ears, options);
    return [wordsTable(rows), confidenceTable(rows), await wordlessTable(ears)];
  } finally {
    await ears[Symbol.asyncDispose]();
  }
}

function wordsTable(rows: readonly WordsRow[]): BenchTable {
  const names = new Map(rows.map((row) => [`${row.set}/${row.voice}`, row]));
  const finishMs = rows.flatMap(({ turns }) => turns.map((turn) => turn.finishMs));
  return {
    title: 'Words heard wrong',
    columns: ['speech', 'voice', 'sentences', 'words', ...conditions],
    rows: [...names.values()].map(({ set, voice, turns }) => [
      ...[set, voice, String(turns.length), String(sum(turns, 'words'))],
      ...conditions.map((condition) => {
        const row = rows.find(
          (one) => one.set === set && one.voice === voice && one.condition === condition,
        );
        return row ? wordErrors(row.turns) : '-';
      }),
    ]),
    note:
      `Telephone is 300 to 3,400 Hz through 8 kHz µ-law; noise is babble. ${atOnce} callers at once; from ` +
      `the end of the turn to its words p50 ${quantile(finishMs, 0.5).toFixed(0)} ms, p95 ` +
      `${quantile(finishMs, 0.95).toFixed(0)} ms.`,
  };
}

/** What the mind's threshold lets through, and what it holds back. */
function confidenceTable(rows: readonly WordsRow[]): BenchTable {
  return {
    title: 'What a confidence is worth',
    columns: [
      'condition',
      'turns',
      'acted on',
      'of these right',
      'right ones acted on',
      'wrong ones held back',
    ],
    rows: conditions.map((condition) => {
      const turns = rows.filter((row) => row.condition === condition).flatMap((row) => row.turns);
      const right = turns.filter(isUnderstood);
      const wrong = turns.filter((turn) => !isUnderstood(turn));
      const actedOn = turns.filter(({ confidence }) => confidence >= understoodFrom);
      const share = (some: number, all: number): string => (all === 0 ? '-' : percent(some / all));
      return [
        ...[condition, String(turns.length), share(actedOn.length, turns.length)],
        share(actedOn.filter(isUnderstood).length, actedOn.length),
        share(right.filter(({ confidence }) => confidence >= understoodFrom).length, right.length),
        share(wrong.filter(({ confidence }) => confidence < understoodFrom).length, wrong.length),
      ];
    }),
    note: `Right is a turn with at most one word in five wrong; acted on from a confidence of ${understoodFrom}.`,
  };
}

const isUnderstood = ({ errors, words }: Heard): boolean => errors <= words / 5;

/** Whether sounds without words become turns, and words. */
async function wordlessTable(ears: Ears): Promise<BenchTable> {
  const rows: string[][] = [];
  for (const [name, samples] of Object.entries(wordless(8))) {
    await using recognizer = await ears.recognizer();
    const heard = await hear(ears, recognizer, samples);
    const words = heard.text === '' ? '-' : `“${heard.text}” (${heard.confidence.toFixed(2)})`;
    rows.push([name, String(heard.turns), words]);
  }
  return {
    title: 'Sounds without words',
    columns: ['eight seconds of', 'turns', 'words, with their confidence'],
    rows,
    note: `Below ${understoodFrom} the mind asks again and does nothing.`,
  };
}

const sum = (turns: readonly Heard[], what: 'words' | 'errors'): number =>
  turns.reduce((total, turn) => total + turn[what], 0);
/** @returns the share of words that were heard wrong. */
export const wordErrors = (turns: readonly Heard[]): string =>
  percent(sum(turns, 'errors') / sum(turns, 'words'));
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/**
 * Word errors through the real path: detector, turn, both decoders, chunks as a session cuts them.
 *
 * Voices are Flite's awb and kal16, which the engine does not speak with, and people's recordings
 * from Debian's pocketsphinx-testdata. Sets that need `flite` or the recordings are left out where
 * those are not installed.
 *
 * @param options.report called with each turn that was misheard.
 */
async function measureWords(
  ears: Ears,
  options: { readonly report?: (line: string) => void },
): Promise<readonly WordsRow[]> {
  const jobs = speechSets().flatMap((one) =>
    conditions
      .filter((condition) => !condition.startsWith('noise') || alsoInNoise.has(one.set))
      .map((condition) => ({ ...one, condition })),
  );
  return hearJobs(ears, jobs, options);
}

/** Hears all jobs, several at once. @returns a row for each, in their order */
export async function hearJobs(
  ears: Ears,
  jobs: readonly WordsJob[],
  options: { readonly report?: (line: string) => void } = {},
): Promise<readonly WordsRow[]> {
  const noise = babble(
    [...committed('awb'), ...committed('kal16')].slice(0, 20).map(({ samples }) => samples),
    20,
  );
  const rows = new Map<WordsJob, WordsRow>();
  const waiting = [...jobs];
  const caller = async (): Promise<void> => {
    for (let job = waiting.shift(); job; job = waiting.shift()) {
      rows.set(job, { ...job, turns: await measure(ears, job, { ...options, noise }) });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, caller));
  return jobs.flatMap((job) => rows.get(job) ?? []);
}

/** @returns what can be heard on this machine. */
export function speechSets(): readonly SpeechSet[] {
  return [
    ...['awb', 'kal16'].flatMap((voice) => [
      { set: 'front desk', voice, spoken: committed(voice) },
      { set: 'garage', voice, spoken: garageSentences(voice) },
      { set: 'off domain', voice, spoken: offDomainSentences(voice) },
    ]),
    ...['librivox', 'cards'].map((set) => ({ set, voice: 'real people', spoken: recorded(set) })),
  ].filter(({ spoken }) => spoken.length > 0);
}

async function measure(
  ears: Ears,
  job: WordsJob,
  options: { readonly report?: (line: string) => void; readonly noise: Int16Array },
): Promise<readonly Heard[]> {
  await using recognizer = await ears.recognizer(job.line ? { line: job.line } : {});
  const turns: Heard[] = [];
  for (const one of job.spoken) {
    await recognizer.adapt(one.context);
    const heard = await hear(
      ears,
      recognizer,
      await under(job.condition, one.samples, options.noise),
    );
    const said = one.text.split(' ');
    const errors = editDistance(said, heard.text ? heard.text.split(' ') : []);
    if (errors > 0) {
      options.report?.(
        `${job.voice}, ${job.condition}: "${one.text}" heard as "${heard.text}" (${heard.confidence})`,
      );
    }
    turns.push({ ...heard, errors, words: said.length });
  }
  return turns;
}

/** Plays one recording at the speed of speech; the words of all turns the detector makes of it. */
async function hear(
  ears: Ears,
  recognizer: Recognizer,
  samples: Int16Array,
): Promise<{ text: string; confidence: number; finishMs: number; turns: number }> {
  using detector = ears.detector({ threshold: 0.55, silenceMs: 500 });
  const around = new Int16Array(samples.length + 1.5 * earsRateHz);
  around.set(samples, 0.5 * earsRateHz);
  const texts: string[] = [];
  let confidence = 1;
  let finishMs = 0;
  let turns = 0;
  let turn: ReturnType<Recognizer['begin']> | undefined;
  const startMs = performance.now();
  for (let at = 0; at < around.length; at += chunkSamples) {
    const chunk = around.slice(at, at + chunkSamples);
    const end = at + chunk.length;
    const aheadMs = (end * 1_000) / earsRateHz - (performance.now() - startMs);
    if (aheadMs > 0) await new Promise((resolve) => setTimeout(resolve, aheadMs));
    turn?.push(chunk);
    for (const boundary of detector.push(chunk)) {
      if (boundary.type === 'started') {
        turn = recognizer.begin();
        turns += 1;
        const from = Math.max(0, Math.round(((boundary.atMs - prefixMs) * earsRateHz) / 1_000));
        turn.push(around.slice(from, end));
      } else if (turn) {
        const stoppedMs = performance.now();
        const heard = await turn.finish();
        turn = undefined;
        finishMs = Math.max(finishMs, performance.now() - stoppedMs);
        confidence = Math.min(confidence, heard.confidence);
        if (heard.text) texts.push(heard.text);
      }
    }
  }
  turn?.cancel();
  return { text: texts.join(' '), confidence, finishMs, turns };
}

function committed(voice: string): readonly Spoken[] {
  const folder = join(root, 'test', 'voices');
  // Written by make.ts, in this shape.
  const sentences = JSON.parse(readFileSync(join(folder, 'sentences.json'), 'utf8')) as Record<
    string,
    { voice: string; text: string }
  >;
  return Object.entries(sentences)
    .filter(([, sentence]) => sentence.voice === voice)
    .map(([name, { text }]) => ({
      samples: readSamples(join(folder, `${name}.wav`)),
      text,
      context: frontDesk[agentFor(name)] ?? nothing,
    }));
}

/** What callers say to whom in the spoken calls of the tests, by the name of the file; the first that fits. */
const saidTo: readonly (readonly [agent: string, names: RegExp])[] = [
  // Before they reach anybody else, or to ask for a person and a callback.
  ['triage', /phone-number|tomorrow-morning/],
  // Who they are, which invoice, and that they want to be with somebody else.
  ['billing', /jane-miller|robert-wilson|born|number|charged|payment/],
  ['billing', /thanks-then|change-booking|need-appointment/],
  ['scheduling', /tomorrow|thirty|second|name|friday|monday|quarter|not-that|goodbye|yes-please/],
  ['scheduling', /go-back|what-about/],
];

function agentFor(name: string): string {
  return saidTo.find(([, names]) => names.test(name))?.[0] ?? 'triage';
}

const nothing: RecognizerContext = { instructions: '', tools: [] };

function garageSentences(voice: string): readonly Spoken[] {
  return garage.sentences.flatMap(([agent, text]) =>
    speak(voice, text, garage.agents[agent] ?? nothing),
  );
}

function offDomainSentences(voice: string): readonly Spoken[] {
  return offDomain.flatMap((text) => speak(voice, text, frontDesk['triage'] ?? nothing));
}

function speak(voice: string, text: string, context: RecognizerContext): readonly Spoken[] {
  const folder = mkdtempSync(join(tmpdir(), 'switchboard-words-'));
  try {
    const file = join(folder, 'said.wav');
    execFileSync('flite', ['-voice', voice, '-t', text, '-o', file]);
    return [{ samples: readSamples(file), text, context }];
  } catch {
    return []; // no flite on this machine
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function recorded(set: string): readonly Spoken[] {
  const folder = join(recordings, set);
  const list = join(folder, set === 'cards' ? 'cards.transcription' : 'transcription');
  if (!existsSync(list)) return [];
  return [...readFileSync(list, 'utf8').matchAll(/^<s>\s*(.*?)\s*<\/s>\s*\((.*)\)$/gm)].map(
    ([, text = '', name = '']) => ({
      samples: readSamples(join(folder, `${name}.wav`)),
      text,
      context: nothing,
    }),
  );
}

function readSamples(file: string): Int16Array {
  const { rateHz, channels } = readWav(readFileSync(file));
  const [samples] = channels;
  if (!samples || rateHz !== earsRateHz) throw new Error(`${file} is not at 16 kHz`);
  return samples;
}

if (import.meta.main) {
  const report = process.argv.includes('--misheard')
    ? (line: string): void => void process.stderr.write(`${line}\n`)
    : undefined;
  for (const table of await benchWords(report ? { report } : {})) {
    process.stdout.write(asMarkdown(table));
  }
}
