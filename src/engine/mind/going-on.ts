import { isSentenceEnd, sentenceEnd } from '../../lib/index.ts';
import { isListening } from '../listening-sounds.ts';
import type { MindItem } from './port.ts';

type Message = Extract<MindItem, { readonly type: 'message' }>;

/** Words that want the agent to be silent, however badly they were heard. */
const stopping =
  /\b(?:no|nope|not|wait|stop|hold|hang|sorry|excuse|pardon|what|but|hey|hello|actually|quiet|help)\b/;
/** A hum or a cough is heard as so few words, and not well. */
const slightWords = 2;
const slightConfidence = 0.3;
/** So little of a sentence need not be said again. */
const trifleWords = 2;
/** From so many words of a clause on, only its last ones are said again. */
const longestRepeat = 8;

/**
 * What the agent goes on with: it was cut off by a sound that means "go on", or that means nothing.
 *
 * It begins with the clause that was cut. Where what was cut is a question, and the words an answer to
 * it, there is nothing to go on with.
 *
 * @returns null when the last item asks for something else.
 */
export function goingOn(items: readonly MindItem[]): string | null {
  const interjected = interjectionAt(items, items.length - 1);
  if (!interjected) return null;
  const { text, unsaid = '' } = interjected;
  return `${clauseBefore(text)}${unsaid.trim()}`;
}

/** The conversation without such sounds, which are no turns of the caller. */
export function withoutInterjections(items: readonly MindItem[]): readonly MindItem[] {
  const kept = items.filter((_, index) => !interjectionAt(items, index));
  return kept.length === items.length ? items : kept;
}

/** The message that a caller's sound cut, if the item is such a sound. */
function interjectionAt(items: readonly MindItem[], index: number): Message | null {
  const [cut, sound] = [items[index - 1], items[index]];
  if (sound?.type !== 'message' || sound.role !== 'user') return null;
  if (cut?.type !== 'message' || cut.role !== 'assistant' || !cut.unsaid?.trim()) return null;
  return isInterjection(sound, { heard: cut.text, unsaid: cut.unsaid.trim() }) ? cut : null;
}

function isInterjection(
  sound: Message,
  cut: { readonly heard: string; readonly unsaid: string },
): boolean {
  const text = sound.text.trim().toLowerCase();
  const isTrifle = cut.heard !== '' && cut.unsaid.split(/\s+/).length <= trifleWords;
  if (isTrifle && !cut.unsaid.includes('?')) return false;
  if (text === '') return true;
  if (isListening(text)) return !isAsking(cut);
  const isSlight = text.split(/\s+/).length <= slightWords;
  return isSlight && (sound.confidence ?? 1) < slightConfidence && !stopping.test(text);
}

/** Whether the sentence that was cut, or the one before it when hardly any of it was heard, asks. */
function isAsking({ heard, unsaid }: { readonly heard: string; readonly unsaid: string }): boolean {
  const spoken = sentencesOf(heard);
  const cutOne = spoken.at(-1) ?? '';
  if (/\?["'”’)]*$/.test(cutOne.trim())) return true;
  const begun = cutOne.trim().split(/\s+/).length;
  if (sentencesOf(`${cutOne} ${unsaid}`)[0]?.trim().endsWith('?')) return begun > trifleWords;
  return begun <= trifleWords && /\?["'”’)]*$/.test(spoken.at(-2)?.trim() ?? '');
}

function sentencesOf(text: string): readonly string[] {
  const found: string[] = [];
  let from = 0;
  for (const match of text.matchAll(sentenceEnd)) {
    const end = match.index + match[0].length;
    if (!isSentenceEnd(text.slice(0, end), text.slice(end) || 'A')) continue;
    found.push(text.slice(from, end));
    from = end;
  }
  return from < text.length ? [...found, text.slice(from)] : found;
}

/** The part of a clause that was heard before it was cut, with the space behind it. */
function clauseBefore(heard: string): string {
  const clause =
    /(?:^|[.?!…,;:]["'”’)]*\s+)([^.?!…,;:]*(?:[.,:](?=\S)[^.?!…,;:]*)*)$/.exec(heard)?.[1] ?? '';
  const words = clause.trim().split(/\s+/).filter(Boolean);
  const repeated = words.length > longestRepeat ? words.slice(-4) : words;
  return repeated.length > 0 ? `${repeated.join(' ')} ` : '';
}
