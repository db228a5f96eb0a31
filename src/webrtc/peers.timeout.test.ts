import { expect, test } from 'vitest';
import { manualClock, silentLog } from '../lib/index.ts';
import { openPeers, type PeerLimits } from './index.ts';
import { openFarEnd } from './testing/far-end.ts';

async function setUp(limits: Partial<PeerLimits> = {}) {
  const clock = manualClock();
  const options = { bindAddress: '127.0.0.1', port: 0, log: silentLog, clock, limits };
  const peers = await openPeers(options);
  const far = await openFarEnd();
  const told: string[] = [];
  const peer = await peers.answer(far.offer, {
    opened: () => told.push('opened'),
    audio() {},
    text() {},
    closed: (reason) => told.push(reason),
  });
  return {
    ...{ clock, peers, far, peer, told },
    async [Symbol.asyncDispose]() {
      far[Symbol.dispose]();
      await peers[Symbol.asyncDispose]();
    },
  };
}

test.each([20_000, 1_500])('a caller who does not come within %i ms is given up', async (ms) => {
  await using line = await setUp(ms === 20_000 ? {} : { openWithinMs: ms });
  const { clock, peer, told } = line;
  clock.advance(ms - 1);
  expect(told).toEqual([]);
  clock.advance(1);
  expect(told).toEqual(['timeout']);
  peer.close();
  clock.advance(60_000);
  expect(told).toEqual(['timeout']);
});

test('one peer too many is refused, until another is gone', async () => {
  await using line = await setUp({ peers: 1 });
  using second = await openFarEnd();
  const events = { opened() {}, audio() {}, text() {}, closed() {} };
  await expect(line.peers.answer(second.offer, events)).rejects.toMatchObject({ code: 'busy' });
  line.peer.close();
  await line.peers.answer(second.offer, events);
});

test('when the line hangs up, its last words arrive, then the channel ends, then the connection', async () => {
  await using line = await setUp();
  const { clock, peer, far, told } = line;
  far.accept(peer.answer);
  await expect.poll(() => [told, far.isOpen]).toEqual([['opened'], true]);
  peer.sendText('goodbye');
  peer.close();
  expect(told).toEqual(['opened', 'closed']);
  const gentle = ['connecting', 'connected', 'channel closed while connected'];
  await expect.poll(() => far.told).toEqual(gentle);
  expect(far.texts).toEqual(['goodbye']);
  clock.advance(1_000);
  await expect.poll(() => far.told.slice(0, 4)).toEqual([...gentle, 'disconnected']);
});
