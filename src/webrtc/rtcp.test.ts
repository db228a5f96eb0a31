import { expect, test } from 'vitest';
import { createReception, readReport, writeReport } from './rtcp.ts';
import type { RtpPacket } from './rtp.ts';

const packet = (sequence: number, timestamp = sequence * 960): RtpPacket => ({
  payloadType: 111,
  sequence: sequence & 0xffff,
  timestamp: timestamp >>> 0,
  ssrc: 42,
  payload: Uint8Array.of(1),
});
const sent = { ssrc: 7, timestamp: 960, packets: 3, payloadBytes: 60 };

test('what one end writes, the other reads', () => {
  const reception = createReception();
  for (let index = 0; index < 10; index += 1) {
    if (index !== 5) reception.count(packet(65_530 + index), index * 20);
  }
  reception.reported(0xabcd_1234, 1_000);
  const block = reception.block(1_500)!;
  const report = writeReport({ sent, block, name: 'line', nowEpochMs: 1_500 });
  expect(report.length % 4).toBe(0);
  const read = readReport(report, 42);
  expect(read.lostShare).toBe(Math.floor(25.6) / 256); // one of ten
  // 1.5 s after 1970 in seconds since 1900, in 16.16 bits
  expect(read.ntpMiddle).toBe((((2_208_988_801 & 0xffff) << 16) | 0x8000) >>> 0);
  expect(readReport(report, 41).lostShare).toBeUndefined();
  expect(block.readIntBE(5, 3)).toBe(1); // lost in all
  expect(block.readUInt32BE(8)).toBe(65_539); // highest number, wraps counted
  expect(block.readUInt32BE(12)).toBeLessThan(10); // no jitter worth speaking of
  expect(block.readUInt32BE(16)).toBe(0xabcd_1234);
  expect(block.readUInt32BE(20)).toBe(32_768); // half a second since their report
});

test('reports only what was lost since the last report', () => {
  const reception = createReception();
  reception.count(packet(1), 0);
  reception.count(packet(3), 40);
  expect(reception.block(50)![4]).toBeGreaterThan(0);
  reception.count(packet(4), 60);
  expect(reception.block(70)![4]).toBe(0);
  expect(createReception().block(0)).toBeUndefined();
});

test('damaged reports are read as far as they go', () => {
  const report = writeReport({ sent, block: undefined, name: 'line', nowEpochMs: 0 });
  for (let end = 0; end < report.length; end += 1) readReport(report.subarray(0, end), 7);
  const greedy = Buffer.from(report);
  greedy[0] = 0x9f; // says 31 blocks
  expect(readReport(greedy, 7).lostShare).toBeUndefined();
});
