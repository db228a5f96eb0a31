import { plain } from '../language/index.ts';
import type { Document } from './documents.ts';

/** How something is said that is wrong, whatever it is. */
const troubled =
  /\b(?:broken|broke|burst|bursting|leak(?:s|y|ing|ed)?|dripp?(?:s|ing|ed)?|block(?:s|ed|ing)?|clogged|flood(?:s|ed|ing)?|jammed|cracked|smashed|shattered|faulty|out of order|dead|overflow\w*|tripp(?:ed|ing)|pouring|flicker\w*|stopped (?:work|turn|com|heat|cool|spin|charg|flush)\w*|(?:is|are|was|does|do|did|has|have)(?:n't| not) (?:been )?(?:work|turn|com|heat|cool|open|clos|lock|charg|flush|drain|start|switch|respond|connect)\w*|not (?:work|turn|com|heat|cool|open|clos|lock|charg|flush|drain|start|respond|connect)\w*|won't (?:start|open|close|shut|turn|switch|flush|drain|work|stop|lock|go|come|charge|heat|connect)|keeps? (?:cutting|going|switching|turning|tripping|dripping|leaking|making|beeping|stopping)|gone (?:wrong|off|cold)|(?:no|without) (?:hot )?(?:water|heating|heat|power|electricity|light|lights|signal|connection|internet)|(?:water|smoke|sparks?|gas) (?:is |are |'s )?(?:coming|running|dripping|pouring|leaking|all over|everywhere)|(?:strange|weird|odd|funny|banging|grinding|rattling|scraping|whistling|buzzing|knocking|clanking|squeaking|terrible|awful|loud) (?:noises?|sounds?|smell)|make?(?:s|ing) (?:a |an |this |that |some |such )?(?:\w+ ){0,3}?(?:noises?|sounds?)|something(?:'s| is) wrong|(?:a|the|any) (?:fault|problem) with (?:my|our|the|it))\b/;
/** What is asked of things that are well: what they cost, and new ones. */
const unconcerned =
  /\b(?:quote|price|cost|how much|how long|new one|buy|brand new|in case|do you (?:fix|mend|repair)|what if|policy|insur\w*)\b/;
const takesTrouble =
  /\b(?:repair\w*|fault\w*|fix\w*|problems?|issues?|trouble|broken?|breaks?|breakdowns?|maintenance|defects?|defective|malfunction\w*|out of order|engineers?|technicians?|technical|symptoms?|wrong)\b/i;

/** How somebody speaks who has been treated badly. */
const aggrieved =
  /\b(?:complain\w*|unacceptable|disgust(?:ed|ing)|not (?:good enough|acceptable|happy|satisfied)|unhappy|fed up|ruined|appalling|furious|livid|disgrace\w*|overcharged|ripped off|let (?:me|us) down|rude(?:ly|ness)?|nobody (?:\w+ )?(?:rings|rang|calls|called|answers|answered|came|comes|turned up|bothered)|never (?:rang|called|came|turned up|arrived|answered)|(?:third|fourth|fifth|tenth) time|waiting (?:for )?(?:weeks|months|ages)|your (?:\w+ ){1,3}?(?:(?:has|have|had)|'s|'ve)? ?(?:scratched|damaged|broke|broken|ruined|put a|left a|made a mess|dented|smashed)|you(?:'ve| have| lot have| guys have)? (?:\w+ ){0,2}?(?:scratched|damaged|ruined|dented|smashed|broke|lost) (?:my|our))\b/;
const takesGrievance =
  /\b(?:complain\w*|dissatisf\w*|unhappy|angry|upset|grievances?|damage|arguments?|not happy|feedback)\b/i;

/** Who something is for that names no matter: a thing gone wrong, a grievance. Factors and extras by document. */
export interface Mood {
  readonly extra: readonly number[];
  readonly factor: readonly number[];
}

/** What begins something: a code it needs is that of the thing, not of what is under way. */
const makes = /^(?:report|log|raise|open|create|file|submit|register|request)_/;

const lift = 1.6;
const drop = 0.65;
const own = 0.3;

/** Reads what is wrong, or who was wronged, where words alone would lead to whoever sells such things. */
export function moodOf(documents: readonly Document[]): (text: string) => Mood | undefined {
  const takers = (wanted: RegExp): readonly boolean[] =>
    documents.map(
      ({ tool, passages }) =>
        !tool.notes &&
        !tool.verifies &&
        !tool.reads &&
        // What needs a code is about something that is under way.
        (makes.test(tool.name) ||
          !tool.params.some(({ kind, required }) => kind === 'identifier' && required)) &&
        passages.some(({ text }) => wanted.test(text.replaceAll('_', ' '))),
    );
  const menders = takers(takesTrouble);
  const hearers = takers(takesGrievance);
  const mood = (taking: readonly boolean[]): Mood => ({
    extra: taking.map((takes, index) =>
      takes ? lift + (documents[index]?.tool.role === 'own' ? own : 0) : 0,
    ),
    factor: taking.map((takes) => (takes ? 1 : drop)),
  });
  return (text) => {
    const said = plain(text);
    if (aggrieved.test(said) && hearers.includes(true)) return mood(hearers);
    if (troubled.test(said) && !unconcerned.test(said) && menders.includes(true))
      return mood(menders);
    return undefined;
  };
}
