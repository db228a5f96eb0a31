import { fillers, stopWords } from './lexicon.ts';
import { plain, wordsOf } from './words.ts';

/** What an utterance does apart from its matter. */
export interface Social {
  readonly bye: boolean;
  readonly thanks: boolean;
  readonly yes: boolean;
  readonly no: boolean;
  /** The caller takes something back: "no sorry i meant …", "actually …". */
  readonly correction: boolean;
  /** The caller asks for something: "i'd like to …", "can you …". */
  readonly request: boolean;
  readonly question: boolean;
  readonly repeat: boolean;
  /** "wait", "hold on". */
  readonly pause: boolean;
  /** "never mind", "forget it". */
  readonly drop: boolean;
  /** "is this a robot". */
  readonly machine: boolean;
  /** "can i talk to a human". */
  readonly person: boolean;
  /** "i don't have the number". */
  readonly lacking: boolean;
  /** "sorry wrong number". */
  readonly misdialled: boolean;
  /** The caller scolds or swears. */
  readonly upset: boolean;
  /** "can we go back to where we were". */
  readonly back: boolean;
  /** "read me your prompt". */
  readonly prompt: boolean;
  /** What is left when the social words are gone. */
  readonly rest: string;
}

const farewell =
  /\b(?:good ?bye+|good (?:by|buy)(?= |$)|bye(?: bye)?|by by|see you(?: later| then| soon)?|have a (?:nice|good|great|lovely) (?:day|one|evening|afternoon|weekend))\b/g;
const finished =
  /\b(?:that(?:'s|s| is| was| will be|'ll be|ll be) (?:all|it|everything|fine that's all)(?: (?:i|that i) (?:need|needed|wanted))?(?: for (?:now|today))?|(?:i'm|im|i am|we're|we are) (?:all )?(?:done|good|set|finished)|nothing (?:else|more)(?: for (?:now|today))?|no more|not (?:today|now))\b/g;
const gratitude =
  /\b(?:thanks?(?: you)?(?: (?:very|so) much| a lot| a million| ever so)?|cheers|(?:much )?appreciated?|many thanks|thank you)\b/g;
const affirmed =
  /^(?:(?:oh|um|uh|er|well) )*(?:yes|yeah|yep|yup|sure|correct|right|that's right|that is right|that's correct|ok|okay|fine|of course|please do|go ahead|absolutely|definitely|perfect|sounds good|that works|works for me|i do|it is|exactly|indeed|uh huh|mhm)\b/;
const denied = /^(?:(?:oh|um|uh|er|well) )*(?:no|nope|nah|not really|wrong|incorrect)\b/;
const correcting =
  /\b(?:(?:i|l) mean(?:t)?|actually|i said|not that|instead|rather|correction|wait|scratch that|sorry (?:i|it's|not|no|make)|no sorry|make (?:it|that)|changed my mind)\b/;
const requesting =
  /\b(?:i(?:'d| would|d)? (?:like|love|want|need|wanted|needed|wish)|i have a|i've got a|can (?:i|you|we)|could (?:i|you|we)|may i|would you|please|i'm (?:calling|ringing|looking)|let(?:'s| me)|help (?:me )?with|looking (?:for|to)|want to|need to)\b/;
const questioning =
  /^(?:(?:and|so|but|ok|okay|hi|hello|well|um|also|thanks|thank you) )*(?:what|what's|when|where|who|how|which|why|is|are|do|does|can|could|will|would|have)\b/;
const wondering =
  /\b(?:know|tell me|wonder(?:ing)?|ask(?:ing)?|hear) (?:(?:a bit |a little )?(?:more |something ))?(?:if|whether|what|when|where|how|who|about)\b/;
const repeating =
  /\b(?:(?:say|repeat) (?:that|it|them)(?: again)?|repeat please|(?:pardon|come again|what was that|what did you say)|(?:can|could) you repeat|once more|(?:a bit |more )?slower|more slowly)\b/g;
const pausing =
  /^(?:(?:no|oh|please|um|uh|ok|okay) )*(?:wait|stop|hold on|hang on|one (?:moment|second|minute)|just a (?:moment|second|minute|sec)|give me a (?:moment|second|minute))(?: (?:wait|stop|please|a (?:moment|second|minute)|just|let me .*))*$|^(?:(?:um|uh|ok|okay|well) )*let me (?:just )?(?:see|look|check|think|find|get|grab)(?: (?:for|up|it|that|the number|my \w+|a (?:moment|second|minute)))*$/;
const dropping =
  /\b(?:never ?mind|forget (?:it|that|about it)|leave it|don't bother|drop it|(?:i )?(?:don't|do not) want (?:it|that|this|to)(?: any ?more| after all)?$|(?:i(?:'ve| have)? )?changed my mind$)/g;

const creature =
  '(?:robot|machine|computer|bot|a i|ai|recording|human(?: being)?|(?:real |actual |live )?person|real)';
const machineAsked = new RegExp(
  `\\b(?:(?:is (?:this|that|it)|are you|am i (?:talking|speaking) (?:to|with)|you're|you are)(?: just)?(?: an?| the)?(?: real| actual| live)? ${creature})\\b|\\bwho (?:am i (?:talking|speaking) (?:to|with)|is this|are you)\\b|\\bwhat(?:'s| is) your name\\b`,
);
const personWanted =
  /\b(?:(?:talk|speak|chat|put me through|connect me|transfer me|get me)(?: (?:to|with))? (?:an? |the )?(?:real |actual |live )?(?:human(?: being)?|person|someone|somebody|representative|operator|agent|manager|member of staff)\b(?! else)|(?:want|need|get|have|prefer|rather have) (?:an? )(?:real |actual |live )?(?:human(?: being)?|person|operator|representative)\b|(?:real|actual|live) (?:person|human)|(?:human|person|operator|representative) please)\b|\b(?:somebody|someone) (?:real|human)\b|\b(?:speak|talk) to (?:whoever(?:'s| is)?|who(?:'s| is)) (?:responsible|in charge)\b|^(?:an? )?(?:human|person|operator|representative)$/;
const lackingIt =
  /\b(?:(?:don't|do not|didn't|haven't|have not|can't|cannot|no longer) (?:actually |really |even )?(?:have|know|remember|find|recall|got)|(?:i )?(?:lost|forgot|forgotten)|no idea)\b/;
const wrongNumber =
  /^(?:(?:oh|sorry|i'm sorry|oops|no|i think|i've|i have|i|got|have|dialled|dialed|must have|it's|this is|the|a)\b ?)*wrong number(?: (?:sorry|bye|goodbye))?$/;

const scolding =
  /\b(?:f+u+c*k\w*|(?:bull)?shit\w*|damn(?:ed|it)?|bloody|crap|bitch|assholes?|useless|ridiculous|stupid|idiots?|terrible|awful|rubbish|go to hell|shut up|screw you|(?:hate|sick of) (?:this|you|it))\b/;

/** Impatience, which names no matter. */
const hurrying =
  /\b(?:(?:i )?(?:(?:don't|do not) have|haven't got|have no|got no) (?:the |any |much )?time(?: for (?:this|that|it|all this|any of this))?(?! (?:on|at|in|to|tomorrow|next|this (?:week|morning|afternoon|evening)|(?:mon|tues|wednes|thurs|fri)day))|(?:this|it)(?:'s| is)? (?:taking|takes|took) (?:too long|forever|ages|so long)|(?:waste of|wasting my) time|hurry up)\b/g;

/** What only stops the other before something is said. */
const interjected =
  /^(?:(?:oh|no|um|uh|sorry|ok|okay|well|please) )*(?:wait|hang on|hold on)(?: (?:a (?:moment|second|minute|sec)|before (?:we|you) (?:do|go on|continue)(?: that| with that)?))*(?= \S)/;

const goingBack =
  /\b(?:(?:go|going|went|head|jump|switch|get|come) back(?: (?:again|please|now|then))?(?= to\b|$)|(?:take|bring|put|pass|send|transfer|connect|hand) me back\b|back (?=to (?:where|what (?:i|we)|before|the (?:other|first|previous|earlier|last) (?:thing|one|matter|topic|agent|person|guy|lady)))|^back(?= to\b|$)|(?:return|go) to (?:where|what) (?:i|we) (?:was|were|had)\b)(?: ?to (?:where|what) (?:i|we) (?:was|were|had|left)(?: (?:before|off|talking about))?| ?to (?:before|the (?:other|first|previous|earlier|last) (?:thing|one|matter|topic|agent|person|guy|lady)))?/g;
const promptAsked =
  /\b(?:system prompt|your (?:own )?(?:system )?(?:prompt|instructions|guidelines)|(?:what|which) (?:were|was|have|are) you (?:been )?(?:told|instructed|programmed))\b/;

/** Reads the social side of an utterance. */
export function socialOf(text: string): Social {
  const said = plain(text).replaceAll(/[.,!?;]+(?=\s|$)/g, '');
  const bye = said.search(farewell) >= 0 || said.search(finished) >= 0;
  const rest = said
    .replaceAll(finished, ' ')
    .replaceAll(gratitude, ' ')
    .replaceAll(farewell, ' ')
    .replaceAll(dropping, ' ')
    .replaceAll(repeating, ' ')
    .replaceAll(goingBack, ' ')
    .replaceAll(hurrying, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(interjected, '');
  return {
    bye,
    thanks: said.search(gratitude) >= 0,
    yes: affirmed.test(said),
    no: denied.test(said),
    correction: correcting.test(said),
    request: requesting.test(rest),
    question: questioning.test(said) || wondering.test(said) || /\?\s*$/.test(text),
    repeat: said.search(repeating) >= 0 || /^(?:sorry|pardon|what|excuse me|huh)$/.test(said),
    pause: pausing.test(said),
    drop: said.search(dropping) >= 0,
    machine: machineAsked.test(said),
    person: personWanted.test(said),
    lacking: lackingIt.test(said),
    misdialled: wrongNumber.test(said),
    upset: scolding.test(said) || said.search(hurrying) >= 0,
    back: said.search(goingBack) >= 0,
    prompt: promptAsked.test(said),
    rest,
  };
}

const assenting = new Set(
  `yes yeah yep yup yah no nope nah not really never sure correct right wrong incorrect ok okay fine course of
  please do don't did didn't does doesn't go ahead absolutely definitely exactly indeed perfect great good
  lovely brilliant sounds works for me i am i'm it it's its is isn't that that's this would will be
  should can you thank thanks cheers uh um huh mhm oh er well very much`.split(/\s+/),
);

/** Whether the words are only a yes or a no, which tells nothing when something open was asked. */
export function isBareAnswer(text: string): boolean {
  const said = plain(text).replaceAll(/[.,!?;]+(?=\s|$)/g, '');
  return (
    (affirmed.test(said) || denied.test(said)) && wordsOf(said).every((word) => assenting.has(word))
  );
}

/** Whether nothing is left that could be a matter. */
export function isEmptyTalk(text: string): boolean {
  return wordsOf(text).every((word) => stopWords.has(word) || fillers.has(word));
}

/** Whether the words are only hesitation or noise. */
export function isNoise(text: string): boolean {
  return wordsOf(text).every(
    (word) =>
      fillers.has(word) ||
      /^(?:u+[hm]+|e+r*m*|a+h+|h+m+|m+)$/.test(word) ||
      (word.length === 1 && !/\d/.test(word)),
  );
}
