import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heardText, isHeardOut, newItem, writtenText, type SpokenItem } from './playback.ts';

const item = (words: SpokenItem['words'], audioMs: number): SpokenItem => ({
  ...newItem({ itemId: 'i', responseId: 'r', agent: 'a' }),
  words,
  audioMs,
  complete: true,
});

describe('what a caller heard', () => {
  it('is cut after the last whole word', () => {
    const all = item([{ text: 'alpha bravo charlie delta', atMs: 0 }], 1000);
    expect(heardText(all, 500)).toBe('alpha bravo');
    expect(heardText(all, 10)).toBe('');
    expect(heardText(all, 0)).toBe('');
    expect(heardText(all, 1000)).toBe('alpha bravo charlie delta');
  });

  it('follows the places at which the words came', () => {
    // A slow first sentence, a quick second one.
    const two = item(
      [
        { text: 'Hello. ', atMs: 0 },
        { text: 'How can I help you today?', atMs: 1500 },
      ],
      2000,
    );
    expect(heardText(two, 1200)).toBe('');
    expect(heardText(two, 1500)).toBe('Hello.');
    expect(heardText(two, 1750)).toBe('Hello. How can I');
  });

  it('takes a missing fraction of a frame for heard', () => {
    const done = item([{ text: 'bye', atMs: 0 }], 500);
    expect(isHeardOut(done, 470)).toBe(true);
    expect(isHeardOut(done, 400)).toBe(false);
    expect(isHeardOut({ ...done, complete: false }, 500)).toBe(false);
  });

  it('only ever grows, and is always a beginning of what was written', () => {
    const arbitrary = fc
      .array(fc.record({ text: fc.stringMatching(/^[a-z]{1,6} $/), gap: fc.nat(200) }), {
        minLength: 1,
        maxLength: 12,
      })
      .map((parts) => {
        let atMs = 0;
        const words = parts.map(({ text, gap }) => ({ text, atMs: (atMs += gap) }));
        return item(words, atMs + 100);
      });
    fc.assert(
      fc.property(arbitrary, fc.nat(3000), fc.nat(3000), (spoken, a, b) => {
        const [less, more] = [heardText(spoken, Math.min(a, b)), heardText(spoken, Math.max(a, b))];
        expect(more.startsWith(less)).toBe(true);
        expect(writtenText(spoken).startsWith(more)).toBe(true);
      }),
    );
  });
});
