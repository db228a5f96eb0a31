import { join } from 'node:path';
import { connect } from '../src/cli/caller/connection.ts';
import { placeCall } from '../src/cli/caller/index.ts';
import { openMicrophone } from '../src/cli/caller/microphone.ts';
import { startEngineProcess } from '../src/engine/index.ts';
import { silentLog, systemClock } from '../src/lib/index.ts';
import { callerSays, identityOf, spoken, transcriptOf } from '../test/support/callers.ts';
import { startLine, testFolder } from '../test/support/line.ts';
import { latencyRow, type BenchTable } from './report.ts';
import { openTap, type Tap, type TappedEvent } from './tap.ts';

const rounds = 2;
const interruptions = 10;

/**
 * What a caller waits for, measured through the whole line: caller, server process, a tap that
 * notes the times of the engine's events, and the embedded engine.
 */
export async function benchLine(): Promise<readonly BenchTable[]> {
  const cacheDir = join(import.meta.dirname, '../.switchboard/cache');
  await using engine = startEngineProcess({ cacheDir, log: silentLog });
  const address = await engine.ready();
  await using tap = await openTap(address.url);
  await using folder = await testFolder();
  await using line = await startLine({
    ...folder,
    env: { OPENAI_API_KEY: address.apiKey, OPENAI_BASE_URL: tap.baseUrl },
  });

  const answersMs: number[] = [];
  const handoffsMs: number[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const voice of ['awb', 'kal16'] as const) {
      tap.events.length = 0;
      const arrivals: number[] = [];
      const call = await placeCall({
        url: line.url,
        onAudio: () => arrivals.push(performance.now()),
        turns: await callerSays(
          `${voice}-invoice-question`,
          ...identityOf(voice),
          `${voice}-book-appointment`,
          `${voice}-tomorrow-please`,
          `${voice}-second-one`,
          `${voice}-name-maria-lopez`,
          `${voice}-yes-please`,
          `${voice}-goodbye`,
        ),
      });
      if (!call.isClean) throw new Error(`a call of the bench failed:\n${transcriptOf(call)}`);
      answersMs.push(...answersAfterSpeech(tap, arrivals));
      handoffsMs.push(...firstAudioAfterTransfer(tap.events));
    }
  }

  const bargeInsMs: number[] = [];
  for (let round = 0; round < interruptions; round++) {
    bargeInsMs.push(await interrupt(line.url, round % 2 === 0 ? 'awb' : 'kal16'));
  }
  return [
    {
      title: 'What the caller waits for',
      columns: ['', 'p50', 'p95', 'samples'],
      rows: [
        latencyRow('end of speech to first audio at the caller', answersMs, {
          p50Ms: 150,
          p95Ms: 400,
        }),
        latencyRow('`function_call` done to the next agent’s first audio', handoffsMs, {
          p95Ms: 200,
        }),
        latencyRow('barge-in: first sample of speech to silence', bargeInsMs, { p95Ms: 250 }),
      ],
      note: `End of speech is the engine's \`speech_stopped\`, after the silence that ends a turn. ${
        rounds * 2
      } whole calls over the front desk in two voices, one at a time; ${interruptions} interruptions.`,
    },
  ];
}

/** For each `speech_stopped` with an answer: until the first frame of it reaches the caller. */
function answersAfterSpeech(tap: Tap, arrivals: readonly number[]): number[] {
  const stops = tap.events.filter(({ type }) => type === 'input_audio_buffer.speech_stopped');
  return stops.flatMap(({ atMs }, index) => {
    const nextMs = stops[index + 1]?.atMs ?? Number.POSITIVE_INFINITY;
    const first = arrivals.find((arrivedMs) => arrivedMs > atMs && arrivedMs < nextMs);
    return first === undefined ? [] : [first - atMs];
  });
}

function firstAudioAfterTransfer(events: readonly TappedEvent[]): number[] {
  return events.flatMap((event, index) => {
    const item = event.event['item'] as { type?: string; name?: string } | undefined; // as the protocol says
    const isTransfer =
      event.type === 'response.output_item.done' &&
      item?.type === 'function_call' &&
      item.name?.startsWith('transfer_to_');
    if (!isTransfer) return [];
    const rest = events.slice(index);
    const updated = rest.findIndex(({ type }) => type === 'session.updated');
    const audio = rest.find(
      ({ type }, at) => at > updated && type === 'response.output_audio.delta',
    );
    return updated < 0 || !audio ? [] : [audio.atMs - event.atMs];
  });
}

/** Speaks into the greeting; the time from the first sample of speech until told to be silent. */
async function interrupt(url: string, voice: string): Promise<number> {
  const turn = await spoken(`${voice}-wait-stop`);
  if (turn.type !== 'speak') throw new Error('a recording is speech');
  const leadMs = (turn.samples.findIndex((sample) => Math.abs(sample) > 600) / 24_000) * 1000;
  const speaking = Promise.withResolvers<undefined>();
  const cleared = Promise.withResolvers<number>();
  using connection = await connect(url, {
    audio: () => undefined,
    message(message) {
      if (message.type === 'status' && message.agent === 'speaking') speaking.resolve(undefined);
      if (message.type === 'clear') cleared.resolve(performance.now());
    },
  });
  connection.send({ type: 'start' });
  using microphone = openMicrophone({
    clock: systemClock,
    send: (frame) => connection.sendAudio(frame),
  });
  await speaking.promise;
  await new Promise((resolve) => setTimeout(resolve, 700));
  const beganMs = performance.now();
  void microphone.play(turn.samples);
  const silentMs = await cleared.promise;
  connection.send({ type: 'hang_up' });
  await connection.closed;
  return silentMs - beganMs - leadMs;
}
