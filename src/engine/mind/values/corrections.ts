/** Words with which a speaker takes back what came before them in the same breath. */
const taken =
  /(?<=^|[\s,.;-])(?:no,? wait|wait,? no|no,? sorry|sorry,? no|no,? make (?:it|that)|sorry,? make (?:it|that)|make (?:it|that)|scratch that|correction|or rather|i mean(?:t)?|actually,? no|actually|sorry|no|wait)(?=[\s,.;]|$)[\s,.;]*/giu;

/**
 * What stands behind the last word that took something back: "tuesday, no wait, wednesday" →
 * "wednesday". Undefined when nothing was taken back, or nothing follows.
 */
export function correctedTo(text: string): string | undefined {
  let end = 0;
  let at = 0;
  for (const match of text.matchAll(taken)) {
    const after = match.index + match[0].length;
    if (text.slice(after).search(/[\p{L}\d]/u) >= 0) [at, end] = [match.index, after];
  }
  // At the very beginning it takes back what was said before this utterance.
  return end > 0 && /[\p{L}\d]/u.test(text.slice(0, at)) ? text.slice(end) : undefined;
}

/** "Not the fifth, the sixth": whether something is named only to be turned down. */
export const isContrasting = (text: string): boolean => /\bnot\b(?! (?:sure|really))/i.test(text);
