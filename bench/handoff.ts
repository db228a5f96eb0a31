import { fork } from 'node:child_process';
import { on, once } from 'node:events';
import { join } from 'node:path';
import { placeCall } from '../src/cli/caller/index.ts';
import { callerSays, eventsOf, transcriptOf } from '../test/support/callers.ts';
import { startLine, testFolder } from '../test/support/line.ts';
import { openNative, openOurs, type HandoffClient } from './handoff-clients.ts';
import type { EngineTold, HandoffOrder } from './handoff-engine.child.ts';
import { latencyRow, quantile, type BenchTable } from './report.ts';

const warmUpCalls = 5;
const calls = 60;
const handoffsPerCall = 20;
const spokenRounds = 3;
const targetRatio = 1.1;

/** What one client's handoffs took at the engine, from its finished function call. */
interface Times {
  readonly updateMs: number[];
  readonly createMs: number[];
}

/** What a handoff costs, beside the SDK's own one, and the silence that a caller hears of it. */
export async function* benchHandoff(): AsyncGenerator<BenchTable> {
  yield await overhead();
  yield await silence();
}

async function overhead(): Promise<BenchTable> {
  const ours: Times = { updateMs: [], createMs: [] };
  const native: Times = { updateMs: [], createMs: [] };
  await using engine = await startEngine();
  for (let round = 0; round < warmUpCalls + calls; round++) {
    const isWarm = round >= warmUpCalls;
    const sides = [
      { client: await engine.open(openOurs), times: ours },
      { client: await engine.open(openNative), times: native },
    ];
    for (let hop = 0; hop < handoffsPerCall; hop++) {
      // One after the other, and the other one first every second time.
      for (const { client, times } of hop % 2 === 0 ? sides : sides.toReversed()) {
        const { updateMs, createMs } = await client.hand(hop % 2 === 0 ? 'repairs' : 'sales');
        if (!isWarm) continue;
        times.updateMs.push(updateMs);
        times.createMs.push(createMs);
      }
    }
    for (const { client } of sides) await client.close();
  }
  const row = (name: string, times: readonly number[], q: number, other: readonly number[]) => {
    const [our, their] = [quantile(times, q), quantile(other, q)];
    const target = ` (target ≤ ${targetRatio})`;
    return [
      name,
      `${our.toFixed(2)} ms`,
      `${their.toFixed(2)} ms`,
      `${(our / their).toFixed(2)}${target}`,
    ];
  };
  return {
    title: 'A handoff beside the SDK’s own',
    columns: ['from the engine’s finished `function_call`', 'ours', 'SDK', 'ratio'],
    rows: [
      row('to `session.update`, p50', ours.updateMs, 0.5, native.updateMs),
      row('to `session.update`, p99', ours.updateMs, 0.99, native.updateMs),
      row('to `response.create`, p50', ours.createMs, 0.5, native.createMs),
      row('to `response.create`, p99', ours.createMs, 0.99, native.createMs),
    ],
    note: `By the clock of the engine, which is a process of its own; both clients share one process and take turns. ${ours.createMs.length} handoffs each in ${calls} calls, after ${warmUpCalls} calls to warm up. The SDK's own is \`RealtimeAgent.handoffs\` over \`OpenAIRealtimeWebSocket\` as shipped, with the same prompts, tools and packet; ours gates, checks, writes the trail and keeps the floor as well.`,
  };
}

/** A session of one client at the bench's engine. */
interface BenchSession {
  hand(to: string): Promise<{ readonly updateMs: number; readonly createMs: number }>;
  close(): Promise<void>;
}

interface BenchEngine extends AsyncDisposable {
  open(connect: (url: string) => Promise<HandoffClient>): Promise<BenchSession>;
}

async function startEngine(): Promise<BenchEngine> {
  const child = fork(join(import.meta.dirname, 'handoff-engine.child.ts'), {
    serialization: 'advanced',
  });
  const told = on(child, 'message') as AsyncIterableIterator<[EngineTold]>; // what the child sends
  const next = async <T extends EngineTold['type']>(type: T) => {
    const { value } = (await told.next()) as IteratorResult<[EngineTold], never>; // it never returns
    const [message] = value;
    if (message.type !== type) throw new Error(`the engine told ${message.type}, not ${type}`);
    return message as Extract<EngineTold, { type: T }>; // as just looked at
  };
  const { port } = await next('listening');
  return {
    async open(connect) {
      const client = await connect(`ws://127.0.0.1:${port}/v1/realtime`);
      const { session } = await next('open');
      return {
        async hand(to) {
          child.send({ session, tool: `transfer_to_${to}` } satisfies HandoffOrder);
          const { updateMs, createMs } = await next('handed');
          // What follows a handoff is not to be measured with the next one.
          await new Promise((resolve) => setTimeout(resolve, 2));
          return { updateMs, createMs };
        },
        close: () => client.close(),
      };
    },
    async [Symbol.asyncDispose]() {
      child.disconnect();
      await once(child, 'exit');
    },
  };
}

/** Spoken calls on the front desk at the embedded engine, as a caller hears them. */
async function silence(): Promise<BenchTable> {
  await using folder = await testFolder();
  await using line = await startLine(folder);
  const silencesMs: number[] = [];
  const firstAudioMs: number[] = [];
  let overBudget = 0;
  for (let round = 0; round < spokenRounds; round++) {
    for (const voice of ['awb', 'kal16']) {
      const call = await placeCall({
        url: line.url,
        turns: await callerSays(
          `${voice}-invoice-question`,
          `${voice}-book-appointment`,
          `${voice}-invoice-question`,
          `${voice}-book-appointment`,
        ),
      });
      const opened = eventsOf(call.events, 'handoff.opened');
      if (opened.length === 0) throw new Error(`a call without a handoff:\n${transcriptOf(call)}`);
      silencesMs.push(...opened.map((event) => event.silenceMs));
      firstAudioMs.push(...opened.map((event) => event.firstAudioMs));
      overBudget += opened.filter((event) => event.overBudget).length;
    }
  }
  return {
    title: 'What a caller hears of a handoff',
    columns: ['', 'p50', 'p95', 'samples'],
    rows: [
      latencyRow('silence (`silenceMs`)', silencesMs, { p95Ms: 200 }),
      latencyRow('`function_call` done to the first audio (`firstAudioMs`)', firstAudioMs, {}),
    ],
    note: `From \`handoff.opened\` on the trails of ${spokenRounds * 2} spoken calls over the front desk in two voices, at the embedded engine, one at a time; ${overBudget} over the desk's budget.`,
  };
}
