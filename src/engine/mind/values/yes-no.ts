import { plain, socialOf } from '../language/index.ts';

const yes = /^(?:(?:oh|well|um|uh|er|i think|so) )*(?:yes|yeah|yep|yup|aye)\b/;
const no = /^(?:(?:oh|well|um|uh|er|i think|so) )*(?:no|nope|nah|never)\b/;
const denying =
  /\b(?:not|no|none|never|without|neither|nothing|(?:do|does|did|will|would|could|should|is|are|was|have|has|had|ca|wo)n't|cannot)\b/;
const affirming =
  /\b(?:certainly|definitely|absolutely|surely|please|i (?:do|am|will|would|have|can|did)|we (?:do|are|will|would|have|can|did)|(?:i|we)(?:'ll|'d| will| would)? (?:need|want|like|love)|it (?:is|was|does|has|will|would)|there is|i (?:think|guess|suppose|believe|hope) so|(?:that )?(?:would|will) be (?:great|good|nice|lovely|fine|perfect|helpful)|great|lovely|that's it|exactly|right|it's|they are|they do|why not|go (?:on|for it))\b/;

/** A yes or a no in whatever words it comes. Undefined when it is neither. */
export function yesOrNo(text: string): boolean | undefined {
  const said = plain(text).replaceAll(/[.,!?;]+(?=\s|$)/g, '');
  if (yes.test(said)) return true;
  if (no.test(said)) return false;
  if (/\b(?:don't|do not) know\b|\bnot sure\b|\bno idea\b|\bwhy not\b/.test(said))
    return /\bwhy not\b/.test(said) ? true : undefined;
  if (denying.test(said)) return false;
  return socialOf(text).yes || affirming.test(said) ? true : undefined;
}

/**
 * Whether something is wanted, from a sentence that names it along the way: "with breakfast" is a
 * yes, "without breakfast" a no.
 *
 * @param names stems of words that name it.
 * @param stemsOf how words are brought to their stems.
 */
export function wantedAlong(
  text: string,
  names: readonly string[],
  stemsOf: (text: string) => readonly string[],
): boolean | undefined {
  for (const clause of plain(text).split(/[,.;]|\b(?:but|and then|because)\b/)) {
    const stems = stemsOf(clause);
    if (names.length === 0 || !names.every((name) => stems.includes(name))) continue;
    return !denying.test(clause);
  }
  return undefined;
}
