import { describe, expect, it } from 'vitest';
import { findDictation, restBetweenGroups } from './dictation.ts';

describe('findDictation', () => {
  it('slows what is written along: letters and digits in a row, not amounts', () => {
    const spoken = 'Reference G B, two zero two six, four eight two, is for one of forty two.';
    const { wordSettings, groupEnds } = findDictation(spoken);
    const slow = spoken.split(' ').filter((_word, index) => wordSettings(index) !== undefined);
    expect(slow.join(' ')).toBe('G B, two zero two six, four eight two,');
    expect(groupEnds).toEqual([2, 6]);
  });

  it('leaves a short number and a list of times alone', () => {
    const { wordSettings, groupEnds } = findDictation(
      'I have nine, ten thirty, or two. Room one two.',
    );
    expect([0, 1, 2, 3, 4, 5, 6, 7, 8].map(wordSettings).filter(Boolean)).toEqual([]);
    expect(groupEnds).toEqual([]);
  });
});

describe('restBetweenGroups', () => {
  const rateHz = 1_000;
  const samples = Int16Array.from({ length: 500 }, (_, index) =>
    index < 200 || index >= 300 ? 7 : 0,
  );
  const words = [
    { startMs: 0, endMs: 200 },
    { startMs: 300, endMs: 500 },
  ];

  it('makes the pause longer and moves what follows', () => {
    const longer = restBetweenGroups({ samples, words }, { rateHz, groupEnds: [0], pace: 1 });
    expect(longer.words).toEqual([
      { startMs: 0, endMs: 200 },
      { startMs: 460, endMs: 660 },
    ]);
    const loud = Array.from(longer.samples, (sample) => sample > 0);
    expect([loud.indexOf(false), loud.lastIndexOf(false) + 1, loud.length]).toEqual([
      200, 460, 660,
    ]);
  });

  it('cuts no sound where there is no pause', () => {
    const joined = [words[0], { startMs: 210, endMs: 500 }].filter((word) => word !== undefined);
    const sound = { samples, words: joined };
    expect(restBetweenGroups(sound, { rateHz, groupEnds: [0, 1], pace: 1 })).toBe(sound);
  });
});
