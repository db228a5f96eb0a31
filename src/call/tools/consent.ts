/**
 * What a caller's words say about a question they were asked.
 * - `passing`: neither, and no answer at all ("hm", "pardon?"): the question is still open.
 * - `other`: an answer that is neither.
 */
export type Consent = 'yes' | 'no' | 'passing' | 'other';

/** The words of one language, looked for in what was said, in lower case. */
interface ConsentWords {
  /** A yes wherever it stands. */
  readonly yes: RegExp;
  /** A yes where the answer begins with it; elsewhere it may mean anything ("it is fine with me if …"). */
  readonly opening: RegExp;
  /** A yes when it is the whole of the answer. */
  readonly whole: RegExp;
  readonly no: RegExp;
  /** What follows takes part of the yes back. */
  readonly condition: RegExp;
  /** Whoever asks has not agreed. */
  readonly question: RegExp;
  /** Taken out before a no or a question is looked for: they hold its words and mean yes. */
  readonly agreeing: RegExp;
  /** Taken out as well, but mean neither. */
  readonly harmless: RegExp;
  /** Matches the whole of an utterance that is no answer. */
  readonly passing: RegExp;
}

const english: ConsentWords = {
  yes: /\b(?:yes|yeah|yea|yep|yup|aye|absolutely|that(?:'?s| is) (?:right|correct)|please do|go ahead|sounds good|of course|by all means|i (?:confirm|agree))\b/,
  opening:
    /^(?:(?:oh|ah|well|um+|uh+|so|and)[,.!]?\s+)*(?:sure|certainly|definitely|correct|(?:quite|all) right|ok|okay|fine|perfect|exactly|indeed|that works|confirm(?:ed)?|go (?:for it|on))\b/,
  whole:
    /^(?:i (?:do|am)|that'?s (?:it|fine)|do (?:it|that|so))[\s,.!]*(?:please|thanks|thank you)?[\s.!]*$/,
  no: /\b(?:no|nope|nah|not|never|none|neither|nothing|don'?t|doesn'?t|didn'?t|isn'?t|aren'?t|won'?t|can'?t|cannot|shouldn'?t|wait|stop|hold on|hang on|actually|forget it|leave it|skip it|scrap (?:it|that)|negative|refuse|decline|wrong|incorrect|instead|rather|changed? my mind|on second thoughts?)\b/,
  condition: /\b(?:but|except|unless|only if|make (?:it|that)|another)\b/,
  question:
    /^(?:is|are|was|were|does|did|can|could|will|would|should|shall|may)\b|\b(?:what|when|where|which|how|who|whose|why)\b|\?$/,
  agreeing:
    /\b(?:no (?:problem|worries|doubt)|not a problem|why not|can'?t wait(?! (?:that|so|this)))\b/g,
  harmless: /\b(?:don'?t worry|what i (?:want(?:ed)?|said|need|meant))\b/g,
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
  const words = known ?? english;
  const said = text.toLowerCase().replaceAll('’', "'").trim();
  if (said.length > longestAnswerChars) return 'other';
  if (said === '' || !/[\p{L}\p{N}]/u.test(said) || words.passing.test(said)) return 'passing';
  const others = said.replace(words.agreeing, ' ');
  const plain = others.replace(words.harmless, ' ').trim();
  if (words.no.test(plain)) return 'no';
  if (known === undefined) return 'yes';
  if (words.question.test(plain) || words.condition.test(plain)) return 'other';
  const agreed = [words.yes, words.opening, words.whole].some((yes) => yes.test(plain));
  return agreed || others !== said ? 'yes' : 'other';
}
