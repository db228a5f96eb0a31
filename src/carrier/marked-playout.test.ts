import { beforeEach, describe, expect, it } from 'vitest';
import { AudioPiece } from '../audio/index.ts';
import { manualClock, silentLog } from '../lib/index.ts';
import { createMarkedPlayout } from './marked-playout.ts';

function setUp() {
  const clock = manualClock();
  const sent: string[] = [];
  const playout = createMarkedPlayout({
    clock,
    log: silentLog,
    send: {
      audio: (audio) => sent.push(`audio ${audio.ms}`),
      mark: (name) => sent.push(`mark ${name}`),
      clear: () => sent.push('clear'),
    },
  });
  const play = (ms: number, itemId = 'item_1'): void =>
    playout.play({ itemId, audio: AudioPiece.ofBytes('audio/pcmu', new Uint8Array(ms * 8)) });
  const hasDrained = async (): Promise<boolean> =>
    Promise.race([playout.drained().then(() => true), Promise.resolve().then(() => false)]);
  return { clock, sent, playout, play, hasDrained };
}

describe('what a carrier has played', () => {
  let line: ReturnType<typeof setUp>;
  beforeEach(() => {
    line = setUp();
  });

  it('sends audio at once, the first with a mark behind it, and then one for what is sent in 100 ms', () => {
    line.play(200);
    line.play(100);
    line.clock.advance(50);
    line.play(100);
    expect(line.sent).toEqual(['audio 200', 'mark 1', 'audio 100', 'audio 100']);
    line.clock.advance(50);
    expect(line.sent.slice(4)).toEqual(['mark 2']);
    line.clock.advance(1_000);
    expect(line.sent).toHaveLength(5);
    line.play(100);
    line.clock.advance(100);
    expect(line.sent.slice(5)).toEqual(['audio 100', 'mark 3']);
  });

  it('counts by the clock, and no further than to the next mark before that is back', () => {
    line.play(200);
    line.play(300);
    line.clock.advance(120);
    expect(line.playout.heardMs('item_1')).toBe(120);
    line.clock.advance(500); // the carrier stalls
    expect(line.playout.heardMs('item_1')).toBe(200);
    line.playout.marked('1');
    line.clock.advance(50);
    expect(line.playout.heardMs('item_1')).toBe(250);
    line.clock.advance(1_000);
    expect(line.playout.heardMs('item_1')).toBe(500);
  });

  it('counts what shares a mark piece by piece', () => {
    for (const itemId of ['first', 'first', 'second', 'third']) line.play(100, itemId);
    line.playout.marked('1');
    line.clock.advance(150);
    expect(line.playout.heardMs('first')).toBe(200);
    expect(line.playout.heardMs('second')).toBe(50);
    expect(line.playout.heardMs('third')).toBe(0);
    line.playout.clear();
    expect(line.playout.heardMs('first')).toBe(200);
    expect(line.playout.heardMs('second')).toBe(50);
    expect(line.sent.filter((sent) => sent.startsWith('mark'))).toEqual(['mark 1', 'mark 2']);
  });

  it('counts each item on its own', () => {
    line.play(100, 'first');
    line.play(100, 'second');
    line.clock.advance(150);
    expect(line.playout.heardMs('second')).toBe(0);
    line.playout.marked('1');
    line.clock.advance(30);
    expect(line.playout.heardMs('first')).toBe(100);
    expect(line.playout.heardMs('second')).toBe(30);
    expect(line.playout.heardMs('unknown')).toBe(0);
  });

  it('plays on until the last mark is back, however long ago the audio must have ended', async () => {
    line.play(100);
    line.clock.advance(900);
    expect(line.playout.isPlaying()).toBe(true);
    expect(await line.hasDrained()).toBe(false);
    line.playout.marked('1');
    expect(line.playout.isPlaying()).toBe(false);
    expect(await line.hasDrained()).toBe(true);
  });

  it('clears what the carrier holds, and keeps what was heard of it', async () => {
    line.play(400);
    line.play(400);
    line.clock.advance(150);
    line.playout.clear();
    expect(line.sent.at(-1)).toBe('clear');
    expect(line.playout.heardMs('item_1')).toBe(150);
    expect(line.playout.isPlaying()).toBe(false);
    expect(await line.hasDrained()).toBe(true);
    line.clock.advance(1_000);
    line.playout.marked('1'); // a carrier returns marks of what it dropped, too
    line.playout.marked('2');
    expect(line.playout.heardMs('item_1')).toBe(150);
  });

  it('does not take the marks of what was cleared for those of what came after', () => {
    line.play(400);
    line.playout.clear();
    line.play(200, 'next');
    line.playout.marked('1');
    expect(line.playout.isPlaying()).toBe(true);
    line.playout.marked('2');
    expect(line.playout.isPlaying()).toBe(false);
    expect(line.playout.heardMs('next')).toBe(200);
  });

  it('A33: ignores a mark that nobody waits for', () => {
    line.play(400);
    line.clock.advance(100);
    line.playout.marked('never sent');
    expect(line.playout.heardMs('item_1')).toBe(100);
    expect(line.playout.isPlaying()).toBe(true);
  });

  it('makes up for a mark that got lost with the next one', () => {
    line.play(100);
    line.play(100);
    line.clock.advance(100);
    line.playout.marked('2');
    expect(line.playout.heardMs('item_1')).toBe(200);
    expect(line.playout.isPlaying()).toBe(false);
  });

  it('believes the clock when a carrier returns no marks', () => {
    line.play(100);
    line.clock.advance(3_099);
    expect(line.playout.isPlaying()).toBe(true);
    line.clock.advance(1);
    expect(line.playout.isPlaying()).toBe(false);
    expect(line.playout.heardMs('item_1')).toBe(100);
  });

  it('waits for a mark as long as all that is before it takes', () => {
    line.play(100);
    line.play(5_000);
    line.clock.advance(100);
    line.playout.marked('1');
    line.clock.advance(7_999);
    expect(line.playout.isPlaying()).toBe(true);
    line.clock.advance(1);
    expect(line.playout.isPlaying()).toBe(false);
  });

  it('clears nothing when nothing plays', () => {
    line.playout.clear();
    expect(line.sent).toEqual([]);
  });
});
