import type { CallerTurn, ListeningCaller } from '../../src/cli/caller/index.ts';
import { speak, type Line, type Voice } from './speak.ts';

/** What a caller wants and knows; the conversation follows from it. */
export interface Caller {
  readonly name: string;
  readonly voice: Voice;
  readonly line: Line;
  /** Noise around the caller, as far below the speech. */
  readonly noiseDb?: number;
  /** The answer to the greeting. */
  readonly opens: string;
  /** What is said to a question, by the first that fits; several are said one after the other. */
  readonly answers: readonly (readonly [asked: RegExp, said: string | readonly string[]])[];
  /** Said one by one when nothing is asked any more, before the goodbye. */
  readonly then?: readonly string[];
  /** Said into the answer to the opening. */
  readonly cutsIn?: { readonly text: string; readonly afterMs: number };
  /** @default a usual one */
  readonly goodbye?: string;
}

/** Nobody stays longer than this. */
const mostTurns = 16;
/** A question that this caller has no answer to is asked again this often before they give up. */
const mostLost = 3;
/** Not understood: the caller says it once more. */
const askedAgain =
  /didn't (?:catch|get|understand)|did not (?:catch|get|understand)|say that again/i;
const usualGoodbye = "no that's all thank you goodbye";

/** @param onSaid told of each sentence before it is spoken. */
export function listening(caller: Caller, onSaid: (text: string) => void): ListeningCaller {
  const wishes = [...(caller.then ?? [])];
  const used = new Map<RegExp, number>();
  let turns = 0;
  let lost = 0;
  let last = caller.opens;
  let hasLeft = false;

  async function say(text: string, interruptAfterMs?: number): Promise<CallerTurn> {
    onSaid(text);
    const samples = await speak(text, caller);
    return { type: 'speak', samples, interruptAfterMs };
  }

  function reply(heard: string): string | null {
    const question = lastQuestion(heard);
    for (const [asked, said] of caller.answers) {
      if (!asked.test(question ?? heard)) continue;
      const count = used.get(asked) ?? 0;
      used.set(asked, count + 1);
      const texts = typeof said === 'string' ? [said] : said;
      const text = texts[Math.min(count, texts.length - 1)];
      if (text !== undefined) return text;
    }
    if (askedAgain.test(heard)) {
      lost += 1;
      return lost > mostLost ? null : last;
    }
    const isOpen =
      question === null || /anything else|something else|can i (?:do|help)/i.test(question);
    if (isOpen) return wishes.shift() ?? null;
    lost += 1;
    return lost > mostLost ? null : 'sorry what do you mean';
  }

  return async (heard) => {
    turns += 1;
    if (hasLeft || turns > mostTurns) return [];
    if (turns === 1) {
      const { cutsIn } = caller;
      const opening = await say(caller.opens);
      return cutsIn ? [opening, await say(cutsIn.text, cutsIn.afterMs)] : [opening];
    }
    const text = reply(heard);
    hasLeft = text === null;
    last = text ?? last;
    return [await say(text ?? caller.goodbye ?? usualGoodbye)];
  };
}

/** The last sentence that asks something; null when nothing is asked. */
function lastQuestion(heard: string): string | null {
  const sentences = heard.split(/(?<=[.!?])\s+/);
  return sentences.findLast((sentence) => sentence.endsWith('?')) ?? null;
}
