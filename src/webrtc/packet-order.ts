import { sequenceAfter, type RtpPacket } from './rtp.ts';

/** Longest wait for a packet that others have overtaken. */
const waitMs = 60;
/** Packets that may wait; more than come in that time. */
const maxWaiting = 16;
/** A jump by more is a stream that started anew, not one that lost packets. */
const maxJump = 500;

/** Puts packets in order, each as soon as it can be known to be the next. */
export interface PacketOrder {
  push(packet: RtpPacket, nowMs: number): void;
  /** Gives up on what did not come in time. */
  tick(nowMs: number): void;
}

/**
 * @param deliver takes the packets in order, each once. `missing` packets before it will never come;
 *   `undefined` stands for a stream that begins, or begins anew.
 */
export function createPacketOrder(
  deliver: (packet: RtpPacket, missing: number | undefined) => void,
): PacketOrder {
  let next: number | undefined;
  let ssrc: number | undefined;
  let waiting: { readonly packet: RtpPacket; readonly atMs: number }[] = []; // by sequence

  function release(packet: RtpPacket): void {
    const missing = next === undefined ? undefined : sequenceAfter(packet.sequence, next);
    next = (packet.sequence + 1) & 0xffff;
    deliver(packet, missing);
  }

  function settle(nowMs: number): void {
    for (let head = waiting[0]; head && next !== undefined; head = waiting[0]) {
      const isNext = head.packet.sequence === next;
      const isOver =
        waiting.length > maxWaiting || waiting.some(({ atMs }) => nowMs - atMs >= waitMs);
      if (!isNext && !isOver) return;
      waiting.shift();
      release(head.packet);
    }
  }

  return {
    push(packet, nowMs) {
      const ahead = next === undefined ? 0 : sequenceAfter(packet.sequence, next);
      if (packet.ssrc !== ssrc || Math.abs(ahead) > maxJump) {
        ssrc = packet.ssrc;
        next = undefined;
        waiting = [];
        release(packet);
        return;
      }
      if (ahead < 0 || waiting.some((other) => other.packet.sequence === packet.sequence)) return;
      if (ahead === 0) release(packet);
      else {
        const at = waiting.findLastIndex(
          (other) => sequenceAfter(packet.sequence, other.packet.sequence) > 0,
        );
        waiting.splice(at + 1, 0, { packet, atMs: nowMs });
      }
      settle(nowMs);
    },
    tick: settle,
  };
}
