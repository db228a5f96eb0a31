import { describe, expect, test } from 'vitest';
import { createPlayout } from '../audio/index.ts';
import { manualClock, type Clock } from '../lib/index.ts';
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

/**
 * Half a second of speech by the pacer that browsers' calls have, while the whole process stands still:
 * timers that were due meanwhile all fire at its end.
 *
 * @param tickAheadMs how much before the pacer's timer the tick is due
 */
function speechWithStall(stallMs: number, tickAheadMs: number) {
  const { outgoing, sent } = stream();
  const manual = manualClock();
  const stall = { fromMs: 250, toMs: 250 + stallMs };
  const clock: Clock = {
    ...manual,
    setTimer(delayMs, task) {
      const dueMs = manual.monotonicMs() + delayMs;
      const isHeldUp = dueMs > stall.fromMs && dueMs < stall.toMs;
      return manual.setTimer((isHeldUp ? stall.toMs : dueMs) - manual.monotonicMs(), task);
    },
  };
  const nowMs = (): number => 1_000 + clock.monotonicMs();
  let dueMs = 20 - tickAheadMs;
  const tick = (): void => {
    outgoing.tick(nowMs());
    dueMs = Math.max(dueMs + 20, clock.monotonicMs());
    clock.setTimer(dueMs - clock.monotonicMs(), tick);
  };
  clock.setTimer(dueMs, tick);
  const pacing = { leadMs: 80, startDelayMs: 80 };
  const playout = createPlayout({
    clock,
    ...pacing,
    send: (piece) => outgoing.send(piece, nowMs()),
  });
  clock.setTimer(100, () =>
    playout.play({ itemId: 'a', samples: new Int16Array(24 * 500).fill(1_000) }),
  );
  manual.advance(1_500);
  const voiced = sent.filter(({ voice }) => voice);
  const inside = sent.slice(sent.indexOf(voiced[0]!), sent.indexOf(voiced.at(-1)!) + 1);
  return { sent, voiced, inside };
}

describe.each([
  { who: 'the silence', tickAheadMs: 7 },
  { who: 'the owner', tickAheadMs: -7 },
])('after a hold-up in which $who is due first', ({ tickAheadMs }) => {
  test.each([40, 60, 80, 100, 140, 180])('of %i ms a word has no hole', (stallMs) => {
    const { sent, voiced, inside } = speechWithStall(stallMs, tickAheadMs);
    expect(voiced).toHaveLength(25);
    expect(inside).toEqual(voiced);
    const places = sent.map(({ at }) => at);
    expect(places).toEqual(places.map((_, index) => index));
    expect(sent.length).toBeLessThanOrEqual(75); // and what follows is not later than before
  });

  test.each([220, 400])('of %i ms, which was heard as one, nothing is lost', (stallMs) => {
    const { sent, voiced, inside } = speechWithStall(stallMs, tickAheadMs);
    expect(voiced).toHaveLength(25);
    expect(inside).toEqual(voiced);
    const jumps = sent.flatMap(({ at }, index) => at - (sent[index - 1]?.at ?? -1) - 1 || []);
    expect(jumps).toHaveLength(1);
    expect(jumps[0]! * 20).toBeGreaterThan(stallMs - 40);
    expect(jumps[0]! * 20).toBeLessThanOrEqual(stallMs + 20);
  });
});
