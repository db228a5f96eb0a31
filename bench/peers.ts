import { fork, type ChildProcess } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { tone } from '../src/testing/tone.ts';
import { openFarEnd, type FarEnd } from '../src/webrtc/testing/far-end.ts';
import type { PeersAsked, PeersTold } from './peers.child.ts';
import type { BenchTable } from './report.ts';

const atOnce = 10;
const blocks = 6;
const cyclesOfBlock = 8;
const speech = tone({ hz: 440, ms: 2_000, rateHz: 24_000, peak: 8_000 });

/** What the process that ends WebRTC holds, while peers come and go. */
export async function benchPeers(): Promise<readonly BenchTable[]> {
  const child = fork(fileURLToPath(new URL('./peers.child.ts', import.meta.url)), {
    execArgv: ['--expose-gc'],
  });
  try {
    const line = follow(child);
    const rows = [row(0, await line.figures())];
    for (let block = 1; block <= blocks; block += 1) {
      for (let cycle = 0; cycle < cyclesOfBlock; cycle += 1) await comeAndGo(line);
      rows.push(row(block * cyclesOfBlock * atOnce, await line.figures()));
    }
    return [
      {
        title: 'WebRTC peers that come and go',
        columns: ['peers so far', 'heap', 'external', 'resident'],
        rows,
        note: `${atOnce} peers at a time open, speak and are spoken to for 2 s, and are closed, half of them by each side; measured with none open, after collecting garbage. Their far ends are in another process.`,
      },
    ];
  } finally {
    child.kill();
  }
}

const mb = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
const row = (peers: number, held: PeersTold & { type: 'figures' }): readonly string[] => [
  String(peers),
  mb(held.heapBytes),
  mb(held.externalBytes),
  mb(held.residentBytes),
];

/** The line's end: what was told of each peer, by id. */
function follow(child: ChildProcess) {
  const answers = new Map<number, string>();
  const opened = new Set<number>();
  const closed = new Set<number>();
  let held: (PeersTold & { type: 'figures' }) | undefined;
  child.on('message', (told: PeersTold) => {
    if (told.type === 'answer') answers.set(told.id, told.sdp);
    else if (told.type === 'figures') held = told;
    else (told.type === 'opened' ? opened : closed).add(told.id);
  });
  const ask = (asked: PeersAsked): void => void child.send(asked);
  return {
    ...{ answers, opened, closed, ask },
    async figures() {
      held = undefined;
      ask({ type: 'figures' });
      return until(() => held);
    },
  };
}

async function until<T>(look: () => T | undefined | false, withinMs = 20_000): Promise<T> {
  const endMs = performance.now() + withinMs;
  for (;;) {
    const seen = look();
    if (seen !== undefined && seen !== false) return seen;
    if (performance.now() > endMs) throw new Error('a peer did not do what it should in time');
    await wait(5);
  }
}

let lastId = 0;

async function comeAndGo(line: ReturnType<typeof follow>): Promise<void> {
  const callers = await Promise.all(
    Array.from({ length: atOnce }, async () => ({ id: ++lastId, far: await openFarEnd() })),
  );
  const open = async ({ id, far }: { readonly id: number; readonly far: FarEnd }) => {
    line.ask({ type: 'offer', id, sdp: far.offer });
    far.accept(await until(() => line.answers.get(id)));
    await until(() => line.opened.has(id) && far.isOpen);
  };
  await Promise.all(callers.map(open));
  await Promise.all(callers.map(async ({ far }) => far.play(speech)));
  for (const [at, { id, far }] of callers.entries()) {
    if (far.heard.length < 50) throw new Error('a peer was not spoken to');
    if (at % 2 === 0) line.ask({ type: 'close', id });
    else far[Symbol.dispose]();
  }
  for (const { id, far } of callers) {
    // A goodbye that gets lost is made up for by a time-out that is too long to wait for here.
    await until(() => line.closed.has(id), 1_000).catch(() => line.ask({ type: 'close', id }));
    await until(() => line.closed.has(id));
    far[Symbol.dispose]();
  }
}
