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
import { quantile, type BenchTable } from './report.ts';
import { frontDesk, garage, offDomain } from './word-desks.ts';

/** One line of the table: word errors of one voice on one kind of speech. */
interface WordsRow {
  readonly set: string;
  readonly voice: string;
  readonly sentences: number;
  readonly words: number;
  /** Substitutions, insertions and deletions over the words said, in percent. */
  readonly errorPercent: number;
  /** From the end of the turn to its words. */
  readonly finishP50Ms: number;
  readonly finishP95Ms: number;
  /** Median confidence of turns understood without an error, and of the others. */
  readonly confidenceRight: number | null;
  readonly confidenceWrong: number | null;
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

/** Word errors as `npm run bench` prints them. */
export async function benchWords(): Promise<readonly BenchTable[]> {
  const share = (value: number | null): string => (value === null ? '-' : value.toFixed(2));
  const rows = await measureWords();
  return [
    {
      title: 'Words heard wrong',
      columns: ['speech', 'voice', 'sentences', 'words', 'errors', 'p50', 'p95', 'sure', 'unsure'],
      rows: rows.map((row) => [
        ...[row.set, row.voice, String(row.sentences), String(row.words), `${row.errorPercent} %`],
        ...[`${row.finishP50Ms} ms`, `${row.finishP95Ms} ms`],
        ...[share(row.confidenceRight), share(row.confidenceWrong)],
      ]),
      note:
        'Times run from the end of the turn to its words; sure and unsure are the median confidence of ' +
        'turns heard right and wrong.',
    },
  ];
}

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
  options: { readonly report?: (line: string) => void } = {},
): Promise<readonly WordsRow[]> {
  const assets = readAssets(join(root, '.switchboard', 'cache'));
  const ears = await createEars({ assets, log: silentLog });
  try {
    const rows: WordsRow[] = [];
    for (const voice of ['awb', 'kal16']) {
      rows.push(await measure(ears, 'front desk', voice, committed(voice), options));
      rows.push(await measure(ears, 'garage', voice, garageSentences(voice), options));
      rows.push(await measure(ears, 'off domain', voice, offDomainSentences(voice), options));
    }
    for (const set of ['librivox', 'cards']) {
      rows.push(await measure(ears, set, 'real people', recorded(set), options));
    }
    return rows.filter((row) => row.sentences > 0);
  } finally {
    await ears[Symbol.asyncDispose]();
  }
}

async function measure(
  ears: Ears,
  set: string,
  voice: string,
  spoken: readonly Spoken[],
  options: { readonly report?: (line: string) => void },
): Promise<WordsRow> {
  const recognizer = await ears.recognizer();
  const turns: Heard[] = [];
  for (const one of spoken) {
    await recognizer.adapt(one.context);
    const heard = await hear(ears, recognizer, one.samples);
    const said = one.text.split(' ');
    const errors = editDistance(said, heard.text ? heard.text.split(' ') : []);
    if (errors > 0) {
      options.report?.(`${voice}: "${one.text}" heard as "${heard.text}" (${heard.confidence})`);
    }
    turns.push({ ...heard, errors, words: said.length });
  }
  await recognizer[Symbol.asyncDispose]();
  const words = turns.reduce((sum, turn) => sum + turn.words, 0);
  const errors = turns.reduce((sum, turn) => sum + turn.errors, 0);
  const finishMs = turns.map((turn) => turn.finishMs);
  const confidence = (from: readonly Heard[]): number | null =>
    from.length > 0
      ? quantile(
          from.map((turn) => turn.confidence),
          0.5,
        )
      : null;
  return {
    set,
    voice,
    sentences: turns.length,
    words,
    errorPercent: words > 0 ? Math.round((1_000 * errors) / words) / 10 : 0,
    finishP50Ms: Math.round(quantile(finishMs, 0.5)),
    finishP95Ms: Math.round(quantile(finishMs, 0.95)),
    confidenceRight: confidence(turns.filter((turn) => turn.errors === 0)),
    confidenceWrong: confidence(turns.filter((turn) => turn.errors > 0)),
  };
}

/** Plays one recording at the speed of speech; the words of all turns the detector makes of it. */
async function hear(
  ears: Ears,
  recognizer: Recognizer,
  samples: Int16Array,
): Promise<{ text: string; confidence: number; finishMs: number }> {
  using detector = ears.detector({ threshold: 0.55, silenceMs: 500 });
  const around = new Int16Array(samples.length + 1.5 * earsRateHz);
  around.set(samples, 0.5 * earsRateHz);
  const texts: string[] = [];
  let confidence = 1;
  let finishMs = 0;
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
  return { text: texts.join(' '), confidence, finishMs };
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
  const rows = await measureWords(report ? { report } : {});
  for (const row of rows) process.stdout.write(`${JSON.stringify(row)}\n`);
}
