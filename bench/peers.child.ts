import { setTimeout as wait } from 'node:timers/promises';
import { silentLog, systemClock } from '../src/lib/index.ts';
import { openPeers, peerFrameSamples, type Peer } from '../src/webrtc/index.ts';

/*
 * The line's end of WebRTC in a process of its own, so that nothing else is in its memory. Speaks to
 * every peer for as long as it is open.
 */

/** To the process. */
export type PeersAsked =
  | { readonly type: 'offer'; readonly id: number; readonly sdp: string }
  | { readonly type: 'close'; readonly id: number }
  | { readonly type: 'figures' };

/** From the process. */
export type PeersTold =
  | { readonly type: 'answer'; readonly id: number; readonly sdp: string }
  | { readonly type: 'opened' | 'closed'; readonly id: number }
  | {
      readonly type: 'figures';
      readonly heapBytes: number;
      readonly externalBytes: number;
      readonly residentBytes: number;
    };

const tell = (told: PeersTold): void => void process.send?.(told);
const peers = await openPeers({
  bindAddress: '127.0.0.1',
  port: 0,
  log: silentLog,
  clock: systemClock,
});
const open = new Map<number, Peer>();
const frame = Int16Array.from({ length: peerFrameSamples }, (_, at) => 6_000 * Math.sin(at / 7));
setInterval(() => {
  for (const peer of open.values()) peer.sendAudio(frame);
}, 20);

async function answer(id: number, sdp: string): Promise<void> {
  const peer = await peers.answer(sdp, {
    opened() {
      open.set(id, peer);
      tell({ type: 'opened', id });
    },
    audio() {},
    text() {},
    closed() {
      open.delete(id);
      tell({ type: 'closed', id });
    },
  });
  tell({ type: 'answer', id, sdp: peer.answer });
}

async function figures(): Promise<void> {
  for (let round = 0; round < 5; round += 1) {
    globalThis.gc?.();
    await wait(200); // the library frees on threads of its own
  }
  const { heapUsed, external, rss } = process.memoryUsage();
  tell({ type: 'figures', heapBytes: heapUsed, externalBytes: external, residentBytes: rss });
}

process.on('disconnect', () => process.exit(0));
process.on('message', (asked: PeersAsked) => {
  if (asked.type === 'offer') void answer(asked.id, asked.sdp);
  else if (asked.type === 'close') open.get(asked.id)?.close();
  else void figures();
});
