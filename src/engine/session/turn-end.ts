import { isListening } from '../listening-sounds.ts';
import { digitsAtEnd } from './spoken-digits.ts';

/** Whether the words so far sound like all that is to come. */
export type TurnVerdict = 'finished' | 'unfinished' | 'unknown';

/** What a turn is judged by. */
export interface TurnSoFar {
  /** The words so far, as ears give them: lower case, no punctuation; empty when there are none. */
  readonly words: string;
  /** What the caller was asked last; empty for nothing. */
  readonly asked: string;
  /** How many digits codes have that the session's tools take, of those that say so. */
  readonly codeLengths: readonly number[];
  /** The agent was to be heard when the turn began. */
  readonly overAgent: boolean;
  /** The ears tell words before the end of a turn, so that none is a sign that they are behind. */
  readonly tellsWords: boolean;
}

const hesitation = /^(?:u+[hm]+|e+r+m*|a+h+|h+m+|m+|well|so|like|and)$/;
const closer =
  /\b(?:please|thanks|thank you|good ?bye|bye|that's (?:all|it|everything)|that is all|that'll be all|nothing else|all right|right now)$/;
const assent =
  /^(?:(?:oh|um|uh|well) )?(?:yes|yeah|yep|yup|no|nope|sure|correct|okay|ok|right|fine|exactly|perfect|of course|go ahead|that's (?:right|correct|fine|it)|sounds good|not really|i do|i am|it is|i don't)(?: (?:it is|it does|i do|i am|please|thanks|thank you|that's (?:right|correct|fine|it|me)|sure|okay|that works))*$/;
/** Words that need another behind them. */
const dangling = new RegExp(
  `\\b(?:${[
    "the|a|an|my|your|his|its|our|their|this is|it's|that's|there's|i'm|i'd|i'll|i've|we'd|we're|he's|she's",
    'of|to|for|from|at|with|by|about|into|on|in|and|or|but|because|if|since|than|between|until|unless|is|are|was|were|am|be',
    "i (?:need|want|have|was|would|will|can|could|just|also|only|think|wanted|needed)|would like|'d like|let me|(?:can|could|would|may|shall|should) (?:i|you|we)|please (?:can|could)|looking|calling",
    'number is|name is|it is|quarter past|half past|quarter to|number',
  ].join('|')})$`,
);
/** Ends like the above that are ends all the same. */
const rounded =
  /(?:^(?:yes|yeah|no|sure)(?: please)? (?:i|it|that|we|he|she|they)(?:'d| would)? (?:is|are|was|were|am|have|would|will|can|could|need|want|think|like to)$|^(?:(?:hold|hang|go|come) on|i (?:think|suppose|guess) it is)$|^(?:what|who|where|which|how)\b.* (?:for|from|to|with|about|at|in|on|of|is|are|was|it is|i need|i want|number)$|\bthe number$|^number$)/;
const question =
  /^(?:(?:and|so|but|okay|hi|hello|well|um|also|sorry|excuse me) )*(?:what|what's|when|where|who|how|which|why|is|are|do|does|did|can|could|will|would|may|have|has) \S+ \S+ \S+/;
const request =
  /\b(?:(?:i'd|would) like to|(?:want|need) to|like an?|need an?|want an?|have an?|can (?:i|you)|could (?:i|you)|calling about|looking for) \S+(?: \S+)+$/;

const months =
  'january|february|march|april|may|june|july|august|september|october|november|december';
const dayName =
  /\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|tomorrow)(?: (?:morning|afternoon|evening))?$/;
const clock =
  /\b(?:o'clock|a m|p m|am|pm|noon|midday|morning|afternoon|evening|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) (?:fifteen|twenty|thirty|forty(?:[- ]five)?)|(?:past|to) (?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve))$/;
const ordinal =
  /\b(?:first|second|third|fourth|fifth|last|later|earlier|other|latter|former)(?: one)?$/;
/** "nineteen eighty two", "two thousand and four", "nineteen oh five". */
const year =
  /\b(?:nineteen|twenty|eighteen) (?:oh |o )?(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety) ?-?(?:one|two|three|four|five|six|seven|eight|nine)|(?:ten|eleven|twelve|\w+teen)|(?:oh |o )(?:one|two|three|four|five|six|seven|eight|nine))$|\bthousand(?: and)? (?:\w+|\w+ \w+)$|\b(?:19|20)\d\d$/;

const asks = {
  birth: /\b(?:birth|birthday|born)\b/,
  date: /\b(?:date|what day|which day|when)\b/,
  time: /\b(?:what time|which time|when|morning or|o'clock)\b/,
  name: /\bnames?\b/,
  fullName: /\b(?:full|first and last|whole) name\b/,
  spelling: /\bspell/,
  phone: /\b(?:phone|telephone|mobile|cell) ?(?:number)?\b|\bnumber\b.*\b(?:call|reach)\b/,
  number: /\b(?:number|code|reference|digits|pin|zip|postcode)\b/,
  choice: /\b(?:which|or)\b/,
  yesOrNo:
    /(?:^|[,.;:!] )(?:is|are|am|do|does|did|can|could|shall|should|would|will|have|has|may|was|were|right|correct|okay)\b[^.?!]*\?$/,
} as const;

/**
 * Whether a caller who has paused has finished, going by their words and what they were asked. Where
 * words do not tell, `unknown`: silence alone decides. English.
 */
export function judgeTurn(turn: TurnSoFar): TurnVerdict {
  const words = turn.words.trim();
  if (words === '') return 'unknown';
  if (turn.overAgent && isListening(words)) return 'finished';
  const asked = turn.asked.toLowerCase();
  const list = words.split(' ');
  const last = list.at(-1) ?? '';
  if (list.every((word) => hesitation.test(word)) || /^(?:u+[hm]+|e+r+m*|and)$/.test(last)) {
    return 'unfinished';
  }
  if (assent.test(words)) {
    return asks.yesOrNo.test(asked.trim()) || closer.test(words) ? 'finished' : 'unknown';
  }
  const told = byQuestion(words, { ...turn, asked });
  if (told !== null) return told;
  if (!hangs(words)) return byWholeness(words, list);
  // A hum is heard as a word like "a" or "I'm".
  return turn.overAgent && list.length === 1 ? 'unknown' : 'unfinished';
}

/** Words that stop where nobody stops. */
function hangs(words: string): boolean {
  return dangling.test(words) && !rounded.test(words);
}

/** What the kind of answer that was asked for tells; null: nothing. */
function byQuestion(words: string, turn: TurnSoFar): TurnVerdict | null {
  const { asked, codeLengths } = turn;
  const list = words.split(' ');
  // Letters are heard as anything, and nobody knows how many are to come.
  if (asks.spelling.test(asked) && !closer.test(words)) return 'unfinished';
  if (asks.birth.test(asked)) {
    if (year.test(words)) return 'finished';
    const isPart = new RegExp(
      `\\b(?:${months}|nineteen|eighteen|twenty|thousand|thousand and|of|the|\\w+(?:th|first|second|third)|nineteen \\w+ty)$`,
    );
    if (isPart.test(words)) return 'unfinished';
  }
  const isNumberAsked = asks.number.test(asked) || asks.phone.test(asked);
  if (isNumberAsked || /\b(?:number|code|reference|invoice|account)\b/.test(words)) {
    const digits = digitsAtEnd(words);
    if (digits > 0) {
      const lengths = asks.phone.test(asked) ? [7, 10] : codeLengths;
      return spokenLengthVerdict(digits, lengths);
    }
  }
  if (hangs(words)) return null;
  if (asks.fullName.test(asked) && list.length === 1) return 'unfinished';
  if (asks.name.test(asked)) {
    const name = words.replace(/^.*\b(?:name is|name's|i'm|it's|it is|this is|i am) /, '');
    const count = name.split(' ').length;
    if (count === 2 || count === 3) return 'finished';
  }
  if (asks.date.test(asked) && dayName.test(words)) return 'finished';
  if ((asks.time.test(asked) || asks.choice.test(asked)) && clock.test(words)) return 'finished';
  if (asks.choice.test(asked) && ordinal.test(words)) return 'finished';
  return null;
}

/** A dictated number of this many digits, where numbers of these lengths are expected; none: any. */
function spokenLengthVerdict(digits: number, lengths: readonly number[]): TurnVerdict {
  if (lengths.length === 0) return digits < 4 ? 'unfinished' : 'unknown';
  const longest = Math.max(...lengths);
  if (digits === longest) return 'finished';
  if (digits > longest || lengths.includes(digits)) return 'unknown';
  return 'unfinished';
}

/** What the sentence itself tells. */
function byWholeness(words: string, list: readonly string[]): TurnVerdict {
  if (closer.test(words)) return 'finished';
  const isWhole = list.length >= 4 && (question.test(words) || request.test(words));
  return isWhole ? 'finished' : 'unknown';
}

/** What decides how long a pause may be: ears that are behind with the words are waited for. */
type Patience = Readonly<Record<TurnVerdict | 'behind', number>>;

/** How eager a session is to take the word; as OpenAI's `semantic_vad` has it. */
export type Eagerness = 'low' | 'medium' | 'high' | 'auto';

const medium: Patience = { finished: 320, unknown: 500, behind: 750, unfinished: 1_450 };
const patienceMs: Readonly<Record<Eagerness, Patience>> = {
  low: { finished: 500, unknown: 900, behind: 1_100, unfinished: 2_600 },
  medium,
  auto: medium,
  high: { finished: 220, unknown: 350, behind: 500, unfinished: 950 },
};
/** After sounds that only mean "go on", the agent is waited for. */
const listenerMs = 220;

/** Silence at which a pause is looked at; every patience is longer. */
export const pauseMs = 190;

/** @returns the silence after which such a turn is over. */
export function silenceAfter(turn: TurnSoFar, eagerness: Eagerness): number {
  if (turn.words.trim() === '' && turn.tellsWords) return patienceMs[eagerness].behind;
  const verdict = judgeTurn(turn);
  if (verdict === 'finished' && turn.overAgent && isListening(turn.words)) {
    return Math.min(listenerMs, patienceMs[eagerness].finished);
  }
  return patienceMs[eagerness][verdict];
}
