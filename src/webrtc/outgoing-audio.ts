import { peerFrameSamples } from './port.ts';
import { silentPacket, type OpusEncoder } from './opus.ts';
import type { SentSoFar } from './rtcp.ts';
import { rtpTicksPerMs, writeRtp } from './rtp.ts';

const frameMs = 20;
/** The owner's next frame may be so late before silence takes its place. */
const patienceMs = 60;
/** A tick so long after the one before was held up, and the owner with it. */
const heldUpMs = 30;
/** Further behind time than this, the stream jumps: the owner does not make up for so much either. */
const maxBehindFrames = 10;

/** Makes one RTP stream of what the owner sends and of the silence between. */
export interface OutgoingAudio {
  /** Sends 480 samples now. @throws RangeError for any other number */
  send(frame: Int16Array, nowMs: number): void;
  /** Every 20 ms: sends silence where the owner sends nothing. */
  tick(nowMs: number): void;
  sent(nowMs: number): SentSoFar;
  /** How much of it the far end says to lose, 0 to 1. */
  expectLoss(share: number): void;
}

/**
 * Frame k has the RTP time of `t0 + k · 20 ms`. The owner may run ahead (what it sends early is
 * played later, in order); silence only ever fills up to now, without any work for the encoder.
 *
 * @param options.nowMs monotonic time, where the stream begins
 */
export function createOutgoingAudio(options: {
  readonly encoder: OpusEncoder;
  readonly stream: {
    readonly ssrc: number;
    readonly payloadType: number;
    readonly firstSequence: number;
    readonly firstTimestamp: number;
  };
  readonly send: (datagram: Buffer) => void;
  readonly nowMs: number;
}): OutgoingAudio {
  const { encoder, stream, send, nowMs: t0Ms } = options;
  let frames = 0; // where the stream stands, in frames since t0
  let packets = 0;
  let payloadBytes = 0;
  let isPaused = true;
  let ownerAtMs = -Infinity;
  let tickAtMs = t0Ms;

  const dueFrames = (nowMs: number): number => Math.floor((nowMs - t0Ms) / frameMs);
  const timestampOf = (frame: number): number =>
    (stream.firstTimestamp + frame * frameMs * rtpTicksPerMs) >>> 0;

  function catchUp(nowMs: number): void {
    const due = dueFrames(nowMs);
    if (due - frames > maxBehindFrames) frames = due;
  }

  function sendPacket(payload: Uint8Array, isStart: boolean): void {
    const sequence = (stream.firstSequence + packets) & 0xffff;
    const { payloadType, ssrc } = stream;
    const packet = { payloadType, sequence, timestamp: timestampOf(frames), ssrc, payload };
    frames += 1;
    packets += 1;
    payloadBytes += payload.length;
    send(writeRtp(packet, isStart));
  }

  return {
    send(frame, nowMs) {
      if (frame.length !== peerFrameSamples) {
        throw new RangeError(`A frame has ${peerFrameSamples} samples, not ${frame.length}`);
      }
      catchUp(nowMs);
      ownerAtMs = nowMs;
      sendPacket(encoder.encode(frame), isPaused);
      isPaused = false;
    },
    tick(nowMs) {
      // What the owner had to send meanwhile is about to come: silence before it would split a word.
      const isHeldUp = nowMs - tickAtMs > heldUpMs;
      tickAtMs = nowMs;
      if (isHeldUp || nowMs - ownerAtMs < patienceMs) return;
      catchUp(nowMs);
      while (frames < dueFrames(nowMs)) {
        sendPacket(silentPacket, false);
        isPaused = true;
      }
    },
    expectLoss: encoder.expectLoss,
    sent(nowMs) {
      const elapsedTicks = Math.round((nowMs - t0Ms) * rtpTicksPerMs);
      const timestamp = (stream.firstTimestamp + elapsedTicks) >>> 0;
      return { ssrc: stream.ssrc, timestamp, packets, payloadBytes };
    },
  };
}
