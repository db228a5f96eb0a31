import { describe, expect, it } from 'vitest';
import { answererFor } from './answering.ts';
import { readPrompt } from './prompt.ts';

const prompt = readPrompt(`# What you know
- The shop is at 5 Mill Lane. There is free parking behind it.
- It is open Monday to Friday, from 9 to 5.
- If the caller wants a discount, say that there is none.

Today is Monday, 23 November 2026. The time is 09:15. Time zone: Europe/London.
Open the call by saying: "Mill Lane Books, hello."`);

describe('what instructions say', () => {
  it('gives today, the zone and the opening', () => {
    expect(prompt.today).toEqual({ year: 2026, month: 11, day: 23 });
    expect(prompt.timeZone).toBe('Europe/London');
    expect(prompt.opening).toBe('Mill Lane Books, hello.');
  });

  it.each([
    ['what are your opening hours', 'It is open Monday to Friday, from 9 to 5.'],
    ['where are you', 'The shop is at 5 Mill Lane.'],
    ['is there any parking', 'There is free parking behind it.'],
  ])('answers "%s"', (question, answer) => {
    expect(answererFor(prompt)(question)?.sentence).toBe(answer);
  });

  it.each(['do you give a discount', 'how much is the atlas', 'who wrote hamlet'])(
    'has no answer to "%s"',
    (question) => {
      expect(answererFor(prompt)(question)).toBeUndefined();
    },
  );
});
