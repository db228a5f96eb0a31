import type { Clock, Log } from '../lib/index.ts';

/** Samples in one frame of {@link Peer.sendAudio}: 20 ms at 24 kHz. */
export const peerFrameSamples = 480;

/** Everything of WebRTC in this process: one UDP port for all peers. Closing it closes them. */
export interface Peers extends AsyncDisposable {
  /** The UDP port that every candidate names. */
  readonly port: number;
  /**
   * Takes an offer (a browser's, the Agents SDK's) and is ready for the far end to connect.
   *
   * Candidates in the offer are used when there are any, and are not needed: the far end comes to us.
   *
   * @throws SwitchboardError `offer_invalid` when the offer is not one of Opus and, at most, data
   *   channels beside it; nothing is left behind then. `busy` beyond the limit of peers, `not_ready`
   *   after the end.
   */
  answer(offerSdp: string, events: PeerEvents): Promise<Peer>;
}

/** What happens at one peer. Nothing is told before `answer` has resolved, nothing after `closed`. */
export interface PeerEvents {
  /**
   * Media ready and, if one was offered, the data channel open: from now on both ways work. Once,
   * unless `closed` came first.
   */
  opened(): void;
  /**
   * PCM, 24 kHz, mono, decoded, in order, without holes: lost packets are concealed and silence that
   * was not sent is put in (live, 100 ms late). Begins with the far end's first packet. Mostly 480
   * samples; the array is the listener's own.
   */
  audio(samples: Int16Array): void;
  /** A message of text from the data channel. */
  text(message: string): void;
  /**
   * The peer is gone; once. `closed`: by either side. `failed`: the way to it broke.
   * `timeout`: it never got as far as `opened`.
   */
  closed(reason: 'closed' | 'failed' | 'timeout'): void;
}

/** When something came from a far end last (monotonic milliseconds); 0 before anything did. */
export interface LastFrom {
  /** Sound, a report about it, or text. Browsers send a report every few seconds. */
  readonly anyMs: number;
  /** A packet of sound. */
  readonly soundMs: number;
}

/** One caller's connection. */
export interface Peer {
  /** The answer to its offer, with all candidates in it. */
  readonly answer: string;
  /**
   * Sends 480 samples (20 ms of 24 kHz mono) now; the owner paces. Silence goes out by itself while
   * nothing is sent. Before `opened` and after `closed` the frame is dropped.
   */
  sendAudio(frame: Int16Array): void;
  /** Sends a message of text over the data channel. Before `opened` and after `closed` it is dropped. */
  sendText(text: string): void;
  /** Bytes of text that wait because the far end is slow. */
  readonly bufferedBytes: number;
  /** Signs of life of the far end, which a connection outlives for half a minute. */
  readonly lastFrom: LastFrom;
  /**
   * Ends the call at once, and the connection within a second: what was sent arrives before. Idempotent;
   * `closed('closed')` is told, once.
   */
  close(): void;
}

/** Bounds of the peers of one port. */
export interface PeerLimits {
  /** Peers at once: a backstop, because how many calls a line takes is decided where they are admitted. @default 1000 */
  readonly peers: number;
  /** From the answer until both ways work. ICE and DTLS over a bad network take a few seconds. @default 20000 */
  readonly openWithinMs: number;
}

/** Defaults of {@link PeerLimits}. */
export const peerDefaults: PeerLimits = { peers: 1_000, openWithinMs: 20_000 };

/** What {@link openPeers} needs. */
export interface PeersOptions {
  /** The local address to bind to. @default all of them */
  readonly bindAddress?: string;
  /** UDP port; 0 takes any that is free. */
  readonly port: number;
  /**
   * IP addresses to put into the answers before the machine's own: the public one behind address
   * translation, one that a container cannot see. @default none
   */
  readonly announce?: readonly string[];
  readonly limits?: Partial<PeerLimits>;
  readonly log: Log;
  readonly clock: Clock;
}
