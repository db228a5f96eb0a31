import { expect, test } from 'vitest';
import { createIncomingAudio } from './incoming-audio.ts';
import { loadOpus, packetMs, silentPacket, type OpusDecoder } from './opus.ts';
import type { RtpPacket } from './rtp.ts';
import { tone } from '../testing/tone.ts';

/** Says which packet it was given: its second byte, as the level of what it decodes to. */
const naming: OpusDecoder = {
  decode: (packet) => new Int16Array(packetMs(packet) * 24).fill(packet[1] ?? 0),
  conceal: () => new Int16Array(480).fill(-1),
};

function stream() {
  const heard: number[] = []; // one number for each 20 ms
  let samples = 0;
  const incoming = createIncomingAudio({
    decoder: naming,
    deliver(pcm) {
      samples += pcm.length;
      heard.push(pcm[0] ?? 0);
    },
  });
  let nowMs = 0;
  const packet = (index: number, change: Partial<RtpPacket> = {}): RtpPacket => ({
    payloadType: 111,
    sequence: (65_530 + index) & 0xffff,
    timestamp: (4_294_960_000 + index * 960) >>> 0,
    ssrc: 1,
    payload: Uint8Array.of(0xf8, index, 0),
    ...change,
  });
  return {
    heard,
    get ms() {
      return samples / 24;
    },
    packet,
    get: (index: number, change?: Partial<RtpPacket>) =>
      incoming.receive(packet(index, change), nowMs),
    wait(ms: number) {
      for (let passed = 0; passed < ms; passed += 20) {
        nowMs += 20;
        incoming.tick(nowMs);
      }
    },
  };
}

test('passes sound on as it comes, over the wrap of number and time', () => {
  const line = stream();
  for (let index = 1; index <= 20; index += 1) line.get(index);
  expect(line.heard).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
});

test('puts packets in order that overtook each other, each once', () => {
  const line = stream();
  for (const index of [1, 3, 2, 2, 6, 5, 4, 1, 7]) line.get(index);
  expect(line.heard).toEqual([1, 2, 3, 4, 5, 6, 7]);
});

test('conceals a lost packet once the wait for it is over', () => {
  const line = stream();
  line.get(1);
  line.get(3);
  line.wait(40);
  expect(line.heard).toEqual([1]);
  line.wait(20);
  expect(line.heard).toEqual([1, -1, 3]);
  line.get(2); // comes after all
  expect(line.heard).toEqual([1, -1, 3]);
});

test('a long loss is guessed for 100 ms and silent for the rest', () => {
  const line = stream();
  line.get(1);
  line.get(12);
  line.wait(60);
  expect(line.heard).toEqual([1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 12]);
});

test('a far end that sends no silence is heard as silent, while it lasts and at the right length', () => {
  const line = stream();
  line.get(1);
  line.wait(400);
  expect(line.ms).toBe(20 + 320); // live, less the 100 ms in which a packet might be late
  line.get(2, { timestamp: line.packet(21).timestamp });
  expect(line.ms).toBe(20 + 380 + 20);
  expect(line.heard.filter((level) => level === 0)).toHaveLength(19);
});

test('silence put in for late packets is taken from the next pause', () => {
  const line = stream();
  line.get(1);
  line.wait(200);
  expect(line.ms).toBe(140); // 120 ms of silence
  for (let index = 2; index <= 11; index += 1) line.get(index);
  line.get(12, { timestamp: line.packet(22).timestamp }); // a pause of 200 ms
  expect(line.ms).toBe(22 * 20);
});

test('a stream that starts anew goes on at once', () => {
  const line = stream();
  line.get(1);
  line.get(2, { ssrc: 2, sequence: 9, timestamp: 77 });
  line.get(3, { ssrc: 2, sequence: 10, timestamp: 77 + 960 });
  line.get(4, { ssrc: 2, sequence: 9_000, timestamp: 5 });
  expect(line.heard).toEqual([1, 2, 3, 4]);
});

test('more sound than time is not passed on beyond two seconds', () => {
  const line = stream();
  for (let index = 0; index < 400; index += 1) line.get(index);
  expect(line.ms).toBe(2_000);
  line.wait(1_000);
  expect(line.ms).toBeLessThanOrEqual(3_000);
});

test('a packet knows how long it lasts', () => {
  expect(packetMs(silentPacket)).toBe(20);
  expect(packetMs(Uint8Array.of(0x18))).toBe(60); // SILK, one frame of 60 ms
  expect(packetMs(Uint8Array.of(0x69, 0, 0))).toBe(40); // hybrid, two of 20
  expect(packetMs(Uint8Array.of(0xfb, 0x06))).toBe(120); // CELT, six of 20
  expect(packetMs(Uint8Array.of(0xfb, 0x3f))).toBe(0);
  expect(packetMs(new Uint8Array())).toBe(0);
});

test('the codec makes up for lost frames by their length, and takes damage for what it is', async () => {
  const opus = await loadOpus();
  const encoder = opus.openEncoder();
  const decoder = opus.openDecoder();
  const voice = tone({ hz: 300, ms: 200, rateHz: 24_000, peak: 10_000 });
  for (let at = 0; at < voice.length; at += 480) {
    expect(decoder.decode(encoder.encode(voice.subarray(at, at + 480)))).toHaveLength(480);
  }
  const guess = decoder.conceal();
  expect(guess).toHaveLength(480);
  expect(Math.max(...guess)).toBeGreaterThan(3_000); // goes on with the tone
  expect(decoder.decode(Uint8Array.of(0xff, 0x3f, 1, 2, 3))).toBeUndefined();
  expect(decoder.decode(Uint8Array.of(0x03, 0x80))).toBeUndefined();
});
