/** What a question may be answered with. */
export type AnswerKind =
  'amount' | 'choice' | 'confirm' | 'date' | 'day' | 'letters' | 'name' | 'number' | 'time';

/** The first that fits a question, or every one that does when several things are asked for at once. */
const signs: readonly (readonly [kind: AnswerKind, sign: RegExp])[] = [
  ['letters', /\b(spell|spelt|spelled|spelling|letter by letter|letters)\b/],
  ['date', /\b(date of birth|birth ?day|born|what(?:'s| is)? (?:the |your )?date|which date)\b/],
  ['amount', /\b(how much|amount|budget|price range)\b/],
  [
    'number',
    /\b(numbers?|digits?|code|pin|how many|how old|reference|postcode|post code|zip|extension)\b/,
  ],
  [
    'time',
    /\b(what time|which time|time of day|time (?:suits|works|would)|morning or (?:an |the )?afternoon)\b/,
  ],
  ['day', /\b(what day|which day|day (?:suits|works|would)|when|how soon|day and time)\b/],
  ['name', /\b(names?|who am i speaking|who is calling|who's calling)\b/],
  ['choice', /\b(which|or|either|options?|prefer|rather)\b/],
];
/** Openings of a question that is answered by yes or no. */
const confirming =
  /^(?:(?:and|so|okay|great|good|thanks|thank you|sorry|now|then|well|alright|all right)[, ]+)*(?:is|are|was|were|am|do|does|did|have|has|had|can|could|shall|should|will|would|may|might|isn't|aren't|don't|doesn't|didn't|haven't|won't|wouldn't|anything|right|correct|still|ready|sure)\b/;
/** Tails of one. */
const confirmingEnd = /\b(right|correct|okay|all right|alright|yes|fine|good)\?$/;
/** A request that is no question: “please tell me your name”. */
const request = /\b(tell me|give me|say|spell|need|have|know|confirm|enter|choose)\b/;

/**
 * What kinds of answer the last thing an agent said asks for, by the general wording of questions.
 *
 * @param asked what was said, in whole sentences.
 * @returns none when nothing is asked, or nothing that has a usual form of answer.
 */
export function answerKindsOf(asked: string): readonly AnswerKind[] {
  const question = lastQuestion(asked.toLowerCase().replaceAll('’', "'"));
  if (question === null) return [];
  const kinds = new Set<AnswerKind>();
  for (const [kind, sign] of signs) if (sign.test(question)) kinds.add(kind);
  // “Your phone number?” wants no name, “the number of the one you prefer” no choice.
  if (kinds.size > 1) kinds.delete('choice');
  if (
    kinds.has('number') &&
    /\b(?:phone|account|invoice|order|reference|customer)s? name\b/.test(question)
  )
    kinds.delete('name');
  if (confirming.test(question) || confirmingEnd.test(question)) {
    // “Can you give me your number?” is answered with the number, “is that the right day?” is not.
    if (!request.test(question)) return kinds.has('choice') ? ['choice', 'confirm'] : ['confirm'];
    kinds.add('confirm');
  }
  return [...kinds].sort();
}

/** The last sentence that asks for something; what follows a question is often only politeness. */
function lastQuestion(text: string): string | null {
  const sentences = text.match(/[^.?!]+[.?!]*/g)?.map((one) => one.trim()) ?? [];
  const asking = sentences.findLast((one) => one.endsWith('?'));
  return asking ?? sentences.findLast((one) => request.test(one) && /\byour?\b/.test(one)) ?? null;
}
