import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import twilio from 'twilio';
import { testFolder } from '../test/support/line.ts';
import { quantile, type BenchTable } from './report.ts';
import { createCrowd, streamIn, type CrowdTarget } from './twilio/crowd.ts';
import { startFakeEngine } from './twilio/fake-engine.ts';
import type { MiddleFigures, MiddleTold } from './twilio/middle.child.ts';

const defaults = { calls: 40, crowd: 100, rounds: 5 };
const warmUpMs = 4_000;
/** Two rounds of the engine's conversation. */
const windowMs = 16_000;
/** More than this of a window spent late by the measuring process itself makes it void. */
const mostLateMs = 250;
const kinds = ['relay', 'sdk', 'ours'] as const;
const accountSid = `AC${'0'.repeat(32)}`;
const authToken = 'bench';
const publicUrl = 'https://line.example';

type Kind = (typeof kinds)[number];

/** One window of one kind. */
interface Window {
  readonly cpuPerMinute: number;
  readonly kbPerCall: number;
  readonly upMs: readonly number[];
  readonly downMs: readonly number[];
  readonly clearsMs: readonly number[];
  readonly lost: number;
  readonly isVoid: boolean;
}

/**
 * What a telephone call costs in the middle, beside the least that works and beside the SDK's transport.
 *
 * @param flags `calls=8`, `crowd=20`, `rounds=1` for a quick look
 */
export async function* benchTwilio(flags: readonly string[]): AsyncGenerator<BenchTable> {
  const { calls, crowd, rounds } = sizes(flags);
  const engine = await startFakeEngine();
  const people = createCrowd(engine.interruptedAtMs);
  await using folder = await testFolder();
  const engineUrl = `ws://127.0.0.1:${engine.port}/v1/realtime`;
  const middles = new Map<Kind, Middle>();
  const stopped = new AbortController();
  // One clockwork for both far ends; a timer of one millisecond is as fine as it gets.
  const clockwork = (async () => {
    while (!stopped.signal.aborted) {
      const nowMs = performance.now();
      engine.run(nowMs);
      people.run(nowMs);
      await sleep(1);
    }
  })();

  async function measure(middle: Middle, size: number): Promise<Window> {
    const before = await middle.figures();
    for (let n = 0; n < size; n++) {
      await people.join(middle.target);
      await sleep(20);
    }
    await sleep(warmUpMs);
    people.reset();
    engine.reset();
    const from = await middle.figures();
    const fromMs = performance.now();
    await sleep(windowMs);
    const tookMs = performance.now() - fromMs;
    const { counts: far } = engine;
    const { counts: near } = people;
    const [upMs, downMs] = [[...far.latenciesMs], [...near.latenciesMs]];
    const isVoid = near.lateMs > mostLateMs;
    const clearsMs = [...near.clearsMs];
    const to = await middle.figures();
    await sleep(500); // what is under way arrives; what never does leaves a gap in the numbers
    const window = {
      cpuPerMinute: (to.cpuMs - from.cpuMs) / (size * (tookMs / 60_000)),
      kbPerCall: (to.residentBytes - before.residentBytes) / size / 1_024,
      ...{ upMs, downMs, clearsMs, isVoid },
      lost: far.lost + near.lost,
    };
    await people.leave();
    await sleep(1_500);
    return window;
  }

  try {
    for (const kind of kinds) {
      middles.set(kind, await openMiddle(kind, engineUrl, folder.dataDir));
    }
    const windows = new Map<Kind, Window[]>(kinds.map((kind) => [kind, []]));
    for (let round = 0; round < rounds; round++) {
      // Who comes first changes, so that nobody always finds the machine as another left it.
      const order = kinds.map((_, at) => kinds[(at + round) % kinds.length] ?? 'relay');
      for (const kind of order) {
        const middle = middles.get(kind);
        if (middle) windows.get(kind)?.push(await measure(middle, calls));
      }
    }
    yield besideOthers(windows, calls);
    const ours = middles.get('ours');
    if (ours) yield manyAtOnce(await measure(ours, crowd), crowd);
  } finally {
    stopped.abort();
    await clockwork;
    for (const middle of middles.values()) await middle.close();
    await engine[Symbol.asyncDispose]();
  }
}

function besideOthers(windows: ReadonlyMap<Kind, readonly Window[]>, calls: number): BenchTable {
  const named: Readonly<Record<Kind, string>> = {
    relay: 'a bare relay',
    sdk: '`TwilioRealtimeTransportLayer`',
    ours: 'Switchboard, whole',
  };
  const valid = (kind: Kind) => (windows.get(kind) ?? []).filter(({ isVoid }) => !isVoid);
  const median = (values: readonly number[]): number => quantile(values, 0.5);
  const cost = (kind: Kind): number => median(valid(kind).map(({ cpuPerMinute }) => cpuPerMinute));
  const ms = (value: number): string => `${value.toFixed(1)} ms`;
  return {
    title: 'A telephone call in the middle',
    columns: [
      '',
      'CPU a call-minute',
      'beside the relay',
      'memory a call',
      'up p50 / p99',
      'down p50 / p99',
      '`speech_started` to `clear` p50 / p99',
      'lost',
      'windows',
    ],
    rows: kinds.map((kind) => {
      const own = valid(kind);
      const all = (pick: (window: Window) => readonly number[]): readonly number[] =>
        own.flatMap(pick);
      const span = (values: readonly number[]): string =>
        `${ms(quantile(values, 0.5))} / ${ms(quantile(values, 0.99))}`;
      return [
        named[kind],
        `${cost(kind).toFixed(0)} ms`,
        `${(cost(kind) / cost('relay')).toFixed(2)}${kind === 'ours' ? ' (target ≤ 1.3)' : ''}`,
        `${median(own.map(({ kbPerCall }) => kbPerCall)).toFixed(0)} KB`,
        span(all(({ upMs }) => upMs)),
        span(all(({ downMs }) => downMs)),
        `${span(all(({ clearsMs }) => clearsMs))}${kind === 'ours' ? ' (target p99 ≤ 5)' : ''}`,
        String(own.reduce((sum, { lost }) => sum + lost, 0)),
        `${own.length} of ${windows.get(kind)?.length ?? 0}`,
      ];
    }),
    note: `${calls} calls at once, frames of 20 ms each way of the caller, answers of the engine in deltas of 100 ms, an interruption every 8 s; windows of ${windowMs / 1_000} s each, in turns; medians over windows. CPU is of the whole process in the middle: for Switchboard the server with webhooks, signatures, floor, handoff control and the trail, which is stored durably (the database has a process of its own); the relay parses each frame and writes it in the other's words, and does nothing else. Up and down count from when a frame was due to when it was at the other end. A window in which the measuring process itself was late for more than ${mostLateMs} ms is void.`,
  };
}

function manyAtOnce(window: Window, crowd: number): BenchTable {
  const ms = (values: readonly number[], q: number): string =>
    `${quantile(values, q).toFixed(1)} ms`;
  return {
    title: `${crowd} telephone calls at once`,
    columns: ['CPU', 'up p50 / p99', 'down p50 / p99', '`clear` p50 / p99', 'frames lost'],
    rows: [
      [
        `${((window.cpuPerMinute * crowd) / 60_000).toFixed(2)} cores`,
        `${ms(window.upMs, 0.5)} / ${ms(window.upMs, 0.99)}`,
        `${ms(window.downMs, 0.5)} / ${ms(window.downMs, 0.99)}`,
        `${ms(window.clearsMs, 0.5)} / ${ms(window.clearsMs, 0.99)}`,
        `${window.lost} of ${window.upMs.length + window.downMs.length} (target 0)`,
      ],
    ],
    note: `One window of ${windowMs / 1_000} s${window.isVoid ? '; the measuring process was late itself' : ''}.`,
  };
}

function sizes(flags: readonly string[]): typeof defaults {
  const given = Object.fromEntries(flags.map((flag) => flag.split('=', 2))) as Record<
    string,
    string
  >; // two texts each
  const size = (name: keyof typeof defaults): number => Number(given[name] ?? defaults[name]);
  return { calls: size('calls'), crowd: size('crowd'), rounds: size('rounds') };
}

interface Middle {
  readonly target: CrowdTarget;
  figures(): Promise<MiddleFigures>;
  close(): Promise<void>;
}

async function openMiddle(kind: Kind, engineUrl: string, folder: string): Promise<Middle> {
  const child = fork(join(import.meta.dirname, 'twilio/middle.child.ts'), [kind, engineUrl], {
    execArgv: ['--expose-gc'],
    env: {
      ...process.env,
      PORT: '0',
      OPENAI_BASE_URL: engineUrl.replace('ws:', 'http:').replace('/realtime', ''),
      ...{ OPENAI_API_KEY: 'bench', SWITCHBOARD_DATA_DIR: folder },
      ...{ SWITCHBOARD_MAX_CALLS: '200', LOG_LEVEL: 'error', PUBLIC_URL: publicUrl },
      ...{ TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken },
    },
  });
  const told = await message(child, 'listening');
  return {
    target: {
      accountSid,
      connect:
        kind === 'ours'
          ? announce(told.url)
          : async () => ({ url: told.url, headers: {}, token: '' }),
    },
    async figures() {
      child.send('figures');
      return message(child, 'figures');
    },
    async close() {
      child.kill();
      await once(child, 'exit');
    },
  };
}

/** Each call comes in by a signed webhook, as a carrier brings it. */
function announce(url: string): CrowdTarget['connect'] {
  return async (callSid) => {
    const path = '/incoming-call';
    const params = {
      CallSid: callSid,
      AccountSid: accountSid,
      From: '+15005550006',
      To: '+15005550001',
    };
    const sign = (address: string, of: Record<string, string>): string =>
      twilio.getExpectedTwilioSignature(authToken, address, of);
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'x-twilio-signature': sign(`${publicUrl}${path}`, params) },
      body: new URLSearchParams(params),
    });
    const { url: stream, token } = streamIn(await response.text());
    return {
      url: `${url.replace('http', 'ws')}${new URL(stream).pathname}`,
      headers: { 'x-twilio-signature': sign(stream, {}) },
      token,
    };
  };
}

async function message<Type extends MiddleTold['type']>(
  child: ChildProcess,
  type: Type,
): Promise<Extract<MiddleTold, { type: Type }>> {
  for (;;) {
    const [told] = (await once(child, 'message')) as [MiddleTold]; // its own words
    if (told.type === type) return told as Extract<MiddleTold, { type: Type }>; // just looked at
  }
}
