import { sequenceAfter, type RtpPacket } from './rtp.ts';

const senderReport = 200;
const receiverReport = 201;
const description = 202;
/** Seconds between the epochs of NTP (1900) and Unix. */
const ntpEpochSeconds = 2_208_988_800;
const blockBytes = 24;

/** What we have sent, for the far end's statistics. */
export interface SentSoFar {
  readonly ssrc: number;
  /** RTP time now, in 48 kHz ticks. */
  readonly timestamp: number;
  readonly packets: number;
  readonly payloadBytes: number;
}

/** Keeps the figures of what comes in that RTCP reports (RFC 3550, A.3 and A.8). */
export interface Reception {
  count(packet: RtpPacket, nowMs: number): void;
  /** A sender report came: its NTP time, middle 32 bits. */
  reported(ntpMiddle: number, nowMs: number): void;
  /** One report block, or nothing when nothing has come in. */
  block(nowMs: number): Buffer | undefined;
}

/** @returns the figures of one stream; a new SSRC starts them anew. */
export function createReception(): Reception {
  let ssrc: number | undefined;
  let base = 0;
  let highest = 0; // extended by its wraps
  let received = 0;
  let prior = { expected: 0, received: 0 };
  let jitter = 0;
  let transit: number | undefined;
  let lastReport: { ntpMiddle: number; atMs: number } | undefined;
  return {
    count(packet, nowMs) {
      if (packet.ssrc !== ssrc) {
        ssrc = packet.ssrc;
        base = highest = packet.sequence;
        received = 0;
        prior = { expected: 0, received: 0 };
        jitter = 0;
        transit = undefined;
        lastReport = undefined;
      }
      received += 1;
      highest += Math.max(0, sequenceAfter(packet.sequence, highest & 0xffff));
      const now = (nowMs * 48 - packet.timestamp) | 0;
      if (transit !== undefined) jitter += (Math.abs((now - transit) | 0) - jitter) / 16;
      transit = now;
    },
    reported(ntpMiddle, nowMs) {
      lastReport = { ntpMiddle, atMs: nowMs };
    },
    block(nowMs) {
      if (ssrc === undefined) return undefined;
      const expected = highest - base + 1;
      const lostNow = expected - prior.expected - (received - prior.received);
      const share = lostNow / Math.max(1, expected - prior.expected);
      prior = { expected, received };
      const lost = Math.max(-0x80_0000, Math.min(0x7f_ffff, expected - received));
      const block = Buffer.alloc(blockBytes);
      block.writeUInt32BE(ssrc, 0);
      block[4] = Math.max(0, Math.min(255, Math.floor(share * 256)));
      block.writeIntBE(lost, 5, 3);
      block.writeUInt32BE(highest >>> 0, 8);
      block.writeUInt32BE(Math.min(0xffff_ffff, Math.round(jitter)), 12);
      if (lastReport) {
        block.writeUInt32BE(lastReport.ntpMiddle, 16);
        const delay = Math.round(((nowMs - lastReport.atMs) * 65_536) / 1_000);
        block.writeUInt32BE(delay >>> 0, 20);
      }
      return block;
    },
  };
}

function header(count: number, type: number, bytes: number): Buffer {
  const start = Buffer.alloc(4);
  start[0] = 0x80 | count;
  start[1] = type;
  start.writeUInt16BE(bytes / 4 - 1, 2);
  return start;
}

/**
 * A compound packet: sender report, with what we received, and our name (RFC 3550, 6.1).
 *
 * @param report.nowEpochMs wall clock, for the NTP time
 */
export function writeReport(report: {
  readonly sent: SentSoFar;
  readonly block: Buffer | undefined;
  readonly name: string;
  readonly nowEpochMs: number;
}): Buffer {
  const { sent, block, name, nowEpochMs } = report;
  const info = Buffer.alloc(24);
  info.writeUInt32BE(sent.ssrc, 0);
  info.writeUInt32BE((Math.floor(nowEpochMs / 1_000) + ntpEpochSeconds) >>> 0, 4);
  info.writeUInt32BE(Math.floor(((nowEpochMs % 1_000) / 1_000) * 2 ** 32) >>> 0, 8);
  info.writeUInt32BE(sent.timestamp, 12);
  info.writeUInt32BE(sent.packets >>> 0, 16);
  info.writeUInt32BE(sent.payloadBytes >>> 0, 20);
  const blocks = block ?? Buffer.alloc(0);
  const cname = Buffer.from(name, 'latin1');
  const chunk = Buffer.alloc(Math.ceil((4 + 2 + cname.length + 1) / 4) * 4);
  chunk.writeUInt32BE(sent.ssrc, 0);
  chunk[4] = 1; // CNAME
  chunk[5] = cname.length;
  chunk.set(cname, 6);
  return Buffer.concat([
    header(block ? 1 : 0, senderReport, 4 + info.length + blocks.length),
    info,
    blocks,
    header(1, description, 4 + chunk.length),
    chunk,
  ]);
}

/** What a far end reported. */
export interface FarReport {
  /** Middle 32 bits of the NTP time of its sender report. */
  readonly ntpMiddle?: number;
  /** Share of our packets that it lost since its last report, 0 to 1. */
  readonly lostShare?: number;
}

/** Reads a compound packet as far as it is well-formed; what we have no use for is skipped. */
export function readReport(datagram: Buffer, ourSsrc: number): FarReport {
  let report: FarReport = {};
  for (let at = 0; at + 8 <= datagram.length;) {
    const length = 4 * (datagram.readUInt16BE(at + 2) + 1);
    const end = at + length;
    if (end > datagram.length) break;
    const type = datagram[at + 1];
    const count = (datagram[at] ?? 0) & 0x1f;
    if (type === senderReport && length >= 28) {
      report = { ...report, ntpMiddle: datagram.readUInt32BE(at + 10) };
    }
    if (type === senderReport || type === receiverReport) {
      let block = at + (type === senderReport ? 28 : 8);
      for (let index = 0; index < count && block + blockBytes <= end; index += 1) {
        if (datagram.readUInt32BE(block) === ourSsrc) {
          report = { ...report, lostShare: (datagram[block + 4] ?? 0) / 256 };
        }
        block += blockBytes;
      }
    }
    at = end;
  }
  return report;
}
