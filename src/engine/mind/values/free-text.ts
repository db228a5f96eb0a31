import { isBareAnswer, isEmptyTalk, socialOf, wordsOf } from '../language/index.ts';

const opening =
  /^(?:(?:well|um|uh|er|so|oh|yes|yeah|ok|okay|just|sorry|no|the reason is(?: that)?|(?:it's|it is|its|that's|that is) because|because(?: of)?|cause|it was because|please|say|tell them)[,.]? )+/i;

const telling =
  /\b(?:please )?(?:(?:tell|let|inform|remind|ask) (?:them|him|her|everyone|somebody|someone|the (?!truth)\p{L}+|dr\.? \p{L}+|doctor \p{L}+|mrs?\.? \p{L}+)|(?:the |my )message is(?: that)?:?) .{3,}$/isu;

/** Words that are to be passed on: "tell them my heating is off". */
export const toldIn = (text: string): string | undefined => telling.exec(text.trim())?.[0].trim();

/**
 * What the caller said about a matter, in the caller's words.
 *
 * @param expected it was asked for: the whole utterance counts. Else only what follows "because".
 */
export function freeTextIn(text: string, expected: boolean): string | undefined {
  const said = text.trim();
  if (!expected) {
    const cause = /\b(?:because|due to|on account of|the reason is)\b,?\s*(.+)$/i.exec(said)?.[1];
    return cause !== undefined && wordsOf(cause).length >= 2 ? cause.trim() : undefined;
  }
  if (isBareAnswer(said)) return undefined;
  const kept = said.replace(opening, '').trim();
  const rest = socialOf(kept).rest;
  if (rest === '' || (isEmptyTalk(rest) && wordsOf(rest).length < 3)) return undefined;
  return kept === '' ? undefined : kept;
}
