/**
 * A frame of audio that says when it was meant to be sent, so that whoever gets it knows how long it
 * took: eight bytes of time, four of its number, then silence.
 */
export interface Stamp {
  readonly dueMs: number;
  readonly line: number;
  readonly sequence: number;
}

const headBytes = 16;
/** µ-law of nothing. */
const silence = 0xff;

/** @param bytes of the frame, at least 16 @returns base64 */
export function stampedFrame({ dueMs, line, sequence }: Stamp, bytes: number): string {
  const frame = Buffer.alloc(bytes, silence);
  frame.writeDoubleLE(dueMs, 0);
  frame.writeUInt32LE(line, 8);
  frame.writeUInt32LE(sequence, 12);
  return frame.toString('base64');
}

/** Null for a frame that is too short to carry one, such as silence put in by somebody else. */
export function readStamp(base64: string): Stamp | null {
  const head = Buffer.from(base64.slice(0, 24), 'base64');
  if (head.length < headBytes || head.readUInt32LE(8) === 0xffffffff) return null;
  return {
    dueMs: head.readDoubleLE(0),
    line: head.readUInt32LE(8),
    sequence: head.readUInt32LE(12),
  };
}
