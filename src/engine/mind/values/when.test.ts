import { describe, expect, it } from 'vitest';
import { whenIn } from './when.ts';

describe('when something is to be, in words', () => {
  it.each([
    ['a callback tomorrow at ten', 'tomorrow at ten'],
    ['call me back at 212 555 0142 monday afternoon', 'monday afternoon'],
    ['please ring me on Tuesday after half past five pm.', 'on Tuesday after half past five pm'],
    ['can they call me as soon as possible', 'as soon as possible'],
    [
      'a callback between nine and eleven tomorrow morning',
      'between nine and eleven tomorrow morning',
    ],
    ['call me next week, any time', 'next week, any time'],
  ])('%s', (said, when) => {
    expect(whenIn(said, false)).toBe(when);
  });

  it.each([
    'a callback please',
    'call me back at 2125550142',
    'somebody should ring me about my order',
  ])('none in "%s"', (said) => {
    expect(whenIn(said, false)).toBeUndefined();
  });

  it('is the whole of what is said when it was asked for', () => {
    expect(whenIn('the first of december around lunch', true)).toBe(
      'the first of december around lunch',
    );
    expect(whenIn('yes please', true)).toBeUndefined();
  });
});
