/**
 * What a caller's words say about a question they were asked.
 * - `passing`: neither, and no answer at all ("hm", "pardon?"): the question is still open.
 * - `other`: an answer that is neither.
 */
export type Consent = 'yes' | 'no' | 'passing' | 'other';

/** The words of one language. Patterns are looked for anywhere in what was said, in lower case. */
interface ConsentWords {
  readonly yes: RegExp;
  readonly no: RegExp;
  /** Whoever asks has not agreed. */
  readonly question: RegExp;
  /** Taken out before a no or a question is looked for: they hold its words and mean nothing of the kind. */
  readonly harmless: RegExp;
  /** Matches the whole of an utterance that is no answer. */
  readonly passing: RegExp;
}

const english: ConsentWords = {
  yes: /\b(?:yes|yeah|yea|yep|yup|aye|sure|certainly|absolutely|definitely|correct|(?:that'?s|that is|quite|all) right|ok|okay|fine|perfect|exactly|indeed|please do|do (?:it|that|so)|go (?:ahead|for it|on)|sounds good|that works|that'?s it|of course|by all means|i (?:do|am|confirm|agree)|confirm(?:ed)?)\b/,
  no: /\b(?:no|nope|nah|not|never|none|neither|nothing|don'?t|doesn'?t|didn'?t|isn'?t|aren'?t|won'?t|can'?t|cannot|shouldn'?t|wait|stop|hold on|hang on|actually|forget it|leave it|wrong|incorrect|instead|rather|changed? my mind|on second thoughts?)\b/,
  question:
    /^(?:is|are|was|were|does|did|can|could|will|would|should|shall|may)\b|\b(?:what|when|where|which|how|who|whose|why)\b|\?$/,
  harmless:
    /\b(?:no (?:problem|worries|doubt)|not a problem|why not|don'?t worry|can'?t wait|what i (?:want(?:ed)?|said|need|meant))\b/g,
  passing:
    /^(?:(?:u+h+|u+m+|e+r+m*|h+m+|m+h*m*|huh|oh|ah|well|so|and|hello|sorry|pardon(?: me)?|excuse me|what|say (?:that )?again|come again|can you repeat(?: that)?|could you repeat(?: that)?|(?:please )?repeat(?: that)?|let me (?:see|think))\b[^\p{L}\p{N}]*)+$/u,
};

const wordsOf: ReadonlyMap<string, ConsentWords> = new Map([['en', english]]);

/** Whoever says more has not simply answered. */
const longestAnswerChars = 500;

/**
 * Judges an answer to "shall I?". A no anywhere in it wins over every yes.
 *
 * Where no words of the language are known, anything that is not a no counts as a yes, and English
 * words are what a no is known by: add the language's words above before a desk in it writes anything.
 *
 * @param language BCP 47
 */
export function consentIn(text: string, language: string): Consent {
  const known = wordsOf.get(language.split('-', 1)[0]?.toLowerCase() ?? '');
  const { yes, no, question, harmless, passing } = known ?? english;
  const said = text.toLowerCase().replaceAll('’', "'").trim();
  if (said.length > longestAnswerChars) return 'other';
  if (said === '' || !/[\p{L}\p{N}]/u.test(said) || passing.test(said)) return 'passing';
  const plain = said.replace(harmless, ' ');
  if (no.test(plain)) return 'no';
  if (known === undefined) return 'yes';
  if (question.test(plain)) return 'other';
  return yes.test(plain) || plain !== said ? 'yes' : 'other';
}
