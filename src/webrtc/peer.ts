import type { Audio, PeerConnection, Track } from 'node-datachannel';
import { messageOf, SwitchboardError, type Clock, type Log } from '../lib/index.ts';
import type { WebRtcLibrary } from './library.ts';
import { maxTextBytes, plainOffer, type Offer } from './offer.ts';
import type { Opus } from './opus.ts';
import { newStream, openPeerMedia, type OurStream, type PeerMedia } from './peer-media.ts';
import { openPeerText } from './peer-text.ts';
import type { LastFrom, Peer, PeerEvents } from './port.ts';

const gatherWithinMs = 2_000;
/**
 * From the data channel's end to the connection's, when we hang up: a far end that loses both at once
 * takes it for a fault (in browsers an `RTCError`). A channel ends when what was sent is acknowledged,
 * for which a browser takes 200 ms.
 */
const lingerMs = 1_000;
/** Text before `opened`: the channel may be ready a moment before the sound. */
const maxEarlyTexts = 32;

type ClosedReason = Parameters<PeerEvents['closed']>[0];

/** What peers of one process share. */
export interface PeerParts {
  readonly library: WebRtcLibrary;
  readonly opus: Opus;
  readonly port: number;
  readonly bindAddress?: string;
  readonly openWithinMs: number;
  readonly clock: Clock;
  readonly log: Log;
}

/** A peer as its keeper sees it. */
export interface KeptPeer {
  readonly peer: Peer;
  /** Every 20 ms. */
  tick(nowMs: number): void;
  /** Closes it without the time that a far end gets to take its leave. */
  cut(): void;
}

function ourSound(library: WebRtcLibrary, offer: Offer, stream: OurStream): Audio {
  const directions = { sendrecv: 'SendRecv', sendonly: 'RecvOnly', recvonly: 'SendOnly' } as const;
  const audio = new library.Audio(offer.audio.mid, directions[offer.audio.direction]);
  // Mono at 24 kHz is what we decode: anything more would be sent for nothing (RFC 7587).
  audio.addOpusCodec(
    offer.audio.payloadType,
    'minptime=10;useinbandfec=0;stereo=0;sprop-stereo=0;maxplaybackrate=24000',
  );
  // Without stream and track names a page gets no track, and the Agents SDK plays nothing.
  audio.addSSRC(stream.ssrc, stream.name, 'line', 'voice');
  return audio;
}

/** The answer, once it holds every candidate: nobody trickles here. */
function gathered(connection: PeerConnection, clock: Clock): Promise<string> {
  return new Promise((resolve, reject) => {
    const finish = (): void => {
      cancel();
      try {
        const sdp = connection.localDescription()?.sdp;
        if (sdp === undefined) reject(new Error('no answer was made'));
        else resolve(sdp);
      } catch (thrown) {
        reject(new Error('the connection was closed meanwhile', { cause: thrown }));
      }
    };
    const cancel = clock.setTimer(gatherWithinMs, finish);
    connection.onGatheringStateChange((state) => {
      if (state === 'complete') finish();
    });
    if (connection.gatheringState() === 'complete') finish();
  });
}

/**
 * Answers a checked offer and keeps the connection until it ends.
 *
 * @param options.gone nothing is held any more
 * @throws SwitchboardError `offer_invalid` when the library does not take the offer
 */
export async function openPeer(
  offer: Offer,
  parts: PeerParts,
  options: {
    readonly events: PeerEvents;
    readonly gone: (kept: KeptPeer) => void;
    readonly finishAnswer: (sdp: string) => string;
  },
): Promise<KeptPeer> {
  const { library, opus, clock, log, port, bindAddress } = parts;
  const { events } = options;
  let phase: 'answering' | 'connecting' | 'open' | 'leaving' | 'closed' = 'answering';
  let media: PeerMedia | undefined;
  let track: Track | undefined;
  let answer = '';
  let earlyTexts: string[] = [];
  let textMs = 0;
  let heardFrom: LastFrom = { anyMs: 0, soundMs: 0 }; // outlives the media: asked for at the end
  let cancelTimer: (() => void) | undefined; // of coming up, then of lingering

  const connection = new library.PeerConnection('peer', {
    iceServers: [],
    enableIceUdpMux: true,
    portRangeBegin: port,
    portRangeEnd: port,
    disableAutoNegotiation: true,
    maxMessageSize: maxTextBytes,
    ...(bindAddress !== undefined && { bindAddress }),
  });

  /** What a listener throws must not end the process that holds the other calls. */
  function tell(task: () => void): void {
    try {
      task();
    } catch (thrown) {
      log.error('a listener of a WebRTC peer threw', { thrown: messageOf(thrown) });
      end('failed');
    }
  }

  function end(reason: ClosedReason): void {
    if (isOver()) return;
    const wasAnswered = phase !== 'answering';
    const isGentle = reason === 'closed' && text.isOpen;
    phase = 'leaving';
    cancelTimer?.();
    media = undefined;
    earlyTexts = [];
    // All three, the connection too: each alone keeps the others' memory.
    text[Symbol.dispose]();
    track?.close();
    if (isGentle) cancelTimer = clock.setTimer(lingerMs, letGo);
    else letGo();
    log.debug('a WebRTC peer is closed', { reason });
    if (wasAnswered) tell(() => events.closed(reason));
  }

  function letGo(): void {
    if (phase === 'closed') return;
    phase = 'closed';
    cancelTimer?.();
    connection.close();
    options.gone(kept);
  }

  /** Asked anew after each wait: the compiler does not see that events change the phase. */
  const isOver = (): boolean => phase === 'leaving' || phase === 'closed';

  function openWhenReady(): void {
    if (phase !== 'connecting' || !track?.isOpen() || (offer.data && !text.isOpen)) return;
    phase = 'open';
    cancelTimer?.();
    media = openPeerMedia({
      track,
      opus,
      offer,
      stream,
      clock,
      deliver: (samples) => {
        if (phase === 'open') tell(() => events.audio(samples));
      },
      flooded: () => end('failed'),
    });
    heardFrom = media.lastFrom;
    tell(() => events.opened());
    const early = earlyTexts;
    earlyTexts = [];
    for (const message of early) takeText(message);
  }

  function takeText(message: string): void {
    textMs = clock.monotonicMs();
    if (phase === 'open') tell(() => events.text(message));
    else if (phase === 'connecting' && earlyTexts.push(message) > maxEarlyTexts) end('failed');
  }

  const text = openPeerText(
    connection,
    { opened: openWhenReady, text: takeText, over: end },
    { clock, log },
  );
  const stream = newStream();
  connection.onStateChange((state) => {
    if (state !== 'failed' && state !== 'disconnected' && state !== 'closed') return;
    // Unless it failed, the far end said goodbye, in DTLS or SCTP.
    end(state === 'failed' ? 'failed' : 'closed');
    letGo();
  });

  const kept: KeptPeer = {
    peer: {
      get answer() {
        return answer;
      },
      sendAudio(frame) {
        if (phase === 'open') media?.send(frame);
      },
      sendText(message) {
        if (phase === 'open') text.send(message);
      },
      get lastFrom() {
        return { anyMs: Math.max(heardFrom.anyMs, textMs), soundMs: heardFrom.soundMs };
      },
      get bufferedBytes() {
        return phase === 'open' ? text.bufferedBytes : 0;
      },
      close: () => end('closed'),
    },
    tick: (nowMs) => media?.tick(nowMs),
    cut() {
      end('closed');
      letGo();
    },
  };

  try {
    track = connection.addTrack(ourSound(library, offer, stream));
    track.onOpen(openWhenReady);
    track.onClosed(() => undefined); // the library frees a track only when its end can be told
    connection.setRemoteDescription(plainOffer(offer), 'offer');
    connection.setLocalDescription('answer');
    answer = options.finishAnswer(await gathered(connection, clock));
    if (isOver()) throw new Error('the connection failed at once');
    phase = 'connecting';
    cancelTimer = clock.setTimer(parts.openWithinMs, () => end('timeout'));
    return kept;
  } catch (cause) {
    end('failed');
    const message = 'The WebRTC offer cannot be used: the connection could not be set up.';
    throw new SwitchboardError('offer_invalid', message, { cause });
  }
}
