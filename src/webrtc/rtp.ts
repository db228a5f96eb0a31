/** RTP clock of Opus, whatever rate it is coded at (RFC 7587). */
export const rtpTicksPerMs = 48;
const headerBytes = 12;

/** One RTP packet (RFC 3550). `payload` shares memory with the datagram. */
export interface RtpPacket {
  readonly payloadType: number;
  /** 16 bit. */
  readonly sequence: number;
  /** 32 bit, in 48 kHz ticks. */
  readonly timestamp: number;
  readonly ssrc: number;
  readonly payload: Uint8Array;
}

/** True for what shares the port with RTP but is RTCP (RFC 5761). */
export function isRtcp(datagram: Uint8Array): boolean {
  const type = (datagram[1] ?? 0) & 0x7f;
  return type >= 64 && type <= 95;
}

/** @returns the packet without extensions and padding; `undefined` for what is not one. */
export function readRtp(datagram: Uint8Array): RtpPacket | undefined {
  const [first = 0, second = 0] = datagram;
  if (datagram.length < headerBytes || first >> 6 !== 2) return undefined;
  const view = new DataView(datagram.buffer, datagram.byteOffset, datagram.byteLength);
  let start = headerBytes + 4 * (first & 0x0f);
  if (first & 0x10) {
    if (start + 4 > datagram.length) return undefined;
    start += 4 + 4 * view.getUint16(start + 2);
  }
  const padding = first & 0x20 ? (datagram.at(-1) ?? 0) : 0;
  const end = datagram.length - padding;
  if (end <= start) return undefined;
  return {
    payloadType: second & 0x7f,
    sequence: view.getUint16(2),
    timestamp: view.getUint32(4),
    ssrc: view.getUint32(8),
    payload: datagram.subarray(start, end),
  };
}

/** @returns a datagram with a plain header. `isStart` marks the first packet after a pause. */
export function writeRtp(packet: RtpPacket, isStart: boolean): Buffer {
  const datagram = Buffer.allocUnsafe(headerBytes + packet.payload.length);
  datagram[0] = 0x80;
  datagram[1] = (isStart ? 0x80 : 0) | packet.payloadType;
  datagram.writeUInt16BE(packet.sequence, 2);
  datagram.writeUInt32BE(packet.timestamp, 4);
  datagram.writeUInt32BE(packet.ssrc, 8);
  datagram.set(packet.payload, headerBytes);
  return datagram;
}

/** How far `a` lies after `b` on a circle of 16 bit numbers: −32768 to 32767. */
export function sequenceAfter(a: number, b: number): number {
  return ((a - b) << 16) >> 16;
}
