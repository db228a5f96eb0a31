import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { loadResampler, readWav } from '../src/audio/index.ts';
import { createEars, earsRateHz, editDistance, type Ears } from '../src/engine/ears/index.ts';
import { readAssets, silentLog } from '../src/lib/index.ts';
import { dialogues, nothingLeft, type Dialogue } from '../test/dialogues/front-desk.ts';
import { holdAll, leftBy, type Held } from '../test/dialogues/hold.ts';
import { listenTo } from '../test/dialogues/listen.ts';
import { eventsOf } from '../test/support/callers.ts';
import { openData, startLine, testFolder } from '../test/support/line.ts';
import { quantile, type BenchTable } from './report.ts';
import { frontDesk } from './word-desks.ts';

const root = join(import.meta.dirname, '..');
/** Where the recordings are left, to be listened to: caller left, agent right. */
const recordingsDir = join(root, '.switchboard/dialogues');

/**
 * The twenty spoken dialogues of the tests, looked at as sound: how long the caller waits, whether the
 * agent is loud enough and whole, and whether what the agent says can be understood, by our own ears.
 */
export async function benchDialogues(): Promise<readonly BenchTable[]> {
  await using folder = await testFolder();
  const line = await startLine(folder);
  const held = await holdAll(line.url, new Map(dialogues.map((one) => [one, one])));
  await line.stop();
  await using store = await openData(folder.dataDir);
  await using ears = await createEars({
    assets: readAssets(join(root, '.switchboard/cache')),
    log: silentLog,
  });
  mkdirSync(recordingsDir, { recursive: true });
  const rows: Row[] = [];
  for (const [dialogue, one] of held) {
    const wav = one.call.recording ?? new Uint8Array();
    writeFileSync(join(recordingsDir, `${dialogue.name.replaceAll(/\W+/g, '-')}.wav`), wav);
    const left = await leftBy(one, dialogue.leaves, store);
    rows.push({
      dialogue,
      one,
      isAsWanted:
        isDeepStrictEqual(left, { ...nothingLeft, ...dialogue.leaves }) &&
        dialogue.hears.every((pattern) => pattern.test(one.heard)),
      sound: listenTo(wav),
      callerWrong: wrongWords(one.said.join(' '), callerTexts(one)),
      agentWrong: wrongWords(spokenWords(one.heard), await transcribe(wav, ears)),
    });
  }
  return [tableOf(rows)];
}

interface Row {
  readonly dialogue: Dialogue;
  readonly one: Held;
  readonly isAsWanted: boolean;
  readonly sound: ReturnType<typeof listenTo>;
  /** Shares, 0 to 1. */
  readonly callerWrong: number;
  readonly agentWrong: number;
}

function tableOf(rows: readonly Row[]): BenchTable {
  const inOrder = dialogues.flatMap((dialogue) => rows.filter((row) => row.dialogue === dialogue));
  const waits = rows.flatMap(({ sound }) => sound.waitsMs);
  const ms = (value: number): string => `${value.toFixed(0)} ms`;
  return {
    title: 'Twenty spoken dialogues, listened to',
    columns: [
      ...[
        'dialogue',
        'voice',
        'line',
        'length',
        'as it should end',
        'longest wait',
        'longest rest',
      ],
      ...['level', 'clipped', 'caller heard wrong', 'agent heard wrong'],
    ],
    rows: inOrder.map(({ dialogue, isAsWanted, sound, callerWrong, agentWrong }) => [
      dialogue.name,
      dialogue.voice,
      dialogue.noiseDb === undefined ? dialogue.line : `${dialogue.line}, noise`,
      `${sound.seconds.toFixed(0)} s`,
      isAsWanted ? 'yes' : 'NO',
      ms(sound.longestWaitMs),
      ms(sound.longestRestMs),
      `${sound.agentDbfs.toFixed(1)} dBFS`,
      String(sound.clipped),
      `${(100 * callerWrong).toFixed(0)} %`,
      `${(100 * agentWrong).toFixed(0)} %`,
    ]),
    note:
      `Three calls at a time. A wait is from the caller's last sound to the agent's first: ` +
      `p50 ${ms(quantile(waits, 0.5))}, p95 ${ms(quantile(waits, 0.95))}, ` +
      `${waits.filter((wait) => wait > 1_500).length} of ${waits.length} over 1.5 s. A rest is silence ` +
      `inside what the agent says. The last column is what our own ears make of the agent's side. ` +
      `The recordings are in \`.switchboard/dialogues\`.`,
  };
}

const callerTexts = ({ call }: Held): string =>
  eventsOf(call.events, 'turn.caller')
    .map(({ text }) => text)
    .join(' ');

/** Words as ears give them; figures are left out, because they are written in digits. */
const spokenWords = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z' ]+/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();

function wrongWords(said: string, heard: string): number {
  const words = said.split(' ');
  return editDistance(words, heard.split(' ').filter(Boolean)) / words.length;
}

/** What is understood of the agent's side. */
async function transcribe(wav: Uint8Array, ears: Ears): Promise<string> {
  const { rateHz, channels } = readWav(wav);
  const createResampler = await loadResampler();
  const resampler = createResampler({ fromHz: rateHz, toHz: earsRateHz });
  const samples = resampler.push(channels[1] ?? new Int16Array());
  resampler[Symbol.dispose]();
  await using recognizer = await ears.recognizer();
  for (const context of Object.values(frontDesk)) await recognizer.adapt(context);
  using detector = ears.detector({ threshold: 0.5, silenceMs: 300 });
  const texts: string[] = [];
  let turn: ReturnType<typeof recognizer.begin> | null = null;
  const windowSamples = 512;
  for (let at = 0; at < samples.length; at += windowSamples) {
    const chunk = samples.slice(at, at + windowSamples);
    turn?.push(chunk);
    for (const boundary of detector.push(chunk)) {
      if (boundary.type === 'started') {
        turn = recognizer.begin();
        const from = Math.max(0, Math.round(((boundary.atMs - 200) * earsRateHz) / 1_000));
        turn.push(samples.slice(from, at + chunk.length));
      } else if (turn) {
        texts.push((await turn.finish()).text);
        turn = null;
      }
    }
  }
  if (turn) texts.push((await turn.finish()).text);
  return texts.join(' ').trim();
}
