import { expect, it } from 'vitest';
import { estimateTokens } from './prompt-tokens.ts';

it.each([
  ['nothing', '', 0],
  ['English, at four characters a token', 'x'.repeat(41), 11],
  ['Japanese, at a character a token', 'こんにちは', 5],
  ['both', 'Say こんにちは to everyone.', 10],
])('estimates %s', (_title, text, tokens) => {
  expect(estimateTokens(text)).toBe(tokens);
});
