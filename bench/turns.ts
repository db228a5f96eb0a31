import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { readSpokenTurn } from '../src/cli/caller/index.ts';
import { startEngineProcess } from '../src/engine/index.ts';
import { silentLog } from '../src/lib/index.ts';
import { quantile, type BenchTable } from './report.ts';
import { frontDesk } from './word-desks.ts';

const voices = join(import.meta.dirname, '../test/voices');
const rateHz = 24_000;
const frameMs = 20;
const frameSamples = (rateHz * frameMs) / 1_000;
/** Louder than this is sound (−35 dB). */
const audible = 600;

/** A turn of a caller, with what it answers. */
interface Spoken {
  readonly name: string;
  readonly agent: string;
  readonly asked: string;
}

/** Whole sentences and answers of callers of the front desk. */
const whole: readonly (readonly [agent: string, asked: string, names: readonly string[]])[] = [
  [
    'triage',
    'How can I help you?',
    ['invoice-question', 'book-appointment', 'charged-twice', 'change-booking', 'goodbye'],
  ],
  ['billing', 'What is the invoice number?', ['invoice-number', 'invoice-number-other']],
  ['billing', 'What can I do for you?', ['refund-invoice', 'payment-link']],
  ['billing', 'What is your date of birth?', ['born-october']],
  ['scheduling', 'Which day suits you?', ['tomorrow-please', 'meant-friday']],
  ['scheduling', 'There is ten, ten thirty and eleven. Which do you want?', ['second-one']],
  ['scheduling', 'What time suits you?', ['ten-thirty-please']],
  ['scheduling', 'What is your full name?', ['name-maria-lopez']],
  ['scheduling', 'Shall I book it?', ['yes-please', 'no-thank-you']],
];
const long =
  'On Thursday we have a free time at ten, another one at half past ten, and one more at eleven in the morning. There is also a little time on Friday afternoon, if that is better for you.';

/** One session over a socket, with its events as they come. */
async function session(
  address: { readonly url: string; readonly apiKey: string },
  agent: string,
  turnDetection: object,
) {
  const socket = new WebSocket(`${address.url}?model=bench`, {
    headers: { authorization: `Bearer ${address.apiKey}` },
  });
  const events: { readonly type: string; readonly atMs: number; readonly event: Wire }[] = [];
  socket.on('message', (data: Buffer) => {
    const event = JSON.parse(data.toString()) as Wire; // our own engine's
    events.push({ type: event.type, atMs: performance.now(), event });
  });
  await new Promise((resolve) => socket.once('open', resolve));
  const send = (event: object): void => socket.send(JSON.stringify(event));
  const audio = {
    input: { transcription: { model: 'any' }, turn_detection: turnDetection },
  };
  const { instructions = '', tools = [] } = frontDesk[agent] ?? {};
  send({
    type: 'session.update',
    session: {
      ...{ type: 'realtime', instructions, audio },
      tools: tools.map((tool) => ({ type: 'function', ...tool })),
    },
  });
  // The ears build their model for this agent.
  await pause(700);
  return {
    events,
    send,
    /** Sends sound at the speed of speech; resolves with the time at which it began. */
    async speak(samples: Int16Array): Promise<number> {
      const beganMs = performance.now();
      for (let at = 0; at < samples.length; at += frameSamples) {
        const frame = samples.subarray(at, at + frameSamples);
        const bytes = Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength);
        send({ type: 'input_audio_buffer.append', audio: bytes.toString('base64') });
        await pause(beganMs + ((at + frameSamples) * 1_000) / rateHz - performance.now());
      }
      return beganMs;
    },
    close: () => socket.close(),
  };
}

interface Wire {
  readonly type: string;
  readonly audio_end_ms?: number;
  readonly transcript?: string;
  readonly delta?: string;
  readonly item_id?: string;
}
type Session = Awaited<ReturnType<typeof session>>;

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
const read = (name: string): Promise<Int16Array> => readSpokenTurn(join(voices, `${name}.wav`));
const soundEndMs = (samples: Int16Array): number =>
  (samples.findLastIndex((sample) => Math.abs(sample) > audible) * 1_000) / rateHz;

/** How a recording came through. */
interface Outcome {
  readonly turns: number;
  /** From the last sound to `speech_stopped`. */
  readonly endMs: number;
  /** From `speech_stopped` to the first sound of the answer; null without one. */
  readonly answerMs: number | null;
  readonly text: string;
}

async function take(
  address: { readonly url: string; readonly apiKey: string },
  spoken: Spoken,
  turnDetection: object,
): Promise<Outcome> {
  const samples = await read(spoken.name);
  const call = await session(address, spoken.agent, turnDetection);
  call.send({
    type: 'conversation.item.create',
    item: {
      ...{ type: 'message', role: 'assistant' },
      content: [{ type: 'output_text', text: spoken.asked }],
    },
  });
  const tail = new Int16Array(rateHz * 2.2);
  const heard = new Int16Array(samples.length + tail.length);
  heard.set(samples);
  const beganMs = await call.speak(heard);
  const stops = call.events.filter(({ type }) => type === 'input_audio_buffer.speech_stopped');
  const last = stops.at(-1)?.atMs ?? Number.NaN;
  const audio = call.events.find(
    ({ type, atMs }) => type === 'response.output_audio.delta' && atMs > last,
  );
  call.close();
  return {
    turns: stops.length,
    endMs: last - beganMs - soundEndMs(samples),
    answerMs: audio ? audio.atMs - last : null,
    text: call.events
      .flatMap(({ event }) =>
        event.transcript !== undefined && event.type.includes('input_audio')
          ? [event.transcript]
          : [],
      )
      .join(' / '),
  };
}

/** Lets the agent speak, makes a sound over it, and waits. */
async function interject(
  address: { readonly url: string; readonly apiKey: string },
  name: string,
): Promise<{ readonly cutMs: number | null; readonly backMs: number | null; readonly as: string }> {
  const samples = await read(`turns/${name}`);
  const call = await session(address, 'scheduling', { type: 'semantic_vad' });
  const instructions = `Answer by saying: "${long}"\nSay exactly these words and nothing else.`;
  call.send({ type: 'response.create', response: { instructions } });
  await call.speak(new Int16Array(rateHz * 2.5));
  const firstMs = (samples.findIndex((sample) => Math.abs(sample) > audible) * 1_000) / rateHz;
  const sounding = call.speak(concat(samples, new Int16Array(rateHz * 2.5)));
  const beganMs = performance.now() + firstMs;
  const cut = await waitFor(call, 'input_audio_buffer.speech_started', 1_500);
  const itemId = call.events.find(({ type }) => type === 'response.output_audio.delta')?.event
    .item_id;
  if (cut !== null) {
    const end = Math.round(2_500 + (cut - beganMs));
    call.send({
      ...{ type: 'conversation.item.truncate', item_id: itemId },
      ...{ content_index: 0, audio_end_ms: end },
    });
  }
  await sounding;
  const after = call.events.filter(({ atMs }) => cut !== null && atMs > cut);
  const back = after.find(({ type }) => type === 'response.output_audio.delta');
  const words = after
    .filter(({ type }) => type === 'response.output_audio_transcript.delta')
    .map(({ event }) => event.delta ?? '')
    .join('');
  call.close();
  const heard = after.find(({ type }) => type.endsWith('transcription.completed'));
  return {
    cutMs: cut === null ? null : cut - beganMs,
    backMs:
      back && long.endsWith(words.trim().split(' ').slice(-6).join(' '))
        ? back.atMs - (cut ?? 0)
        : null,
    as: heard?.event.transcript ?? '',
  };
}

async function waitFor(call: Session, type: string, timeoutMs: number): Promise<number | null> {
  const untilMs = performance.now() + timeoutMs;
  while (performance.now() < untilMs) {
    const found = call.events.find((event) => event.type === type);
    if (found) return found.atMs;
    await pause(5);
  }
  return null;
}

function concat(...parts: readonly Int16Array[]): Int16Array {
  const all = new Int16Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

const detections = {
  '`server_vad`, 500 ms': { type: 'server_vad', threshold: 0.55, silence_duration_ms: 500 },
  '`semantic_vad`': { type: 'semantic_vad' },
} as const;

/** When turns are taken to be over, and what a sound over the agent's speech does. */
export async function* benchTurns(flags: readonly string[] = []): AsyncIterable<BenchTable> {
  const cacheDir = join(import.meta.dirname, '../.switchboard/cache');
  await using engine = startEngineProcess({ cacheDir, log: silentLog });
  const address = await engine.ready();
  // Written by make.ts, in this shape.
  const listed = JSON.parse(readFileSync(join(voices, 'turns/turns.json'), 'utf8')) as Record<
    string,
    { asked?: string; text: string }
  >;
  const speakers = flags.includes('quick') ? ['awb'] : ['awb', 'kal16'];
  const isOf = (name: string): boolean => speakers.some((voice) => name.startsWith(voice));
  const pausing = Object.entries(listed).flatMap(([name, { asked }]): Spoken[] =>
    asked !== undefined && isOf(name)
      ? [{ name: `turns/${name}`, agent: agentOf(name), asked }]
      : [],
  );
  const finished = whole.flatMap(([agent, asked, names]) =>
    names.flatMap((name) => speakers.map((voice) => ({ name: `${voice}-${name}`, agent, asked }))),
  );
  const rows: string[][] = [];
  for (const [title, detection] of Object.entries(detections)) {
    if (flags.includes('words') && detection.type !== 'semantic_vad') continue;
    const kinds = {
      'with pauses': pausing,
      ...(flags.includes('pauses') ? {} : { whole: finished }),
    };
    for (const [kind, turns] of Object.entries(kinds)) {
      const taken: Outcome[] = [];
      for (const turn of turns) {
        const outcome = await take(address, turn, detection);
        taken.push(outcome);
        process.stderr.write(
          `${title} ${turn.name}: ${outcome.turns} turns, over after ${outcome.endMs.toFixed(0)} ms (${outcome.text})\n`,
        );
      }
      const ends = taken.map(({ endMs }) => endMs);
      const answers = taken.flatMap(({ answerMs }) => (answerMs === null ? [] : [answerMs]));
      rows.push([
        `${title}, ${kind}`,
        `${taken.filter((one) => one.turns !== 1).length} of ${taken.length}`,
        ...[ends, answers].map(
          (ms) => `${quantile(ms, 0.5).toFixed(0)} / ${quantile(ms, 0.95).toFixed(0)} ms`,
        ),
      ]);
    }
  }
  yield {
    title: 'When a turn is over',
    columns: [
      '',
      'cut in pieces',
      'last sound to end of turn (p50 / p95)',
      'end of turn to first audio (p50 / p95)',
    ],
    rows,
  };
  if (flags.includes('pauses')) return;
  const sounds = Object.entries(listed)
    .filter(([name, { asked }]) => asked === undefined && isOf(name))
    .map(([name]) => name);
  const heard: string[][] = [];
  for (const name of [...sounds, 'cough']) {
    const { cutMs, backMs, as } = await interject(address, name);
    const ms = (value: number | null): string => (value === null ? '–' : `${value.toFixed(0)} ms`);
    heard.push([name, ms(cutMs), as, ms(backMs)]);
  }
  yield {
    title: 'A sound while the agent speaks',
    columns: ['', 'first sound to `speech_started`', 'heard as', 'until the agent goes on'],
    rows: heard,
  };
}

function agentOf(name: string): string {
  if (/invoice|born/.test(name)) return 'billing';
  return /name|spelled/.test(name) ? 'scheduling' : 'triage';
}
