import { readdirSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { silentLog, systemClock } from '../../lib/index.ts';
import { openPeers } from '../index.ts';
import { openFarEnd } from './far-end.ts';

// Makes many calls, one after the other, in a process that does nothing else, and prints what it held
// before and after. Run with --expose-gc.

const peers = await openPeers({
  bindAddress: '127.0.0.1',
  port: 0,
  log: silentLog,
  clock: systemClock,
});
const frame = new Int16Array(480).fill(1_000);

async function until(isTrue: () => boolean, withinMs: number): Promise<boolean> {
  const endMs = performance.now() + withinMs;
  while (!isTrue() && performance.now() < endMs) await wait(2);
  return isTrue();
}

async function call(whoCloses: 'line' | 'caller'): Promise<void> {
  using far = await openFarEnd();
  let isOpen = false;
  let closed = 0;
  const peer = await peers.answer(far.offer, {
    opened: () => {
      isOpen = true;
    },
    audio() {},
    text() {},
    closed: () => {
      closed += 1;
    },
  });
  far.accept(peer.answer);
  if (!(await until(() => isOpen && far.isOpen, 10_000))) throw new Error('a call did not open');
  peer.sendAudio(frame);
  far.sendAudio(frame);
  peer.sendText('x'.repeat(1_000));
  if (!(await until(() => far.texts.length === 1, 10_000))) throw new Error('no text came');
  if (whoCloses === 'line') peer.close();
  else far[Symbol.dispose]();
  // A goodbye that gets lost is made up for by a time-out that is too long to wait for here.
  if (!(await until(() => closed > 0, 500))) peer.close();
  if (closed !== 1) throw new Error(`the end of a call was told ${closed} times`);
}

async function calls(count: number): Promise<void> {
  for (let done = 0; done < count; done += 1) await call(done % 2 === 0 ? 'line' : 'caller');
}

async function held() {
  for (let round = 0; round < 5; round += 1) {
    globalThis.gc?.();
    await wait(100); // the library frees on threads of its own
  }
  const { rss, heapUsed } = process.memoryUsage();
  const count = (folder: string): number =>
    process.platform === 'linux' ? readdirSync(folder).length : 0;
  return {
    rssMb: rss / 1e6,
    heapMb: heapUsed / 1e6,
    files: count('/proc/self/fd'),
    threads: count('/proc/self/task'),
  };
}

await calls(30);
const before = await held();
await calls(200);
const after = await held();
process.stdout.write(JSON.stringify({ before, after }));
await peers[Symbol.asyncDispose]();
