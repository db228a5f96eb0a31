import type { CallerTurn, ListeningCaller } from '../../src/cli/caller/index.ts';

/** What a caller wants and knows; the conversation follows from it. */
export interface Caller {
  /** The answer to the greeting. */
  readonly opens: string;
  /** What is said to a question, by the first that fits; several are said one after the other. */
  readonly answers: readonly (readonly [asked: RegExp, said: string | readonly string[]])[];
  /** Said one by one when nothing is asked any more, before the goodbye. */
  readonly then?: readonly string[];
  /** Said into the answer to the opening. */
  readonly cutsIn?: { readonly text: string; readonly afterMs: number };
  /** Said to a question that nothing else fits. @default a usual sentence */
  readonly puzzled?: string;
  /** @default a usual one */
  readonly goodbye?: string;
}

/** Nobody stays longer than this. */
const mostTurns = 16;
/** A question that this caller has no answer to is asked again this often before they give up. */
const mostLost = 3;
/** What was not understood is said again, so often in a row. */
export const mostAgain = 2;
/** Whether a caller who hears this was not understood, or taken to have asked for something else. */
export const isAskedAgain = (heard: string): boolean =>
  [
    /(?:didn't|did not) (?:catch|get|understand)|could not (?:hear|make)|hard to hear|not clear/i,
    /once more|(?:say|try) (?:that )?again|don't know that|can't answer that|no answer to that/i,
  ].some((sign) => sign.test(heard));
const usualGoodbye = "no that's all thank you goodbye";

/** @param say speaks a sentence. */
export function listening(
  caller: Caller,
  say: (text: string) => Promise<Int16Array>,
): ListeningCaller {
  const wishes = [...(caller.then ?? [])];
  const used = new Map<RegExp, number>();
  let turns = 0;
  let lost = 0;
  let again = 0;
  let last = caller.opens;
  let hasLeft = false;

  async function spoken(text: string, interruptAfterMs?: number): Promise<CallerTurn> {
    return { type: 'speak', samples: await say(text), interruptAfterMs };
  }

  function reply(heard: string): string | null {
    if (isAskedAgain(heard) && again < mostAgain) {
      again += 1;
      return last;
    }
    again = 0;
    const question = lastQuestion(heard);
    for (const [asked, said] of caller.answers) {
      if (!asked.test(question ?? heard)) continue;
      const count = used.get(asked) ?? 0;
      used.set(asked, count + 1);
      const texts = typeof said === 'string' ? [said] : said;
      const text = texts[Math.min(count, texts.length - 1)];
      if (text !== undefined) return text;
    }
    const isOpen =
      question === null || /anything else|something else|can i (?:do|help)/i.test(question);
    if (isOpen) return wishes.shift() ?? null;
    lost += 1;
    return lost > mostLost ? null : (caller.puzzled ?? 'sorry what do you mean');
  }

  return async (heard) => {
    turns += 1;
    if (hasLeft || turns > mostTurns) return [];
    if (turns === 1) {
      const { cutsIn } = caller;
      const opening = await spoken(caller.opens);
      return cutsIn ? [opening, await spoken(cutsIn.text, cutsIn.afterMs)] : [opening];
    }
    const text = reply(heard);
    hasLeft = text === null;
    last = text ?? last;
    return [await spoken(text ?? caller.goodbye ?? usualGoodbye)];
  };
}

/** The last sentence that asks something; null when nothing is asked. */
function lastQuestion(heard: string): string | null {
  const sentences = heard.split(/(?<=[.!?])\s+/);
  return sentences.findLast((sentence) => sentence.endsWith('?')) ?? null;
}
