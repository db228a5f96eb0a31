import { isSentenceEnd, sentenceEnd } from '../../lib/index.ts';
import { textOf } from './conversation.ts';
import type { Item } from './state.ts';

/** How many of an agent's sentences count: a question, and what it is about. */
const sentencesKept = 2;

/**
 * What the caller was asked last: the last sentences of the agent that they have heard; empty when
 * there are none.
 *
 * @param unheardMs how much of what was spoken is still to be played
 */
export function lastAsked(items: readonly Item[], unheardMs: number): string {
  let rest = unheardMs;
  for (const item of items.toReversed()) {
    if (item.type === 'text' && item.role === 'assistant')
      return lastSentences(item.parts.join(' '));
    if (item.type !== 'spoken') continue;
    const heardMs = item.audioMs - rest;
    const heard = rest <= 0 ? item.words : item.words.filter(({ startMs }) => startMs < heardMs);
    if (heard.length > 0) return lastSentences(textOf(heard));
    rest -= item.audioMs;
  }
  return '';
}

function lastSentences(text: string): string {
  const starts = [0];
  for (const match of text.matchAll(sentenceEnd)) {
    const end = match.index + match[0].length;
    if (end < text.length && isSentenceEnd(text.slice(0, end), text.slice(end))) starts.push(end);
  }
  return text.slice(starts.at(-sentencesKept) ?? 0).trim();
}

/** Whether words of an agent want an answer. */
export const wantsAnswer = (said: string): boolean =>
  /\?|\b(?:tell|give|say|spell|let me know|please)\b/i.test(said);
