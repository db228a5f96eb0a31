import { wantsAnswer } from './asked.ts';
import { longestSoundMs, textOf } from './conversation.ts';
import type { Item, TurnAbout } from './state.ts';
import { isListening } from '../listening-sounds.ts';

/** Nobody acts on so few words that were heard so badly. */
const slightWords = 2;
const slightConfidence = 0.3;
const hum = /^(?:(?:m+|h+m+|m+-?h+m+|u+[hm]+|uh-?huh|huh|a+h+|e+r+m*)(?: |$))+$/;

/**
 * Whether a turn is a sound that nobody has to answer: a hum, a cough, a click.
 *
 * An agent that asked something asks again after the first such sound, because it may have been the
 * answer; then it waits. An agent that asked nothing says nothing. Where an answer is owed, or the
 * sound cut the agent off, the turn goes the usual way.
 *
 * @param before the conversation in front of the turn
 */
export function isIgnorable(
  turn: { readonly text: string; readonly confidence: number; readonly about: TurnAbout },
  before: readonly Item[],
): boolean {
  const { text, confidence, about } = turn;
  if (about.spokenMs === null || about.spokenMs > longestSoundMs) return false;
  // A tool is at work, and the caller has said all it needs.
  if (before.at(-1)?.type === 'call' && isListening(text)) return true;
  const isSlight = text.split(' ').length <= slightWords && confidence < slightConfidence;
  if (text !== '' && !isSlight && !hum.test(text)) return false;
  const last = before.findLast((item) => item.type !== 'heard' || !item.isNoise);
  if (owesAnswer(last)) return false;
  if (!wantsAnswer(about.asked)) return true;
  const turnBefore = before.findLast((item) => item.type === 'heard');
  return turnBefore?.type === 'heard' && turnBefore.transcript === '' && text === '';
}

/** Whether the conversation stops where the agent has something to say. */
function owesAnswer(last: Item | undefined): boolean {
  switch (last?.type) {
    case undefined:
    case 'call':
      return false;
    case 'spoken':
      return last.unsaid !== '' || textOf(last.words) === '';
    case 'text':
      return last.role !== 'assistant';
    case 'heard':
    case 'output':
      return true;
  }
}
