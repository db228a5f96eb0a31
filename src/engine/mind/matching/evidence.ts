import { plain } from '../language/index.ts';
import type { Param, Tool } from '../toolbox.ts';
import { identifierIn, timeIn } from '../values/index.ts';

/** Something the caller has already ("my order"), apart from people and names. */
const existing =
  /\bmy (?!(?:name|son|daughter|child|kids?|wife|husband|partner|mother|father|mom|dad|mum|friend|self)\b)/;
const novel = /\b(?:an|a new|new|another|a) (?!(?:question|problem|minute|moment|second)\b)/;

/** A tool that wants a code is about a thing that is there; one without makes or finds new things. */
export function aptness(tool: Tool, text: string): number {
  if (tool.role !== 'own') return 1;
  const said = plain(text);
  const isThere = existing.test(said);
  const isNew = novel.test(said);
  if (isThere === isNew) return 1;
  const wantsCode = tool.params.some(({ kind, required }) => kind === 'identifier' && required);
  return wantsCode === isThere ? 1 : 0.75;
}

/** What values alone may reach: enough to be understood where nothing else is said. */
const enough = 0.9;

/**
 * How much the values in what was said speak for a tool.
 *
 * @param onlyDay nothing but a day or a time was said.
 */
export function valueEvidence(tool: Tool, text: string, onlyDay: boolean): number {
  let evidence = 0;
  const said = plain(text);
  if (isOver.test(said)) return 0;
  const timed = /\b(?:at|around|by|after|before) /.test(said) && timeIn(text, false) !== undefined;
  for (const param of tool.params) {
    if (param.kind === 'identifier' && holdsIdentifier(param, text))
      evidence = Math.max(evidence, tool.reads ? 1.2 : 0.8); // looking up comes before acting
    if (
      (param.kind === 'date' || param.kind === 'moment') &&
      !param.past &&
      (dateLike.test(said) || (onlyDay && timed))
    )
      evidence = Math.max(
        evidence,
        onlyDay || (tool.reads && asksWhatThereIs.test(said)) ? enough : 0.4,
      );
  }
  if (searchesWords(tool) && looksFor.test(said)) evidence = Math.max(evidence, enough);
  // "Do you have anything next week" is for whoever has days and times to give.
  if (
    onlyDay &&
    tool.role === 'transfer' &&
    (timed || dateLike.test(said)) &&
    keepsDays.test(tool.description)
  )
    evidence = Math.max(evidence, enough);
  return evidence;
}

/** "Is there any … tonight": for whoever has days and times to give. */
const asksWhatThereIs =
  /\b(?:(?:is|are) there|(?:do|have) you (?:have|got)|got) (?:any|an?|some|anything|something)\b|\bwhat .*\b(?:is|are) (?:there|on)\b/;
/** What is asked for may be called anything: a title, a product. */
const looksFor =
  /\b(?:do you (?:have|stock|keep|carry)|have you got|i(?:'m| am)(?: just)? (?:looking for|after)|is there an?(?:ny)?|got any)\b/;
const searching = /^(?:search|find|look ?up|browse|query)/i;
/** Whether a tool looks up whatever words it is given. */
const searchesWords = ({ role, reads, name, params }: Tool): boolean => {
  const needed = params.filter(({ required }) => required);
  return (
    role === 'own' &&
    reads &&
    searching.test(name) &&
    needed.length > 0 &&
    needed[0]?.kind === 'text'
  );
};
/** A day that is over is nothing to come on. */
const isOver =
  /\byesterday\b|\blast (?:week|month|night|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b/;
const keepsDays = /\b(?:times|dates|days|calendar|schedul\w*|bookings?|reservations?)\b/i;
const dateLike =
  /\b(?:today|tonight|tomorrow|(?:next|this|coming) (?:week|weekend|month|morning|afternoon)|(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|april|june|july|august|september|october|november|december)\b/;
/** Whether a whole code was said that a tool takes. */
export const takesCode = ({ params }: Tool, text: string): boolean =>
  params.some((param) => param.kind === 'identifier' && holdsIdentifier(param, text));
const holdsIdentifier = (param: Param, text: string): boolean =>
  param.pattern !== undefined && identifierIn(text, param.pattern).found === 'whole';
