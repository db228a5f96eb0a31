import { describe, expect, it } from 'vitest';
import { AudioPiece } from '../audio/index.ts';
import { manualClock } from '../lib/index.ts';
import { createCallerAudio } from './caller-audio.ts';

function setUp() {
  const clock = manualClock();
  const dropped: string[] = [];
  const heard: AudioPiece[] = [];
  const audio = createCallerAudio({
    clock,
    format: 'audio/pcmu',
    dropped: (reason) => dropped.push(reason),
  });
  const frame = (atMs: number | null, ms = 20): void =>
    audio.take(AudioPiece.ofBytes('audio/pcmu', new Uint8Array(ms * 8)), atMs);
  const listen = (): void => audio.listen((piece) => heard.push(piece));
  const heardMs = (): number => heard.reduce((sum, { ms }) => sum + ms, 0);
  const silentMs = (): number =>
    heard.filter((piece) => piece.bytes()[0] === 0xff).reduce((sum, { ms }) => sum + ms, 0);
  return { clock, dropped, heard, frame, listen, heardMs, silentMs };
}

describe('what comes from a caller', () => {
  it('passes audio on as it is', () => {
    const line = setUp();
    line.listen();
    line.frame(0);
    line.frame(20);
    expect(line.heard.map(({ ms }) => ms)).toEqual([20, 20]);
  });

  it('puts silence where frames went missing', () => {
    const line = setUp();
    line.listen();
    line.frame(0);
    line.frame(100);
    expect(line.silentMs()).toBe(80);
    expect(line.heardMs()).toBe(120);
  });

  it('A31: an hour of silence is claimed and ten seconds are put in, however often it is claimed', () => {
    const line = setUp();
    line.listen();
    line.frame(0);
    for (let hour = 1; hour <= 20; hour += 1) line.frame(hour * 3_600_000);
    expect(line.silentMs()).toBe(10_000);
    line.clock.advance(60_000);
    line.frame(21 * 3_600_000);
    expect(line.silentMs()).toBe(20_000);
  });

  it('A32: audio whose place cannot be told is heard, without silence before it', () => {
    const line = setUp();
    line.listen();
    line.frame(0);
    line.frame(null);
    line.frame(40);
    expect(line.heardMs()).toBe(60);
  });

  it('does not go back in time', () => {
    const line = setUp();
    line.listen();
    line.frame(5_000);
    line.frame(0);
    line.frame(20);
    expect(line.silentMs()).toBe(0);
  });

  it('A22: keeps the latest two seconds until somebody listens', () => {
    const line = setUp();
    for (let n = 0; n < 150; n += 1) {
      line.frame(n * 20);
      line.clock.advance(20);
    }
    expect(line.dropped.filter((reason) => reason === 'audio_too_early')).toHaveLength(50);
    line.listen();
    expect(line.heardMs()).toBe(2_000);
    line.frame(3_000);
    expect(line.heardMs()).toBe(2_020);
  });

  it('A30: lets real time through, and of ten times as much no more than that', () => {
    const line = setUp();
    line.listen();
    for (let n = 0; n < 5_000; n += 1) {
      line.frame(n * 20); // 100 s of audio
      line.clock.advance(2); // in 10 s
    }
    expect(line.dropped).toContain('audio_too_fast');
    expect(line.heardMs()).toBeLessThan(15_000);
    expect(line.heardMs()).toBeGreaterThan(10_000);
    expect(line.silentMs()).toBe(0);
  });
});
