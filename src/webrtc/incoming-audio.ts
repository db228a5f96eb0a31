import { frameSamples, playoutRateHz } from '../audio/index.ts';
import { packetMs, type OpusDecoder } from './opus.ts';
import { createPacketOrder } from './packet-order.ts';
import { rtpTicksPerMs, type RtpPacket } from './rtp.ts';

const samplesPerMs = playoutRateHz / 1_000;
const frameMs = frameSamples / samplesPerMs;
/** After so long without a packet the far end is taken to be silent rather than late. */
const quietMs = 100;
/** The decoder's guess at lost sound is good for as long; silence is honest after that. */
const concealMs = 100;
/** A hole longer than this is a clock that was set anew. */
const maxHoleMs = 2_000;
/** How far sound may run ahead of time: a burst after a hold-up, not a flood. */
const maxAheadMs = 2_000;

/** Makes one unbroken stream of what a far end sends. */
export interface IncomingAudio {
  /** A packet of Opus, in any order. */
  receive(packet: RtpPacket, nowMs: number): void;
  /** Every 20 ms: gives up on late packets, and puts in the silence that a far end does not send. */
  tick(nowMs: number): void;
}

/**
 * Sound is passed on as soon as it is in order: whoever listens is no loudspeaker, and delay would
 * only make answers late. Holes are filled by the length that RTP's clock says, so that a recording
 * stays as long as the call was.
 *
 * @param options.deliver takes PCM, 24 kHz mono
 */
export function createIncomingAudio(options: {
  readonly decoder: OpusDecoder;
  readonly deliver: (samples: Int16Array) => void;
}): IncomingAudio {
  const { decoder, deliver } = options;
  let nextTimestamp = 0;
  /** Time up to which sound or silence was delivered; `undefined` before the first packet. */
  let deliveredToMs: number | undefined;
  let filledMs = 0; // silence put in before RTP's clock could say how much was due
  let lastTickMs: number | undefined;
  let allowedMs = maxAheadMs;
  let allowedAtMs = 0;
  let nowMs = 0;

  function silence(ms: number): void {
    const samples = Math.round(ms * samplesPerMs);
    for (let at = 0; at < samples; at += frameSamples) {
      deliver(new Int16Array(Math.min(frameSamples, samples - at)));
    }
  }

  function fillHole(packet: RtpPacket, missing: number): void {
    const holeMs = ((packet.timestamp - nextTimestamp) | 0) / rtpTicksPerMs;
    if (holeMs <= 0 || holeMs > maxHoleMs + filledMs) return;
    const dueMs = Math.max(0, holeMs - filledMs);
    filledMs = Math.max(0, filledMs - holeMs);
    let concealedMs = 0;
    // A hole without a lost packet is a far end that sent nothing because there was nothing to hear.
    while (missing > 0 && concealedMs < Math.min(dueMs, concealMs)) {
      const guess = decoder.conceal();
      const keep = guess.subarray(0, Math.round((dueMs - concealedMs) * samplesPerMs));
      deliver(keep.slice());
      concealedMs += keep.length / samplesPerMs;
    }
    silence(dueMs - concealedMs);
  }

  function isAllowed(ms: number): boolean {
    allowedMs = Math.min(maxAheadMs, allowedMs + nowMs - allowedAtMs);
    allowedAtMs = nowMs;
    if (allowedMs < ms) return false;
    allowedMs -= ms;
    return true;
  }

  const order = createPacketOrder((packet, missing) => {
    const ms = packetMs(packet.payload);
    if (ms === 0 || !isAllowed(ms)) return;
    if (missing !== undefined && deliveredToMs !== undefined) fillHole(packet, missing);
    else filledMs = 0;
    deliver(decoder.decode(packet.payload) ?? new Int16Array(ms * samplesPerMs));
    nextTimestamp = (packet.timestamp + ms * rtpTicksPerMs) >>> 0;
    deliveredToMs = nowMs;
  });

  return {
    receive(packet, atMs) {
      nowMs = atMs;
      order.push(packet, atMs);
    },
    tick(atMs) {
      nowMs = atMs;
      const sinceTickMs = atMs - (lastTickMs ?? atMs);
      lastTickMs = atMs;
      order.tick(atMs);
      if (deliveredToMs === undefined) return;
      // If it was we who stood still, packets wait to be read: that is no silence.
      if (sinceTickMs > 3 * frameMs) deliveredToMs += sinceTickMs - frameMs;
      while (atMs - deliveredToMs >= quietMs) {
        silence(frameMs);
        filledMs += frameMs;
        deliveredToMs += frameMs;
      }
    },
  };
}
