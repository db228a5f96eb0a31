import { describe, expect, it } from 'vitest';
import { manualClock, type Clock } from '../lib/index.ts';
import { createPlayout, frameSamples } from './pacing.ts';

const samples = (ms: number, value = 1): Int16Array => new Int16Array(ms * 24).fill(value);

function setUp(
  options: {
    readonly leadMs?: number;
    readonly startDelayMs?: number;
    readonly clock?: Clock;
  } = {},
) {
  const manual = manualClock();
  const clock = options.clock ?? manual;
  const frames: { readonly atMs: number; readonly frame: Int16Array }[] = [];
  const playout = createPlayout({
    clock,
    send: (frame) => frames.push({ atMs: clock.monotonicMs(), frame }),
    ...(options.leadMs === undefined ? {} : { leadMs: options.leadMs }),
    ...(options.startDelayMs === undefined ? {} : { startDelayMs: options.startDelayMs }),
  });
  return { clock: manual, frames, playout, times: () => frames.map((sent) => sent.atMs) };
}

/** A clock whose timers are late by what the test says, as a busy event loop makes them. */
function lateClock(lateMs: (timer: number) => number) {
  const manual = manualClock();
  let timers = 0;
  const clock: Clock = {
    ...manual,
    setTimer: (delayMs, task) => manual.setTimer(delayMs + lateMs(timers++), task),
  };
  return { manual, clock };
}

describe('playout', () => {
  it('sends one frame every 20 ms, the first at once, the last filled up with silence', () => {
    const { clock, frames, playout, times } = setUp();
    playout.play({ itemId: 'a', samples: samples(50) });
    clock.advance(500);
    expect(times()).toEqual([0, 20, 40]);
    expect(frames.every((sent) => sent.frame.length === frameSamples)).toBe(true);
    expect([...(frames[2]?.frame ?? [])].filter((value) => value === 1)).toHaveLength(240);
  });

  it('sends without a burst to a far end that holds audio back, and counts it heard as late', async () => {
    const { clock, playout, times } = setUp({ leadMs: 80, startDelayMs: 80 });
    playout.play({ itemId: 'a', samples: samples(100) });
    const drained = playout.drained();
    clock.advance(90);
    expect(times()).toEqual([0, 20, 40, 60, 80]);
    expect(playout.heardMs('a')).toBeCloseTo(10);
    clock.advance(89);
    expect(playout.isPlaying()).toBe(true);
    clock.advance(1);
    await drained;
    expect(playout.heardMs('a')).toBe(100);
    playout.play({ itemId: 'b', samples: samples(40) });
    clock.advance(50);
    playout.clear();
    expect(times()).toHaveLength(7);
    expect(playout.heardMs('b')).toBe(0); // sent, but held back still
  });

  it('joins pieces of any length without a gap', () => {
    const { clock, frames, playout } = setUp();
    playout.play({ itemId: 'a', samples: samples(30, 1) });
    playout.play({ itemId: 'b', samples: samples(30, 2) });
    clock.advance(100);
    const heard = frames.flatMap((sent) => [...sent.frame]);
    expect(heard).toEqual([...samples(30, 1), ...samples(30, 2)]);
  });

  it('goes on gapless when more comes before the end was heard, at once when later', () => {
    const { clock, playout, times } = setUp();
    playout.play({ itemId: 'a', samples: samples(20) });
    clock.advance(13);
    playout.play({ itemId: 'a', samples: samples(20) });
    clock.advance(100);
    playout.play({ itemId: 'b', samples: samples(20) });
    expect(times()).toEqual([0, 20, 113]);
  });

  it('counts what was heard of each item as time goes on', () => {
    const { clock, playout } = setUp();
    playout.play({ itemId: 'a', samples: samples(50) });
    playout.play({ itemId: 'b', samples: samples(100) });
    const seen = [0, 30, 30, 30].map((ms) => {
      clock.advance(ms);
      return [playout.heardMs('a'), playout.heardMs('b')];
    });
    expect(seen).toEqual([
      [0, 0],
      [30, 0],
      [50, 10],
      [50, 40],
    ]);
    clock.advance(1_000);
    expect([playout.heardMs('a'), playout.heardMs('b'), playout.heardMs('x')]).toEqual([
      50, 100, 0,
    ]);
  });

  it('is playing until the last sample was heard, and no timer is left afterwards', async () => {
    const { clock, playout } = setUp();
    expect(playout.isPlaying()).toBe(false);
    playout.play({ itemId: 'a', samples: samples(40) });
    let drained = false;
    const waiting = playout.drained().then(() => (drained = true));
    clock.advance(39);
    expect(playout.isPlaying()).toBe(true);
    await Promise.resolve();
    expect(drained).toBe(false);
    clock.advance(1);
    expect(playout.isPlaying()).toBe(false);
    await waiting;
    await playout.drained(); // nothing queued: at once
  });

  it('drained() waits for what was queued then, not for what came later', async () => {
    const { clock, playout } = setUp();
    playout.play({ itemId: 'a', samples: samples(40) });
    const first = playout.drained();
    playout.play({ itemId: 'b', samples: samples(400) });
    clock.advance(40);
    await first;
    expect(playout.isPlaying()).toBe(true);
  });

  it('clear() stops at once, keeps what was heard, and lets drained() go', async () => {
    const { clock, playout, times } = setUp();
    playout.play({ itemId: 'a', samples: samples(500) });
    const waiting = playout.drained();
    clock.advance(50);
    playout.clear();
    await waiting;
    clock.advance(200);
    expect(times()).toEqual([0, 20, 40]);
    expect(playout.heardMs('a')).toBe(50);
    expect(playout.isPlaying()).toBe(false);
    playout.play({ itemId: 'b', samples: samples(20) });
    expect(times().at(-1)).toBe(250);
  });
});

describe('lead time', () => {
  it('sends frames ahead, so that the far end holds 60 ms, and never more', () => {
    const { clock, playout, times } = setUp({ leadMs: 60 });
    playout.play({ itemId: 'a', samples: samples(200) });
    clock.advance(300);
    expect(times()).toEqual([0, 0, 0, 0, 20, 40, 60, 80, 100, 120]);
  });

  it('counts as heard only what the time line has reached', () => {
    const { clock, playout } = setUp({ leadMs: 60 });
    playout.play({ itemId: 'a', samples: samples(200) });
    clock.advance(10);
    expect(playout.heardMs('a')).toBe(10);
    playout.clear();
    clock.advance(100);
    expect(playout.heardMs('a')).toBe(10);
  });

  it('is still playing while the far end has some left', () => {
    const { clock, playout } = setUp({ leadMs: 60 });
    playout.play({ itemId: 'a', samples: samples(60) });
    clock.advance(59);
    expect(playout.isPlaying()).toBe(true);
    clock.advance(1);
    expect(playout.isPlaying()).toBe(false);
  });
});

describe('late timers', () => {
  it('never drift: ten seconds with every timer 7 ms late end on time', () => {
    const { manual, clock } = lateClock(() => 7);
    const { playout, times } = setUp({ clock });
    playout.play({ itemId: 'a', samples: samples(10_000) });
    manual.advance(10_000);
    expect(times()).toHaveLength(500);
    expect(times().at(-1)).toBe(499 * 20 + 7);
    expect(playout.heardMs('a')).toBe(10_000);
  });

  it('catch up in one burst after a short stall', () => {
    const { manual, clock } = lateClock((timer) => (timer === 1 ? 90 : 0));
    const { playout, times } = setUp({ clock });
    playout.play({ itemId: 'a', samples: samples(200) });
    manual.advance(1_000);
    expect(times()).toEqual([0, 20, 130, 130, 130, 130, 130, 140, 160, 180]);
  });

  it('move the time base after a long stall instead of bursting', () => {
    const { manual, clock } = lateClock((timer) => (timer === 1 ? 500 : 0));
    const { playout, times } = setUp({ clock });
    playout.play({ itemId: 'a', samples: samples(100) });
    manual.advance(560);
    expect(times()).toEqual([0, 20, 540, 560]);
    expect(playout.heardMs('a')).toBe(60);
    manual.advance(60);
    expect(playout.heardMs('a')).toBe(100);
    expect(playout.isPlaying()).toBe(false);
  });
});

it('lets the receiver of a frame clear or play from inside', () => {
  const clock = manualClock();
  let sent = 0;
  const playout = createPlayout({
    clock,
    leadMs: 60,
    send: () => {
      sent += 1;
      if (sent === 2) playout.clear();
      if (sent === 2) playout.play({ itemId: 'b', samples: samples(20) });
    },
  });
  playout.play({ itemId: 'a', samples: samples(1_000) });
  clock.advance(2_000);
  expect(sent).toBe(3);
  expect(playout.heardMs('b')).toBe(20);
  expect(playout.isPlaying()).toBe(false);
});
