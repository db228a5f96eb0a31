import { SwitchboardError } from '../lib/index.ts';
import { checkAddresses, withAnnounced } from './announce.ts';
import { loadWebRtcLibrary } from './library.ts';
import { readOffer } from './offer.ts';
import { loadOpus } from './opus.ts';
import { openPeer, type KeptPeer } from './peer.ts';
import { peerDefaults, type Peers, type PeersOptions } from './port.ts';
import { holdUdpPort } from './udp-port.ts';

const tickMs = 20;

/**
 * Opens the one UDP port of all WebRTC peers of this process, loading the native library for it.
 *
 * @throws SwitchboardError `port_in_use` when the port cannot be had, `config_invalid` when an
 *   address to announce is not one; Error on any but the main thread.
 */
export async function openPeers(options: PeersOptions): Promise<Peers> {
  const { clock, log, bindAddress, announce = [] } = options;
  const limits = { ...peerDefaults, ...options.limits };
  checkAddresses(announce);
  const library = await loadWebRtcLibrary();
  const opus = await loadOpus();
  const udp = await holdUdpPort(library, {
    port: options.port,
    ...(bindAddress !== undefined && { bindAddress }),
  });
  library.preload();
  log.info('WebRTC is ready', { port: udp.port });

  const parts = {
    library,
    opus,
    port: udp.port,
    openWithinMs: limits.openWithinMs,
    clock,
    log,
    ...(bindAddress !== undefined && { bindAddress }),
  };
  const peers = new Set<KeptPeer>();
  let answering = 0;
  let isClosed = false;
  let cancelTick: (() => void) | undefined;
  let tickAtMs = 0;

  /** One clock for all: it runs while there are peers, and does not drift. */
  function tick(): void {
    const nowMs = clock.monotonicMs();
    for (const peer of [...peers]) peer.tick(nowMs);
    tickAtMs = Math.max(tickAtMs + tickMs, nowMs);
    cancelTick = peers.size > 0 ? clock.setTimer(tickAtMs - nowMs, tick) : undefined;
  }

  function keep(kept: KeptPeer): void {
    peers.add(kept);
    if (cancelTick) return;
    tickAtMs = clock.monotonicMs() + tickMs;
    cancelTick = clock.setTimer(tickMs, tick);
  }

  return {
    port: udp.port,
    async answer(offerSdp, events) {
      const offer = readOffer(offerSdp);
      if (isClosed) throw new SwitchboardError('not_ready', 'WebRTC has been shut down.');
      if (peers.size + answering >= limits.peers) {
        throw new SwitchboardError('busy', 'There are too many WebRTC connections.');
      }
      answering += 1;
      try {
        const kept = await openPeer(offer, parts, {
          events,
          gone: (peer) => peers.delete(peer),
          finishAnswer: (sdp) => withAnnounced(sdp, { addresses: announce, port: udp.port }),
        });
        keep(kept);
        // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- closed meanwhile
        if (isClosed) kept.cut();
        return kept.peer;
      } finally {
        answering -= 1;
      }
    },
    async [Symbol.asyncDispose]() {
      if (isClosed) return;
      isClosed = true;
      for (const kept of [...peers]) kept.cut();
      cancelTick?.();
      udp[Symbol.dispose]();
    },
  };
}
