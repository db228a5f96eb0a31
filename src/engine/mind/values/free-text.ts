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

const asksFor =
  /\b(?:i(?:'d| would|'ll| will)? (?:like|want|need|love|have to)|(?:can|could|may|would|will) (?:i|you|we|somebody|someone|anybody|anyone)|i'm (?:calling|ringing|phoning|looking)|calling (?:about|because)|please|wondering|my (?:name|number|phone|mobile|address|postcode|e-?mail|reference)|the (?:reference|number|postcode)|(?:i|we) live|this is|i am \w+ \w+$)\b/i;
const subject =
  /^(?:(?:well|so|um|hi|hello|hey|yes|yeah|no|oh|okay|ok|good morning|sorry|also|because|since|that|then|now|basically|actually)[, ]+)*((?:an?|some|no|all|both|it|its|it's|there|there's|my|the|our|we|we've|we're|i|i've|i'm|he|he's|she|she's|they|they've|his|her|one|one's|someone|somebody|nobody|something|something's|water|that's|this)\b.*)$/i;
const stating =
  /\b(?:is|are|was|were|has|have|had|won't|doesn't|don't|didn't|can't|isn't|wasn't|aren't|never|keeps?|got|gone|broke|came|come|comes|went|fell|made|\w{2,}(?:ed|ing|es|ks|ts|ps|ns)|\w+'s|\w+'ve|\w+'re)\b/i;

/** Why something is wanted or what is wrong, told along with a wish: what states, and asks for nothing. */
export function causeIn(text: string): string | undefined {
  const kept = text
    .split(
      /[,.;!?]\s*|\b(?:but|so|and|because|since|please)\b|\b(?=(?:can|could|would|will) (?:you|somebody|someone|i|we)\b)/i,
    )
    .map((clause) => clause.trim())
    .flatMap((clause) => {
      const stated = subject.exec(clause)?.[1];
      const isTold =
        stated !== undefined &&
        wordsOf(stated).length >= 3 &&
        stating.test(stated) &&
        !asksFor.test(stated);
      return isTold ? [stated] : [];
    });
  const cause = kept.join(' and ');
  return cause === '' ? undefined : cause;
}

/** Where somebody or something is: "in the car park behind the town hall". */
export function placeIn(text: string): string | undefined {
  const place =
    /\b(?:i'm|i am|we're|we are|it's|it is|stuck|stranded|parked|standing|waiting|broken down|broke down)\b(?: \w+){0,2}? ((?:in|on|at|by|near|behind|outside|opposite|next to) (?!my\b|time\b|the phone\b|monday|tuesday|wednesday|thursday|friday|saturday|sunday|holiday\b)(?:(?! my (?:name|number|phone|mobile)| and (?:i|it|my|the|can)\b)[^,.;])+)/i.exec(
      text,
    )?.[1];
  return place !== undefined && wordsOf(place).length >= 3 ? place.trim() : undefined;
}
