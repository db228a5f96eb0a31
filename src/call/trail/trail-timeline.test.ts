import { describe, expect, it } from 'vitest';
import { manualClock } from '../../lib/index.ts';
import type { TrailFact } from '../../protocol/index.ts';
import { createTimeline, type TimedFact } from './trail-timeline.ts';

const fact = (agent: string): TrailFact => ({ type: 'agent.started', agent });

function setUp() {
  const clock = manualClock();
  const released: TimedFact[] = [];
  const timeline = createTimeline(clock, (timed) => released.push(timed));
  const names = (): unknown[] =>
    released.map(({ fact: one, atMs }) => ['agent' in one && one.agent, atMs]);
  return { clock, timeline, names };
}

describe('the trail’s timeline', () => {
  it('holds what came later behind what is not known yet, each with its own time', () => {
    const { clock, timeline, names } = setUp();
    const place = timeline.reserve(1000, () => null);
    clock.advance(10);
    timeline.add(fact('later'));
    expect(names()).toEqual([]);
    clock.advance(10);
    place.fill(fact('earlier'));
    place.fill(fact('twice'));
    expect(names()).toEqual([
      ['earlier', 0],
      ['later', 10],
    ]);
  });

  it('goes on at the deadline, and puts what comes after it at the end', () => {
    const { clock, timeline, names } = setUp();
    const place = timeline.reserve(1000, () => null);
    timeline.add(fact('waiting'));
    clock.advance(1000);
    expect(names()).toEqual([['waiting', 0]]);
    place.fill(fact('late'));
    expect(names().at(-1)).toEqual(['late', 1000]);
  });

  it('writes what is said at the deadline, and nothing more', () => {
    const { clock, timeline, names } = setUp();
    const place = timeline.reserve(100, () => fact('guess'));
    clock.advance(100);
    place.fill(fact('late'));
    expect(names()).toEqual([['guess', 0]]);
  });

  it('gives a place up', () => {
    const { timeline, names } = setUp();
    const place = timeline.reserve(100, () => fact('never'));
    timeline.add(fact('next'));
    place.drop();
    expect(names()).toEqual([['next', 0]]);
  });

  it('releases everything at the end, in order', () => {
    const { timeline, names } = setUp();
    timeline.reserve(100, (final) => (final ? fact('so far') : null));
    timeline.reserve(100, () => null);
    timeline.add(fact('last'));
    timeline.finish();
    expect(names()).toEqual([
      ['so far', 0],
      ['last', 0],
    ]);
  });
});
