import { expect, test } from 'vitest';
import { createOutgoingAudio } from './outgoing-audio.ts';
import { readRtp } from './rtp.ts';

const frame = new Int16Array(480);

function stream() {
  const sent: { at: number; number: number; start: boolean; voice: boolean }[] = [];
  let encoded = 0;
  const outgoing = createOutgoingAudio({
    encoder: {
      encode: () => {
        encoded += 1;
        return Uint8Array.of(1, 2, 3, 4);
      },
      expectLoss() {},
    },
    stream: { ssrc: 7, payloadType: 111, firstSequence: 65_534, firstTimestamp: 2 ** 32 - 960 },
    send(datagram) {
      const { timestamp, sequence, payload } = readRtp(datagram)!;
      sent.push({
        at: ((timestamp + 960) >>> 0) / 960, // in frames
        number: (sequence - 65_534) & 0xffff,
        start: (datagram[1]! & 0x80) !== 0,
        voice: payload.length === 4,
      });
    },
    nowMs: 1_000,
  });
  return { outgoing, sent, encodedFrames: () => encoded };
}

test('silence goes out frame by frame, without the encoder', () => {
  const { outgoing, sent, encodedFrames } = stream();
  for (let nowMs = 1_020; nowMs <= 1_100; nowMs += 20) outgoing.tick(nowMs);
  expect(sent.map(({ at }) => at)).toEqual([0, 1, 2, 3, 4]);
  expect(sent.map(({ number }) => number)).toEqual([0, 1, 2, 3, 4]);
  expect(encodedFrames()).toBe(0);
});

test('sound sent ahead of time follows without a hole, and silence waits for it to be played', () => {
  const { outgoing, sent } = stream();
  for (let index = 0; index < 10; index += 1) outgoing.send(frame, 1_000); // 200 ms at once
  for (let nowMs = 1_020; nowMs <= 1_300; nowMs += 20) outgoing.tick(nowMs);
  expect(sent.map(({ at }) => at)).toEqual(Array.from({ length: 15 }, (_, index) => index));
  expect(sent.filter(({ voice }) => voice)).toHaveLength(10);
  expect(sent.map(({ start }) => start)).toEqual(sent.map((_, index) => index === 0));
});

test('after a hold-up the stream jumps to now, with the numbers unbroken', () => {
  const { outgoing, sent } = stream();
  outgoing.send(frame, 1_000);
  outgoing.send(frame, 1_600);
  expect(sent.map(({ at }) => at)).toEqual([0, 30]);
  expect(sent.map(({ number }) => number)).toEqual([0, 1]);
});

test('a frame of another length is a fault of the owner', () => {
  expect(() => stream().outgoing.send(new Int16Array(160), 1_000)).toThrow(RangeError);
});
