import * as library from 'node-datachannel';
import { playoutRateHz } from '../../audio/index.ts';
import { loadOpus, silentPacket } from '../opus.ts';
import { isRtcp, readRtp, writeRtp } from '../rtp.ts';

const payloadType = 111;
const frameSamples = 480;

/** A caller's end of a WebRTC connection, in this process, on ports of its own. */
export interface FarEnd extends Disposable {
  readonly offer: string;
  accept(answerSdp: string): void;
  /** Sound that was heard, 24 kHz mono, as it came. */
  readonly heard: readonly Int16Array[];
  /** Datagrams of RTP and RTCP as they came. */
  readonly datagrams: readonly Buffer[];
  readonly texts: readonly string[];
  readonly isOpen: boolean;
  readonly isClosed: boolean;
  /** What it was told of its channel and its connection, in order. */
  readonly told: readonly string[];
  /** One frame of 20 ms as the next packet. A `lost` one is not sent, an `overtaken` one after the next. */
  sendAudio(frame: Int16Array, fate?: 'sent' | 'lost' | 'overtaken'): void;
  /** Sound in real time: 50 frames a second. Resolves when the last was sent. */
  play(samples: Int16Array): Promise<void>;
  /** Lets RTP's clock go on without packets, as a far end does that sends no silence. */
  pause(ms: number): void;
  /** Any bytes in place of RTP. */
  sendDatagram(datagram: Buffer): void;
  sendText(text: string): void;
  openChannel(label: string): void;
}

/** Opens a far end that wants to call. */
export async function openFarEnd(
  options: {
    /** Of the data channel; `null` for none. @default 'oai-events' */
    readonly label?: string | null;
    /**
     * In its offer. Never its own: when both ends are this library, an offerer that is reached before
     * it has read the answer fails now and then. @default 'none'
     */
    readonly candidates?: 'none' | 'unreachable';
    /** @default 'SendRecv' */
    readonly direction?: 'SendRecv' | 'SendOnly' | 'RecvOnly';
  } = {},
): Promise<FarEnd> {
  const { label = 'oai-events', candidates = 'none', direction = 'SendRecv' } = options;
  const opus = await loadOpus();
  const encoder = opus.openEncoder();
  const decoder = opus.openDecoder();
  const connection = new library.PeerConnection('far end', {
    iceServers: [],
    bindAddress: '127.0.0.1',
    disableAutoNegotiation: true,
  });
  const audio = new library.Audio('0', direction);
  audio.addOpusCodec(payloadType);
  const ssrc = 0x1234_5678;
  audio.addSSRC(ssrc, 'far', 'far', 'far');
  const track = connection.addTrack(audio);
  const channel = label === null ? undefined : connection.createDataChannel(label);
  const heard: Int16Array[] = [];
  const datagrams: Buffer[] = [];
  const texts: string[] = [];
  const told: string[] = [];
  let isClosed = false;
  let sequence = 65_500; // wraps soon
  let timestamp = 4_294_900_000; // likewise

  track.onClosed(() => undefined);
  track.onMessage((datagram) => {
    datagrams.push(datagram);
    if (isRtcp(datagram)) return;
    const packet = readRtp(datagram);
    const pcm = packet && decoder.decode(packet.payload);
    if (pcm) heard.push(pcm);
  });
  channel?.onMessage((message) => {
    if (typeof message === 'string') texts.push(message);
  });
  channel?.onError((error) => told.push(`channel error: ${error}`));
  channel?.onClosed(() => {
    told.push(`channel closed while ${connection.state()}`);
    isClosed = true;
  });
  connection.onStateChange((state) => {
    told.push(state);
    if (state === 'closed' || state === 'disconnected' || state === 'failed') isClosed = true;
  });
  const gathered = new Promise<void>((resolve) => {
    connection.onGatheringStateChange((state) => {
      if (state === 'complete') resolve();
    });
  });
  connection.setLocalDescription('offer');
  await gathered;
  const sdp = connection.localDescription()?.sdp ?? '';
  const bare = sdp.replaceAll(/^a=(candidate|end-of-cand).*\r\n/gm, '');
  const offer =
    candidates === 'none'
      ? bare
      : bare.replace('a=mid:0', 'a=candidate:1 1 UDP 2113937151 192.0.2.77 9 typ host\r\na=mid:0');

  let overtaken: Buffer | undefined;
  function sendDatagram(datagram: Buffer): void {
    try {
      if (track.isOpen()) track.sendMessageBinary(datagram);
    } catch {
      // The library itself does not send all that a test would.
    }
  }
  function sendAudio(frame: Int16Array, fate: 'sent' | 'lost' | 'overtaken' = 'sent'): void {
    const payload = frame.some((sample) => sample !== 0) ? encoder.encode(frame) : silentPacket;
    const datagram = writeRtp({ payloadType, sequence, timestamp, ssrc, payload }, false);
    sequence = (sequence + 1) & 0xffff;
    timestamp = (timestamp + 960) >>> 0;
    if (fate === 'sent') sendDatagram(datagram);
    if (overtaken) sendDatagram(overtaken);
    overtaken = fate === 'overtaken' ? datagram : undefined;
  }

  return {
    offer,
    heard,
    datagrams,
    texts,
    told,
    accept: (answer) => connection.setRemoteDescription(answer, 'answer'),
    get isOpen() {
      return track.isOpen() && (channel?.isOpen() ?? true);
    },
    get isClosed() {
      return isClosed;
    },
    sendAudio,
    async play(samples) {
      await inRealTime(samples, sendAudio);
    },
    pause(ms) {
      timestamp = (timestamp + ms * 48) >>> 0;
    },
    sendDatagram,
    sendText: (text) => void channel?.sendMessage(text),
    openChannel(name) {
      connection.createDataChannel(name).onClosed(() => undefined);
    },
    [Symbol.dispose]() {
      channel?.close();
      track.close();
      connection.close();
    },
  };
}

/** Hands out sound in frames of 20 ms, 50 a second, catching up after a hold-up. */
export function inRealTime(samples: Int16Array, send: (frame: Int16Array) => void): Promise<void> {
  const t0 = performance.now();
  let at = 0;
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      const dueSamples = (performance.now() - t0) * (playoutRateHz / 1_000);
      while (at + frameSamples <= samples.length && at <= dueSamples) {
        send(samples.slice(at, (at += frameSamples)));
      }
      if (at + frameSamples <= samples.length) return;
      clearInterval(timer);
      resolve();
    }, 5);
  });
}

/** @returns the frequency of a tone, by how often it crosses zero upwards. */
export function toneHz(samples: Int16Array): number {
  let crossings = 0;
  let first = 0;
  let last = 0;
  for (let at = 1; at < samples.length; at += 1) {
    if ((samples[at - 1] ?? 0) >= 0 || (samples[at] ?? 0) < 0) continue;
    if (crossings === 0) first = at;
    last = at;
    crossings += 1;
  }
  return crossings < 2 ? 0 : ((crossings - 1) * playoutRateHz) / (last - first);
}

/** @returns the stretch from the first to the last frame that is louder than −40 dBFS. */
export function loudPart(pieces: readonly Int16Array[]): Int16Array {
  const isLoud = (piece: Int16Array): boolean => piece.some((sample) => Math.abs(sample) > 600);
  const from = pieces.findIndex(isLoud);
  const to = pieces.findLastIndex(isLoud);
  return from < 0 ? new Int16Array() : joined(pieces.slice(from, to + 1));
}

function joined(pieces: readonly Int16Array[]): Int16Array {
  const whole = new Int16Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
