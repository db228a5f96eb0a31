import { describe, expect, it, vi } from 'vitest';
import { AudioPiece, concatPcm, createPlayout } from '../../audio/index.ts';
import { manualClock, silentLog, type ManualClock } from '../../lib/index.ts';
import type { TrailEvent } from '../../protocol/index.ts';
import { tone } from '../../testing/tone.ts';
import type { CallNotice } from '../leg.ts';
import type { LegCarrier } from './carrier.ts';
import { createReturningLeg, type ReturningLegOptions } from './returning-leg.ts';

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A carrier as channels have them: paced, with an ear that keeps what it hears. */
function carrierOn(clock: ManualClock) {
  const frames: Int16Array[] = [];
  const notices: CallNotice[] = [];
  const playout = createPlayout({ clock, send: (frame) => frames.push(frame) });
  const carrier: LegCarrier = {
    play: ({ itemId, audio }) => playout.play({ itemId, samples: audio.samples() }),
    clear: () => playout.clear(),
    heardMs: (itemId) => playout.heardMs(itemId),
    isPlaying: () => playout.isPlaying(),
    drained: () => playout.drained(),
    notify: (notice) => notices.push(notice),
  };
  return {
    ...carrier,
    notices,
    heard: () => concatPcm(frames),
    /** The network is gone. */
    breakOff: () => playout[Symbol.dispose](),
  };
}

function setUp(options: Partial<ReturningLegOptions> = {}) {
  const clock = manualClock();
  const leg = createReturningLeg({
    channel: 'test',
    format: 'audio/pcm',
    can: { tap: true, inject: true, resume: true },
    clock,
    log: silentLog,
    ...options,
  });
  return { clock, leg };
}

/** Two words of 400 ms with a pause of 200 ms between them. */
const sentence = (): AudioPiece => {
  const word = tone({ hz: 440, ms: 400, rateHz: 24_000, peak: 9_000 });
  return AudioPiece.ofSamples(concatPcm([word, new Int16Array(4_800), word]));
};
const msOf = (samples: Int16Array): number => samples.length / 24;

describe('while the caller is there', () => {
  it('is the carrier', async () => {
    const { clock, leg } = setUp();
    const carrier = carrierOn(clock);
    leg.attach(carrier);
    leg.play({ itemId: 'a', audio: sentence() });
    clock.advance(300);
    expect(leg.heardMs('a')).toBeCloseTo(300);
    expect(leg.isPlaying()).toBe(true);
    const drained = leg.drained();
    clock.advance(700);
    await drained;
    expect(leg.isPlaying()).toBe(false);
    expect(leg.heardMs('a')).toBe(1_000);
    expect(leg.heardMs('b')).toBe(0);
  });

  it('keeps what comes before the first carrier', async () => {
    const { clock, leg } = setUp();
    leg.play({ itemId: 'a', audio: sentence() });
    const drained = leg.drained();
    clock.advance(5_000);
    expect(leg.heardMs('a')).toBe(0);
    const carrier = carrierOn(clock);
    leg.attach(carrier);
    clock.advance(1_000);
    await drained;
    expect(msOf(carrier.heard())).toBe(1_000);
  });
});

describe('when the way to the caller breaks off', () => {
  it('stops counting, waits, and takes the sentence up at its last pause', async () => {
    const { clock, leg } = setUp();
    const first = carrierOn(clock);
    leg.attach(first);
    leg.play({ itemId: 'a', audio: sentence() });
    const drained = vi.fn();
    void leg.drained().then(drained);
    clock.advance(800); // in the second word
    leg.detach();
    first.breakOff();
    await settled();
    expect(leg.isAttached).toBe(false);
    expect(drained).not.toHaveBeenCalled();
    const atBreakMs = leg.heardMs('a');
    expect(atBreakMs).toBeGreaterThanOrEqual(400); // in the pause
    expect(atBreakMs).toBeLessThan(600);
    clock.advance(7_000);
    expect(leg.heardMs('a')).toBe(atBreakMs);
    expect(leg.isPlaying()).toBe(true);

    const second = carrierOn(clock);
    leg.attach(second);
    clock.advance(100);
    expect(leg.heardMs('a')).toBeCloseTo(atBreakMs + 100);
    clock.advance(1_000);
    await settled();
    expect(drained).toHaveBeenCalled();
    expect(leg.heardMs('a')).toBeCloseTo(1_000);
    expect(second.heard().length).toBeGreaterThanOrEqual((1_000 - atBreakMs) * 24);
    const [whole, rest] = [sentence().samples(), second.heard()];
    const from = Math.round(atBreakMs * 24);
    expect(rest.subarray(0, whole.length - from)).toEqual(whole.subarray(from)); // not a sample lost
  });

  it('counts as unheard what was sent into a dead network', () => {
    const { clock, leg } = setUp();
    const first = carrierOn(clock);
    leg.attach(first);
    leg.play({ itemId: 'a', audio: sentence() });
    clock.advance(250);
    const aliveMs = clock.monotonicMs();
    clock.advance(3_000); // until somebody notices
    expect(leg.heardMs('a')).toBe(1_000);
    leg.detach({ aliveMs });
    expect(leg.heardMs('a')).toBeLessThanOrEqual(250);
    expect(leg.isPlaying()).toBe(true);
  });

  it('does not repeat what was heard while the far end was there', () => {
    const { clock, leg } = setUp();
    const first = carrierOn(clock);
    leg.attach(first);
    leg.play({ itemId: 'a', audio: sentence() });
    clock.advance(1_500);
    const aliveMs = clock.monotonicMs();
    clock.advance(300);
    leg.play({ itemId: 'b', audio: sentence() }); // after the network died
    clock.advance(200);
    leg.detach({ aliveMs });
    const second = carrierOn(clock);
    leg.attach(second);
    clock.advance(1_000);
    expect(leg.heardMs('a')).toBe(1_000);
    expect(leg.heardMs('b')).toBe(1_000);
    expect(second.heard()).toEqual(sentence().samples());
  });

  it('gives up nothing that is not the carrier’s any more: long ago heard is heard', () => {
    const { clock, leg } = setUp({ keepHeardMs: 500 });
    leg.attach(carrierOn(clock));
    leg.play({ itemId: 'a', audio: sentence() });
    clock.advance(2_000);
    leg.play({ itemId: 'b', audio: sentence() });
    clock.advance(400);
    leg.detach({ aliveMs: 0 }); // nothing is known of the far end
    expect(leg.heardMs('a')).toBe(1_000);
    expect(leg.heardMs('b')).toBe(0);
  });

  it('plays on behind it what was said meanwhile', () => {
    const { clock, leg } = setUp();
    leg.attach(carrierOn(clock));
    leg.play({ itemId: 'a', audio: sentence() });
    clock.advance(100);
    leg.detach();
    leg.play({ itemId: 'b', audio: sentence() });
    leg.attach(carrierOn(clock));
    clock.advance(2_000);
    expect([leg.heardMs('a'), leg.heardMs('b')].map(Math.round)).toEqual([1_000, 1_000]);
    expect(leg.isPlaying()).toBe(false);
  });

  it('breaks off twice and still loses nothing', () => {
    const { clock, leg } = setUp();
    leg.attach(carrierOn(clock));
    leg.play({ itemId: 'a', audio: sentence() });
    clock.advance(450);
    leg.detach();
    leg.attach(carrierOn(clock));
    clock.advance(60);
    const last = carrierOn(clock);
    leg.attach(last); // without a word that the one before is gone
    clock.advance(1_200);
    expect(leg.heardMs('a')).toBeCloseTo(1_000);
    expect(leg.isPlaying()).toBe(false);
  });

  it('keeps nothing of a person who talks on to nobody: they would be late ever after', async () => {
    const { clock, leg } = setUp();
    leg.attach(carrierOn(clock));
    leg.play({ itemId: 'person_1', audio: sentence(), isLive: true });
    clock.advance(300);
    const drained = leg.drained();
    leg.detach();
    await drained;
    leg.play({ itemId: 'person_1', audio: sentence(), isLive: true });
    expect(leg.isPlaying()).toBe(false);
    const next = carrierOn(clock);
    leg.attach(next);
    leg.play({ itemId: 'person_1', audio: sentence(), isLive: true });
    clock.advance(1_000);
    expect(next.heard()).toEqual(sentence().samples());
  });

  it('drops everything when it is cleared, there and away', async () => {
    const { clock, leg } = setUp();
    leg.attach(carrierOn(clock));
    leg.play({ itemId: 'a', audio: sentence() });
    clock.advance(300);
    leg.clear();
    expect(leg.heardMs('a')).toBeCloseTo(300);
    leg.detach({ aliveMs: 0 });
    expect(leg.heardMs('a')).toBeCloseTo(300);
    expect(leg.isPlaying()).toBe(false);
    leg.play({ itemId: 'b', audio: sentence() });
    const drained = leg.drained();
    leg.clear();
    await drained;
    const next = carrierOn(clock);
    leg.attach(next);
    clock.advance(1_000);
    expect(next.heard()).toHaveLength(0);
    expect(leg.heardMs('b')).toBe(0);
  });

  it('keeps no more than it may, and says once that an agent was cut', () => {
    const overflowed = vi.fn();
    const { clock, leg } = setUp({ keepAudioMs: 2_500, overflowed });
    leg.attach(carrierOn(clock));
    leg.detach();
    for (const itemId of ['a', 'b', 'c', 'd']) leg.play({ itemId, audio: sentence() });
    expect(overflowed).toHaveBeenCalledTimes(1);
    const next = carrierOn(clock);
    leg.attach(next);
    clock.advance(5_000);
    expect(msOf(next.heard())).toBe(2_000);
    expect(leg.heardMs('c')).toBe(0);
  });
});

describe('what the far end shows', () => {
  const event = (seq: number, itemId?: string): TrailEvent => {
    const stamp = { callId: 'c', seq, at: '2026-11-23T09:00:00.000Z', elapsedMs: seq };
    return itemId === undefined
      ? { type: 'agent.started', ...stamp, agent: 'triage' }
      : {
          ...{ type: 'turn.caller', ...stamp, agent: 'triage' },
          ...{ itemId, source: 'speech', text: 'x' },
        };
  };
  const trail = (seq: number, itemId?: string): CallNotice => ({
    type: 'trail',
    event: event(seq, itemId),
  });
  const status = (agent: 'listening' | 'speaking'): CallNotice => ({
    type: 'status',
    agent,
    caller: 'silent',
    activeAgent: 'triage',
  });
  const caption = (itemId: string): CallNotice => ({
    ...{ type: 'caption', itemId, speaker: 'agent', agent: 'triage', text: 'Let me' },
  });
  const seqs = (notices: readonly CallNotice[]): unknown[] =>
    notices.map((notice) => (notice.type === 'trail' ? notice.event.seq : notice.type));

  function withStore() {
    const stored: TrailEvent[] = [];
    const parts = setUp({
      readTrail: async (afterSeq) => stored.filter(({ seq }) => seq > afterSeq),
    });
    const tell = (notice: CallNotice): void => {
      if (notice.type === 'trail') stored.push(notice.event);
      parts.leg.notify(notice);
    };
    return { ...parts, tell };
  }

  it('is told at once while it is there', () => {
    const { clock, leg, tell } = withStore();
    const carrier = carrierOn(clock);
    leg.attach(carrier);
    tell(trail(1));
    tell(status('speaking'));
    expect(seqs(carrier.notices)).toEqual([1, 'status']);
  });

  it('gets what it missed in order, without a gap or a repeat, and what is the case', async () => {
    const { clock, leg, tell } = withStore();
    const first = carrierOn(clock);
    leg.attach(first);
    tell(trail(1));
    tell(trail(2));
    leg.detach();
    tell(caption('i_1'));
    tell(trail(3, 'i_1'));
    tell(caption('i_2'));
    tell(status('speaking'));
    tell(status('listening'));
    const second = carrierOn(clock);
    leg.attach(second);
    tell(trail(4)); // stored, and told before the store was read
    await settled();
    tell(trail(5));
    expect(seqs(second.notices)).toEqual([3, 4, 'caption', 'status', 5]);
    expect(second.notices).toContainEqual(status('listening'));
    expect(seqs(first.notices)).toEqual([1, 2]);
  });

  it('gets everything when it has nothing left, as after a page was loaded anew', async () => {
    const { clock, leg, tell } = withStore();
    leg.attach(carrierOn(clock));
    tell(trail(1));
    tell(trail(2));
    const second = carrierOn(clock);
    leg.attach(second, { afterSeq: 0 });
    await settled();
    expect(seqs(second.notices)).toEqual([1, 2]);
  });

  it('goes on without what cannot be read', async () => {
    const { clock, leg } = setUp({ readTrail: () => Promise.reject(new Error('away')) });
    leg.attach(carrierOn(clock));
    leg.notify(trail(1));
    const second = carrierOn(clock);
    leg.attach(second);
    leg.notify(trail(2));
    await settled();
    leg.notify(trail(3));
    expect(seqs(second.notices)).toEqual([2, 3]);
  });

  it('tells nothing to a carrier that is gone before it was told', async () => {
    const { clock, leg, tell } = withStore();
    leg.attach(carrierOn(clock));
    tell(trail(1));
    leg.detach();
    tell(trail(2));
    const passing = carrierOn(clock);
    leg.attach(passing);
    leg.detach();
    await settled();
    expect(passing.notices).toEqual([]);
  });
});
