import { matterTerms, understood, type Ranked } from '../intent.ts';
import { isEmptyTalk, wordsOf } from '../language/index.ts';
import type { Tool } from '../toolbox.ts';
import type { Goal, Scene, State } from './state.ts';

/** Words between one wish and the next. */
const between =
  /(?:[.!?;,]\s+)?\b(?:and (?:then|also|after that|while (?:i'm|we're) at it)|and|then|also(?= (?:i|we|can|could|what|when|how|please|is|do|a|the|my)\b)|plus|as well as|after that)\b,?|[.!?;]\s+/iu;

/** The parts of what was said, where it may hold several wishes. */
export const clausesOf = (text: string): readonly string[] =>
  text.split(new RegExp(between, 'giu')).map((clause) => clause.trim());

/** What is said of wishes in one breath: the first one, and the words of those that are left. */
export interface Wishes {
  readonly first: string;
  readonly later: string;
}

/**
 * Tells wishes of one utterance apart, where each of them is plain by itself.
 *
 * @param current the tool that the first part is known to be for, if it is.
 */
export function wishesIn(scene: Scene, text: string, current?: Tool): Wishes {
  const parts = [...text.matchAll(new RegExp(between, 'giu'))];
  for (const part of parts) {
    const first = text.slice(0, part.index).trim();
    const rest = text.slice(part.index + part[0].length).trim();
    const [next = ''] = clausesOf(rest);
    if (wordsOf(first).length === 0 || (isEmptyTalk(first) && !current)) continue; // What tells of the same thing, or only of it, is no other wish.
    if (isEmptyTalk(next) || !asks.test(rest)) continue;
    if (/\b(?:it|that|them|this)\b/i.test(next) && matterTerms(next).length <= 1) continue;
    // Behind an answer, only what is plainly asked for is a wish of its own.
    if (current && (plainWish(scene, next)?.score ?? 0) < sure) continue;
    const one = current ?? plainWish(scene, first)?.tool;
    const other = plainWish(scene, next)?.tool;
    if (!one || !other || one === other || serves(one, other) || serves(other, one)) continue;
    if (other.role === 'transfer' && other.general) continue;
    return { first, later: rest };
  }
  return { first: text, later: '' };
}

/** How plain a part must be to be a wish behind an answer. */
const sure = 1.8;
const asks =
  /^(?:(?:my|our|the) .+ needs? |(?:i|we)(?:'d| would)? (?:also )?(?:need|want|like|have to|must|have a question)|(?:can|could|may|would) (?:i|you|we)|please|what|when|where|how|is|are|do|does|to |book|cancel|change|move|pay|check|make|order|ask|find|get|send|renew|report)\b/i;

const plainWish = (scene: Scene, clause: string): Ranked | undefined => {
  const [top] = scene.score(clause);
  return top && top.score >= understood ? top : undefined;
};

/** Whether one tool only lists what the other one takes. */
const serves = (list: Tool, taker: Tool): boolean =>
  taker.params.some(({ source }) => source === list.name);

/** The goal that is left for another matter, if it has come to anything and stands open. */
export function leftFor(state: State, tool: string): Goal | undefined {
  const { asked, goal } = state;
  const isOpen = asked.about === 'value' || asked.about === 'choice' || asked.about === 'confirm';
  return isOpen && goal && goal.tool !== tool && !goal.then ? goal : undefined;
}
