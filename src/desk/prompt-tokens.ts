/** Scripts in which a character is about a token of its own. */
const dense =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/gu;
const charsPerToken = 4;

/**
 * About how many tokens a model makes of a text, without its tokeniser: four characters a token, as
 * English has it, and one a token where writing is denser.
 */
export function estimateTokens(text: string): number {
  const denseChars = text.match(dense)?.length ?? 0;
  return denseChars + Math.ceil((text.length - denseChars) / charsPerToken);
}
