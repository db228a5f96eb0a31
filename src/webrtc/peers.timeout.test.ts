import { expect, test } from 'vitest';
import { manualClock, silentLog } from '../lib/index.ts';
import { openPeers } from './index.ts';
import { openFarEnd } from './testing/far-end.ts';

test('a caller who never comes is given up, once', async () => {
  const clock = manualClock();
  await using peers = await openPeers({ bindAddress: '127.0.0.1', port: 0, log: silentLog, clock });
  using far = await openFarEnd();
  const closed: string[] = [];
  const peer = await peers.answer(far.offer, {
    opened: () => closed.push('opened'),
    audio() {},
    text() {},
    closed: (reason) => closed.push(reason),
  });
  clock.advance(19_999);
  expect(closed).toEqual([]);
  clock.advance(1);
  expect(closed).toEqual(['timeout']);
  peer.close();
  clock.advance(60_000);
  expect(closed).toEqual(['timeout']);
});
