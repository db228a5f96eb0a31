import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { readSpokenTurn } from '../src/cli/caller/index.ts';
import { editDistance } from '../src/engine/ears/index.ts';
import { startEngineProcess, type EngineAddress } from '../src/engine/index.ts';
import { silentLog } from '../src/lib/index.ts';
import { latencyRow, type BenchTable } from './report.ts';
import { frontDesk } from './word-desks.ts';

const root = join(import.meta.dirname, '..');
const rateHz = 24_000;
const frameSamples = 480;
const frameMs = 20;
/** Callers who talk at the same time, one run each. */
const crowds = [1, 4, 8] as const;
/** Sentences that each caller says. */
const sentencesEach: Readonly<Record<number, number>> = { 1: 24, 4: 12, 8: 8 };
const targetsMs: Readonly<Record<number, number>> = { 1: 250, 4: 800 };
const answerWithinMs = 20_000;
/** Linux counts a process's time in these. */
const tickMs = 10;

interface Sentence {
  readonly agent: string;
  readonly text: string;
  readonly samples: Int16Array;
}

interface Answer {
  /** From the engine's `speech_stopped`. */
  readonly wordsMs: number;
  readonly audioMs: number;
  /** From the last sample that the caller sent of the sentence. */
  readonly fromSilenceMs: number;
  readonly words: number;
  readonly wrongWords: number;
}

interface CrowdFigures {
  readonly callers: number;
  readonly answers: readonly Answer[];
  readonly unanswered: number;
  /** Of the engine, in cores, while they talked. */
  readonly cores: number;
}

/**
 * Callers who speak at once, against the engine in a process of its own: recordings at the speed of
 * speech, each caller in a session of the front desk, the next sentence when the answer has come.
 */
export async function benchEngineLoad(): Promise<readonly BenchTable[]> {
  const cacheDir = join(root, '.switchboard/cache');
  await using engine = startEngineProcess({ cacheDir, log: silentLog });
  const address = await engine.ready();
  const sentences = await loadSentences();
  await crowd(address, { callers: 2, each: 2, sentences, pid: engine.pid() }); // everything once
  const figures: CrowdFigures[] = [];
  for (const callers of crowds) {
    const each = sentencesEach[callers] ?? 8;
    figures.push(await crowd(address, { callers, each, sentences, pid: engine.pid() }));
  }
  return [
    {
      title: 'Callers who speak at once',
      columns: ['', 'p50', 'p95', 'samples'],
      rows: figures.flatMap(({ callers, answers }) => {
        const who = callers === 1 ? '1 caller' : `${callers} callers`;
        const target = targetsMs[callers];
        return [
          latencyRow(`${who}: end of speech to final transcript`, pick(answers, 'wordsMs'), {}),
          latencyRow(
            `${who}: end of speech to first audio`,
            pick(answers, 'audioMs'),
            target === undefined ? {} : { p95Ms: target },
          ),
          latencyRow(
            `${who}: last sample of speech to first audio`,
            pick(answers, 'fromSilenceMs'),
            {},
          ),
        ];
      }),
      note:
        'End of speech is the engine’s `speech_stopped`; the third row counts from the caller’s last ' +
        'sample, so that the silence which tells that a turn is over is in it. Engine at work: ' +
        figures
          .map(({ callers, cores, answers, unanswered }) => {
            const lost = unanswered > 0 ? `, ${unanswered} turns without an answer` : '';
            return `${cores.toFixed(2)} cores at ${callers}, ${wrongPercent(answers)} % of the words heard wrong${lost}`;
          })
          .join('; ') +
        '.',
    },
  ];
}

function wrongPercent(answers: readonly Answer[]): string {
  const sum = (key: keyof Answer): number =>
    answers.reduce((total, answer) => total + answer[key], 0);
  return ((100 * sum('wrongWords')) / sum('words')).toFixed(1);
}

const pick = (answers: readonly Answer[], key: keyof Answer): number[] =>
  answers.map((answer) => answer[key]);

async function crowd(
  address: EngineAddress,
  options: {
    readonly callers: number;
    readonly each: number;
    readonly sentences: readonly Sentence[];
    readonly pid: number | null;
  },
): Promise<CrowdFigures> {
  const { callers, each, sentences, pid } = options;
  const fromMs = performance.now();
  const busyMs = cpuMs(pid);
  const heard = await Promise.all(
    Array.from({ length: callers }, async (_, caller) => {
      await sleep(caller * 170); // nobody begins in the same millisecond
      // Each caller has other sentences, spread over the agents.
      const own = Array.from(
        { length: each },
        (_unused, turn) => sentences[(caller * 7 + turn) % sentences.length],
      ).filter((sentence) => sentence !== undefined);
      return talk(address, own);
    }),
  );
  const answers = heard.flatMap((one) => one.filter((answer) => answer !== null));
  return {
    callers,
    answers,
    unanswered: callers * each - answers.length,
    cores: (cpuMs(pid) - busyMs) / (performance.now() - fromMs),
  };
}

function cpuMs(pid: number | null): number {
  if (pid === null) return Number.NaN;
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * tickMs; // utime and stime
}

/** One caller's session; null for a sentence that got no answer. */
async function talk(
  address: EngineAddress,
  sentences: readonly Sentence[],
): Promise<readonly (Answer | null)[]> {
  const socket = new WebSocket(`${address.url}?model=${address.model}`, {
    headers: { authorization: `Bearer ${address.apiKey}` },
    perMessageDeflate: false,
  });
  const seen = new Map<string, number[]>();
  let transcript = '';
  socket.on('message', (data: Buffer) => {
    const atMs = performance.now();
    const event = JSON.parse(data.toString()) as { type: string; transcript?: string }; // as the protocol says
    const { type } = event;
    if (type.endsWith('input_audio_transcription.completed')) transcript += ` ${event.transcript}`;
    seen.set(type, [...(seen.get(type) ?? []), atMs]);
  });
  await new Promise((resolve, reject) => {
    socket.on('open', resolve);
    socket.on('error', reject);
  });
  const send = (event: object): void => socket.send(JSON.stringify(event));
  const since = (type: string, fromMs: number): number | undefined =>
    seen.get(type)?.find((atMs) => atMs >= fromMs);
  const answers: (Answer | null)[] = [];
  try {
    for (const { agent, text, samples } of sentences) {
      transcript = '';
      send({ type: 'session.update', session: sessionOf(agent) });
      await sleep(300); // as long as a caller takes a breath
      const begunMs = performance.now();
      const spokenMs = await play(samples, send);
      const answered = () => {
        const doneMs = since('response.done', begunMs);
        const stoppedMs = since('input_audio_buffer.speech_stopped', begunMs);
        return stoppedMs !== undefined && doneMs !== undefined && doneMs > stoppedMs;
      };
      await silenceUntil(answered, send);
      const stoppedMs = lastSince(seen.get('input_audio_buffer.speech_stopped'), begunMs);
      const wordsMs =
        stoppedMs && since('conversation.item.input_audio_transcription.completed', stoppedMs);
      const audioMs = stoppedMs && since('response.output_audio.delta', stoppedMs);
      answers.push(
        stoppedMs === undefined || wordsMs === undefined || audioMs === undefined
          ? null
          : {
              wordsMs: wordsMs - stoppedMs,
              audioMs: audioMs - stoppedMs,
              fromSilenceMs: audioMs - spokenMs,
              words: text.split(' ').length,
              wrongWords: editDistance(text.split(' '), transcript.trim().split(' ')),
            },
      );
    }
    return answers;
  } finally {
    socket.close();
  }
}

/** The last of `times` at or after `fromMs`. */
const lastSince = (times: readonly number[] | undefined, fromMs: number): number | undefined =>
  times?.findLast((atMs) => atMs >= fromMs);

/** Without calls of tools, because nobody runs them here: every turn is answered with words. */
const sessionOf = (agent: string): object => {
  const { instructions, tools } = frontDesk[agent] ?? { instructions: '', tools: [] };
  return {
    type: 'realtime',
    instructions,
    tools: tools.map((tool) => ({ type: 'function', ...tool })),
    tool_choice: 'none',
    audio: { input: { transcription: { model: 'offline' } }, output: { voice: 'marin' } },
  };
};

const base64 = (frame: Int16Array): string =>
  Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength).toString('base64');
const silence = base64(new Int16Array(frameSamples));

/** Sends at the speed of speech. @returns when the last sample of the sentence was sent */
async function play(samples: Int16Array, send: (event: object) => void): Promise<number> {
  const startMs = performance.now();
  let frames = 0;
  for (let at = 0; at < samples.length; at += frameSamples) {
    const frame = new Int16Array(frameSamples);
    frame.set(samples.subarray(at, at + frameSamples));
    await sleep(Math.max(0, startMs + frames * frameMs - performance.now()));
    send({ type: 'input_audio_buffer.append', audio: base64(frame) });
    frames += 1;
  }
  const quietMs = trailingQuietMs(samples);
  return performance.now() - quietMs;
}

/** Recordings end with some silence, which is no speech. */
function trailingQuietMs(samples: Int16Array): number {
  const last = samples.findLastIndex((sample) => Math.abs(sample) > 300);
  return ((samples.length - 1 - last) * 1_000) / rateHz;
}

async function silenceUntil(answered: () => boolean, send: (event: object) => void): Promise<void> {
  const startMs = performance.now();
  let frames = 0;
  while (!answered() && performance.now() - startMs < answerWithinMs) {
    await sleep(Math.max(0, startMs + frames * frameMs - performance.now()));
    send({ type: 'input_audio_buffer.append', audio: silence });
    frames += 1;
  }
}

async function loadSentences(): Promise<readonly Sentence[]> {
  const folder = join(root, 'test', 'voices');
  const said: readonly (readonly [agent: string, names: readonly string[]])[] = [
    ['triage', ['invoice-question', 'book-appointment', 'charged-twice', 'change-booking']],
    ['billing', ['refund-invoice', 'invoice-number', 'payment-link', 'invoice-number-other']],
    ['scheduling', ['name-maria-lopez', 'second-one', 'ten-thirty-please', 'meant-friday']],
  ];
  const names = said.flatMap(([agent, turns]) =>
    turns.flatMap((turn) => ['awb', 'kal16'].map((voice) => [agent, `${voice}-${turn}`] as const)),
  );
  // Written by make.ts, in this shape.
  const texts = JSON.parse(readFileSync(join(folder, 'sentences.json'), 'utf8')) as Record<
    string,
    { text: string }
  >;
  return Promise.all(
    names.map(async ([agent, name]) => ({
      agent,
      text: texts[name]?.text ?? '',
      samples: await readSpokenTurn(join(folder, `${name}.wav`)),
    })),
  );
}
