import { expect, it } from 'vitest';
import { manualClock } from '../../lib/index.ts';
import { createFillers, defaultFiller } from './fillers.ts';

const begin = () => {
  const clock = manualClock();
  const said: string[] = [];
  const room = { quiet: true };
  const watch = createFillers({
    clock,
    afterMs: 1_200,
    phrase: 'One moment.',
    isQuiet: () => room.quiet,
    say: (text) => said.push(text),
  });
  return { clock, said, room, watch };
};

it('F4 says something once when a tool takes its time', () => {
  const { clock, said, watch } = begin();
  const ended = watch(undefined);
  clock.advance(1_199);
  expect(said).toEqual([]);
  clock.advance(10_000);
  expect(said).toEqual(['One moment.']);
  ended();
  watch('I am looking it up.');
  clock.advance(1_200);
  expect(said).toEqual(['One moment.', 'I am looking it up.']);
});

it('says nothing when the tool is quick', () => {
  const { clock, said, watch } = begin();
  watch(undefined)();
  clock.advance(10_000);
  expect(said).toEqual([]);
});

it('waits until nobody speaks', () => {
  const { clock, said, room, watch } = begin();
  room.quiet = false;
  const ended = watch(undefined);
  clock.advance(2_000);
  expect(said).toEqual([]);
  room.quiet = true;
  clock.advance(250);
  expect(said).toEqual(['One moment.']);
  ended();
});

it('speaks once for tools that run side by side', () => {
  const { clock, said, watch } = begin();
  const [first, second] = [watch('A'), watch('B')];
  clock.advance(5_000);
  first();
  clock.advance(5_000);
  expect(said).toEqual(['A']);
  second();
});

it('has a phrase for the desk’s language, and an English one otherwise', () => {
  expect(defaultFiller('de-AT')).toBe('Einen Moment bitte.');
  expect(defaultFiller('fi')).toBe('One moment, please.');
});
