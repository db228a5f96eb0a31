import { describe, expect, it } from 'vitest';
import type { Decoded } from './decoder.ts';
import { doubtSparse, judge, standingWith } from './verdict.ts';

/** Below this an agent asks the caller to say it again. */
const understoodFrom = 0.35;

function heard(text: string, score: number, posterior = 0.95): Decoded {
  const words = text.split(' ').map((word) => ({
    ...{ word, startFrame: 0, endFrame: 1, posterior },
    ...{ acoustic: 0, language: 0 },
  }));
  return { words, score, cepstra: { sum: new Float64Array(13), frames: 0 } };
}

// Scores are of Flite's voice awb.
describe('what was asked', () => {
  it('is believed to be answered where that fits what was heard best', () => {
    const letters = heard("that's m. i. t. h.", -7_828);
    const { text, confidence } = judge(
      heard('it has been like to see a due', -10_678),
      heard("that's good i. t. h.", -9_767),
      letters,
    );
    expect(text).toBe("that's m i t h");
    expect(confidence).toBeGreaterThan(understoodFrom);
  });

  it('does not make an answer out of something else', () => {
    const other = heard('actually i need to change my booking', -9_000);
    expect(judge(other, other, heard('uh yes', -9_200)).text).toBe(
      'actually i need to change my booking',
    );
  });

  it('does not put another name in the place of one that is firm', () => {
    const jane = heard('my name is jane miller', -9_000);
    const kate = heard('my name is kate miller', -8_200);
    expect(judge(jane, jane, kate).text).toBe('my name is jane miller');
    const unsure = heard('my name is j miller', -9_300, 0.6);
    expect(judge(jane, unsure, kate, true).text).toBe('my name is jane miller');
    // Nobody asked for a name: a number is what was given.
    const digits = heard('its one zero four two', -8_200);
    expect(judge(heard('its juan zero four two', -9_000), unsure, digits).text).toBe(
      'its one zero four two',
    );
  });

  it('is not acted on when a single word is heard by nobody else', () => {
    const { text, confidence } = judge(
      heard('euros', -4_566),
      heard('us', -4_085),
      heard('yes', -3_801),
    );
    expect(text).toBe('yes');
    expect(confidence).toBeLessThan(understoodFrom);
  });

  it('lets the words stand sooner that two decoders agree on', () => {
    const number = heard('seven seven four', -5_000, 0.75);
    expect(standingWith(number, null)).toBe('likely');
    expect(standingWith(number, number)).toBe('sure');
    expect(standingWith(number, heard('seven four', -5_000))).toBe('likely');
  });
});

it('does not believe a short word in eight seconds of music, and believes it in a short turn', () => {
  const word = heard('no', -2_000);
  const alone = judge(word, word);
  expect(doubtSparse(alone, [word, word], 8_000).confidence).toBeLessThan(understoodFrom);
  expect(doubtSparse(alone, [word, word], 1_200)).toEqual(alone);
});
