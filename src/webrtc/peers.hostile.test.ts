import { execFile, execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { silentLog, SwitchboardError, systemClock } from '../lib/index.ts';
import { openPeers, type PeerEvents, type Peers } from './index.ts';
import { chromiumOffer } from './testing/chromium-offer.ts';

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
  const after = await held();
  expectNoMore(after, before);
  expect(after.heapMb - before.heapMb).toBeLessThan(2);
  expect(outcomes.answered).toBeGreaterThan(50);
  expect(outcomes.refused).toBeGreaterThan(50);
});

test('two hundred calls leave nothing behind, whoever hangs up', async () => {
  const child = fileURLToPath(new URL('./testing/many-calls.child.ts', import.meta.url));
  // In a process of its own, because the test runner's memory wanders by more than a call takes.
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', child]);
  const { before, after } = JSON.parse(stdout) as { before: Held; after: Held }; // the child's own
  expectNoMore(after, before);
  // A track or channel that is not closed keeps 10 kB of the heap for each peer: 2 MB. What the process
  // has of the system comes to rest later, by how busy the machine is.
  expect(after.heapMb - before.heapMb).toBeLessThan(0.7);
  expect(after.rssMb - before.rssMb).toBeLessThan(35);
}, 120_000);

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
