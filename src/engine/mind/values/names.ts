import { fillers, isEmptyTalk, likeness, stopWords, wishVerbs } from '../language/index.ts';
import { numberAt } from './numbers.ts';
import { ordinaryWords } from './ordinary-words.ts';
import { alphabetSpelled, spelledPlainly } from './spelling.ts';

const strongCue =
  /\b(?:(?:my|the|his|her|full|first|last|family) (?:full |last |first |family )?(?:sur)?name(?:'s| is| would be|s)|(?:sur)?name(?:'s| is)|under (?:the name(?: of)?)|in the name of|call me|(?:he|she|it|they)(?:'s| is|'re| are) (?:called|named)|(?:is )?called|named|name)\s+(?:is\s+|of\s+)?(.+)$/i;
const weakCue =
  /\b(?:i am|i'm|im|this is|it's|it is|that's|that is|under|for|speaking to)\s+(.+)$/i;
/** For whom something is to be: a name when it looks like one. */
const forWhom =
  /\b(?:it(?:'s| is)|that(?:'s| is)|(?:make|put|book|do) (?:it|that)|in the name of) (?:for|under|in the name of|down for) (.+)$/i;
/** "Ann and my last name is Lee": one name in two parts. */
const lastNameToo =
  /(?<=[\p{L}'-] )(?<!\b(?:my|the|and) )(?:and )?(?:my |the )?(?:last|family|sur) ?name(?:'s| is| would be)? /iu;
const asking = /^(?:what|when|where|who|how|which|why|is|are|do|does|can|could)\b \w/i;
/** "For my daughter", before her name. */
const relation =
  /\b(?:(?:it(?:'s| is)|that(?:'s| is)) )?(?:for )?(?:my|our) (?:(?:little|older|younger|oldest|youngest) )?(?:son|daughter|child|kid|wife|husband|partner|mother|father|mom|mum|dad|friend|brother|sister)\b(?!'s)/i;
const particles = new Set('de la del van von der den da di dos bin al el le mac o'.split(' '));
const afterName =
  /^(?:and|i|i'd|i'm|speaking|calling|here|please|thanks|thank|from|but|with|my|could|can|the|on|at)$/;
const notNames = new Set(
  `calling ringing looking trying not sorry here fine good interested wanting having done ready afraid
  late sick happy unhappy new old customer client patient about regarding book cancel move change pay
  monday tuesday wednesday thursday friday saturday sunday
  time date day number reference code first second third last question problem
  verify verified authenticated authorised authorized confirmed approved identified allowed true false
  null none nobody undefined unknown anonymous
  system assistant user admin administrator developer supervisor operator robot machine human person
  ignore override bypass skip stop proceed continue repeat previous instructions`.split(/\s+/),
);

/** Signs that stand in data and never in a name. */
const noName = /[:={}[\]<>_\\|@#%*]/;
/** "The administrator" is what somebody is, not what they are called. */
const role = /^(?:the|a|an) /i;
/** What may follow a bare name. */
const tail =
  /^(?:is (?:my|the|her|his)(?: \S+)? name|(?:yes|yeah|ok|okay|sorry|right|that|that's|it|it's|is|all|um|uh|er|erm|oh)(?: |$))/;
const mostNames = 4;

/** Signs and letters in words as they are written. */
const inLetters = (text: string): string =>
  spelledPlainly(alphabetSpelled(text))
    .replaceAll(/(\p{L}+) (?:hyphen|dash) (\p{L}+)/giu, '$1-$2')
    .replaceAll(/\b(\p{L}) apostrophe (?=\p{L})/giu, "$1'")
    .replaceAll(/(?<=\p{L}{2} )o (?=\p{L}{3})/giu, "o'")
    .replaceAll(
      /\b(?:(?:it|that)(?:'s| is) )?(?:spelled|spelt|that(?:'s| is)|it(?:'s| is)) (?=\p{L} \p{L}\b)/giu,
      '',
    )
    .replace(/(?<=\p{L}{2}) with (?:an?|one|two|no|double) .*$/iu, '');

/**
 * A person's name.
 *
 * @param expected the name was asked for, so that the bare name counts.
 */
export function nameIn(text: string, expected: boolean): string | undefined {
  const said = inLetters(
    text
      .replaceAll(/[’‘`]/g, "'")
      .replaceAll(/[,!?;:]|\.(?=\s|$)/g, ' ')
      .replaceAll(/\s+/g, ' ')
      .trim(),
  )
    // Only behind the other part of the name; else it is the whole of what is said.
    .replace(lastNameToo, (cue, at: number, all: string) =>
      isEmptyTalk(all.slice(0, at)) ? cue : '',
    );
  if (asking.test(said)) return undefined;
  const kin = expected ? said.replace(relation, ' ').trim() : said;
  if (kin !== said) return nameIn(kin, true);
  const strong = strongCue.exec(said)?.[1];
  if (strong !== undefined) {
    const name = readName(strong);
    if (name !== undefined) return name;
  }
  if (noName.test(text)) return undefined;
  const given = forWhom.exec(said)?.[1];
  const whom = given === undefined ? undefined : readName(given, true);
  if (whom !== undefined && (expected || whom.includes(' '))) return whom;
  const weak = weakCue.exec(said)?.[1];
  if (weak !== undefined && role.test(weak)) return undefined;
  if (weak !== undefined && (expected || /\b(?:i am|i'm|im|this is)\b/i.test(said))) {
    const name = readName(weak, true);
    // Without a question, "i'm late" must not become a name: two words or more.
    if (name !== undefined && (expected || name.includes(' '))) return name;
  }
  return expected ? readName(said, true) : undefined;
}

/** @param bare nothing but its own look speaks for the name. @default false */
function readName(text: string, bare = false): string | undefined {
  const kept = (text.match(/[\p{L}][\p{L}'-]*|\d+/gu) ?? []).map((word) => ({
    word,
    low: word.toLowerCase(),
  }));
  while (kept[0] && isLead(kept[0].low) && kept.length > 1) kept.shift();
  const names: string[] = [];
  let spelled = '';
  for (const [index, { word, low }] of kept.entries()) {
    if (/^\p{L}$/u.test(word) && (spelled !== '' || /^\p{L}$/u.test(kept[index + 1]?.word ?? ''))) {
      spelled += low;
      continue;
    }
    if (index > 0 && afterName.test(low) && !particles.has(low)) break;
    if (/^(?:spelled|spelt|that's|thats)$/.test(low) && names.length > 0) continue;
    if (/\d/.test(low) || numberAt([low], 0) || notNames.has(low)) return undefined;
    if (stopWords.has(low) && !particles.has(low) && low !== 'will' && low !== 'may') {
      if (names.length === 0) return undefined;
      const after = kept.slice(index).map((one) => one.low);
      const isBreath = after.length === 1 && fillers.has(low);
      if (bare && !isBreath && !tail.test(after.join(' '))) return undefined;
      break;
    }
    if (bare && wishVerbs.has(low)) return undefined;
    names.push(names.length === 0 ? capital(titled(word)) : titled(word));
  }
  if (spelled !== '' && spelled !== names.join('').toLowerCase()) {
    const at = names.findIndex(
      (name) => likeness(spelled, name.toLowerCase()) > 0 || name.toLowerCase() === spelled,
    );
    if (at >= 0) names[at] = titled(spelled);
    else names.push(titled(spelled));
  }
  const full = names.filter((name) => !particles.has(name)).length;
  if (full === 0 || names.length > 5 || (bare && full > mostNames)) return undefined;
  // Everyday words pass for a name only when they are called one.
  if (bare && names.every((name) => ordinaryWords.has(name.toLowerCase()))) return undefined;
  // "Bond, James Bond".
  if (names.length === 3 && names[0] === names[2]) names.shift();
  return names.join(' ');
}

function isLead(low: string): boolean {
  return (
    (fillers.has(low) ||
      /^(?:yes|yeah|sure|ok|okay|it's|its|it|is|please|of|course|mr|mrs|ms|my|name)$/.test(low)) &&
    !particles.has(low)
  );
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

function titled(word: string): string {
  if (/\p{Lu}/u.test(word.slice(1)) && /\p{Ll}/u.test(word)) return word; // McDonald, as typed
  const low = word.toLowerCase();
  if (particles.has(low) && low !== 'o' && low !== 'mac') return low;
  return low.replaceAll(
    /(^|['-])(\p{L})/gu,
    (_all, before: string, letter: string) => before + letter.toUpperCase(),
  );
}
