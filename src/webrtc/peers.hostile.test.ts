import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { silentLog, SwitchboardError, systemClock } from '../lib/index.ts';
import { openPeers, type PeerEvents, type Peers } from './index.ts';
import { chromiumOffer } from './testing/chromium-offer.ts';
import { openFarEnd } from './testing/far-end.ts';

setFlagsFromString('--expose_gc');
// The global of a fresh context has what the flag adds.
const collectGarbage = runInNewContext('gc') as () => void;

const nobody: PeerEvents = { opened() {}, audio() {}, text() {}, closed() {} };

let peers: Peers;
beforeAll(async () => {
  peers = await openPeers({
    bindAddress: '127.0.0.1',
    port: 0,
    log: silentLog,
    clock: systemClock,
  });
});
afterAll(() => peers[Symbol.asyncDispose]());

interface Held {
  readonly rssMb: number;
  readonly heapMb: number;
  readonly files: number;
  readonly threads: number;
}

async function held(): Promise<Held> {
  for (let round = 0; round < 5; round += 1) {
    collectGarbage();
    await wait(100); // the library frees on threads of its own
  }
  return {
    rssMb: process.memoryUsage.rss() / 1e6,
    heapMb: process.memoryUsage().heapUsed / 1e6,
    files: process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0,
    threads: process.platform === 'linux' ? readdirSync('/proc/self/task').length : 0,
  };
}

function expectNoMore(after: Held, before: Held): void {
  // A track or channel that is not closed keeps 10 kB of the heap for each peer and 80 kB in all. What
  // the process has of the system wanders more than the heap does.
  expect(after.heapMb - before.heapMb).toBeLessThan(1);
  expect(after.rssMb - before.rssMb).toBeLessThan(20);
  expect(after.files).toBeLessThanOrEqual(before.files + 2);
  expect(after.threads).toBeLessThanOrEqual(before.threads + 1);
}

/** A generator of the same numbers each time (mulberry32). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

function damaged(sdp: string, pick: (below: number) => number): string {
  const lines = sdp.split('\r\n');
  for (let times = pick(4) + 1; times > 0; times -= 1) {
    const at = pick(lines.length);
    const line = lines[at] ?? '';
    const changes = [
      () => lines.splice(at, 1),
      () => lines.splice(at, 0, lines[pick(lines.length)] ?? ''),
      () => lines.splice(at, 1, line.slice(0, pick(line.length + 1))),
      () => lines.splice(at, 1, line + 'A'.repeat(pick(3_000))),
      () =>
        lines.splice(
          at,
          1,
          line.replaceAll(/\d+/g, () => String(pick(2 ** 32))),
        ),
      () => lines.splice(at, 1, line.replace(/[ :]/, String.fromCharCode(pick(256)))),
    ];
    changes[pick(changes.length)]?.();
  }
  return lines.join('\r\n');
}

test('offers damaged at random are answered or refused, and nothing stays behind', async () => {
  const pick = numbers(5);
  const outcomes = { answered: 0, refused: 0 };
  const round = async (): Promise<void> => {
    for (let count = 0; count < 150; count += 1) {
      try {
        const peer = await peers.answer(damaged(chromiumOffer(), pick), nobody);
        expect(peer.answer).toMatch(/^v=0[\s\S]*a=candidate/);
        outcomes.answered += 1;
        peer.close();
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(SwitchboardError);
        expect(thrown).toMatchObject({ code: 'offer_invalid' });
        outcomes.refused += 1;
      }
    }
  };
  await round();
  const before = await held();
  await round();
  await round();
  expectNoMore(await held(), before);
  expect(outcomes.answered).toBeGreaterThan(50);
  expect(outcomes.refused).toBeGreaterThan(50);
});

test('two hundred calls leave nothing behind, whoever hangs up', async () => {
  const frame = new Int16Array(480).fill(1_000);
  async function call(whoCloses: 'line' | 'caller'): Promise<void> {
    using far = await openFarEnd();
    let isOpen = false;
    const closed: string[] = [];
    const peer = await peers.answer(far.offer, {
      ...nobody,
      opened: () => {
        isOpen = true;
      },
      closed: (reason) => closed.push(reason),
    });
    far.accept(peer.answer);
    await vi.waitFor(() => expect(isOpen && far.isOpen).toBe(true), {
      timeout: 10_000,
      interval: 5,
    });
    peer.sendAudio(frame);
    far.sendAudio(frame);
    peer.sendText('x'.repeat(1_000));
    await vi.waitFor(() => expect(far.texts).toHaveLength(1), { timeout: 10_000, interval: 5 });
    if (whoCloses === 'line') peer.close();
    else far[Symbol.dispose]();
    // A goodbye that gets lost is made up for by a time-out that is too long to wait for here.
    await vi
      .waitFor(() => expect(closed).toHaveLength(1), { timeout: 1_000, interval: 5 })
      .catch(peer.close);
    expect(closed).toHaveLength(1);
  }
  // One after the other: side by side, what shows is how the allocator spreads over threads.
  async function calls(count: number): Promise<void> {
    for (let done = 0; done < count; done += 1) await call(done % 2 === 0 ? 'line' : 'caller');
  }
  await calls(30);
  const before = await held();
  await calls(200);
  expectNoMore(await held(), before);
}, 90_000);

test('a worker thread is refused instead of ending the process', async () => {
  const module = JSON.stringify(new URL('./library.ts', import.meta.url).href);
  const worker = new Worker(
    `import(${module}).then((m) => m.loadWebRtcLibrary()).then(
      () => require('node:worker_threads').parentPort.postMessage('loaded'),
      (thrown) => require('node:worker_threads').parentPort.postMessage(thrown.message));`,
    { eval: true },
  );
  const answer = await new Promise((resolve) => worker.once('message', resolve));
  expect(answer).toBe('WebRTC runs on the main thread of a process only');
  await worker.terminate();
});

test('importing the room loads nothing native', () => {
  const index = JSON.stringify(new URL('./index.ts', import.meta.url).href);
  const look = `await import(${index});
    const { sharedObjects } = process.report.getReport();
    process.stdout.write(JSON.stringify(sharedObjects.filter((name) => name.endsWith('.node'))));`;
  const found = execFileSync(process.execPath, ['--input-type=module', '-e', look]);
  expect(JSON.parse(found.toString('utf8'))).toEqual([]);
});
