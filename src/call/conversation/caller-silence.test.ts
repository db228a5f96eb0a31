import { beforeEach, describe, expect, it } from 'vitest';
import { manualClock } from '../../lib/index.ts';
import { testDesk } from '../testing/call-harness.ts';
import { watchCallerSilence } from './caller-silence.ts';

function setUp() {
  const clock = manualClock();
  const said: string[] = [];
  const ended: (string | undefined)[] = [];
  const now = { quiet: true, floor: false, turns: 0 };
  const stop = watchCallerSilence({
    desk: testDesk([]),
    clock,
    isQuiet: () => now.quiet,
    callerHasFloor: () => now.floor,
    callerTurns: () => now.turns,
    say: (text) => void said.push(text),
    end: (reason, detail) => void ended.push(`${reason}: ${detail}`),
  });
  return { clock, said, ended, now, stop };
}

describe('a caller who says nothing', () => {
  let line: ReturnType<typeof setUp>;
  beforeEach(() => {
    line = setUp();
  });

  it('A34: is asked after a minute, then hears a goodbye, then the call ends', () => {
    line.clock.advance(59_000);
    expect(line.said).toEqual([]);
    line.clock.advance(1_000);
    expect(line.said).toEqual(['Are you still there?']);
    line.clock.advance(15_000);
    expect(line.said).toHaveLength(2);
    line.now.quiet = false; // the goodbye is being said
    line.clock.advance(4_000);
    expect(line.ended).toEqual([]);
    line.now.quiet = true;
    line.clock.advance(1_000);
    expect(line.ended).toEqual(['agent_ended: The caller said nothing any more.']);
  });

  it('A34: is left alone once they speak', () => {
    line.clock.advance(60_000);
    line.now.floor = true;
    line.now.quiet = false;
    line.clock.advance(1_000);
    line.now.floor = false;
    line.now.quiet = true;
    line.clock.advance(59_000);
    expect(line.said).toHaveLength(1);
    line.clock.advance(1_000);
    expect(line.said).toEqual(['Are you still there?', 'Are you still there?']);
    expect(line.ended).toEqual([]);
  });

  it('may type or press keys instead', () => {
    for (let turn = 1; turn <= 5; turn += 1) {
      line.clock.advance(50_000);
      line.now.turns = turn;
    }
    expect(line.said).toEqual([]);
  });

  it('is not silent while somebody else speaks', () => {
    line.now.quiet = false;
    line.clock.advance(300_000);
    expect(line.said).toEqual([]);
    line.now.quiet = true;
    line.clock.advance(59_000);
    expect(line.said).toEqual([]);
  });

  it('is not asked once nobody watches', () => {
    line.stop();
    line.clock.advance(300_000);
    expect(line.said).toEqual([]);
  });
});
