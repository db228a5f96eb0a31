import { exactWords } from './exact-words.ts';
import { linesOf, sentencesOf, type Line } from './language/index.ts';
import type { Day } from './values/index.ts';

/** What a mind reads in its instructions besides plain guidance. */
export interface Prompt {
  readonly today: Day | undefined;
  /** What the clock shows, `HH:MM`, when given. */
  readonly time: string | undefined;
  /** IANA zone, when given. */
  readonly timeZone: string | undefined;
  /** The sentence to open the call with, when given. */
  readonly opening: string | undefined;
  /** All that is to be said now, to the letter, when the instructions are that and nothing else. */
  readonly exactly: string | undefined;
  /** Sentences, without headings. */
  readonly sentences: readonly string[];
  /** The same with the heading that each stands under. */
  readonly lines: readonly Line[];
}

const monthNames =
  'january february march april may june july august september october november december'.split(
    ' ',
  );

/** Reads instructions. Nothing is assumed about their wording but the runtime's own lines. */
export function readPrompt(instructions: string): Prompt {
  const date = /\bToday is (?:\w+, )?(\d{1,2}) (\w+) (\d{4})/i.exec(instructions);
  const month = monthNames.indexOf((date?.[2] ?? '').toLowerCase()) + 1;
  return {
    today: date && month > 0 ? { year: Number(date[3]), month, day: Number(date[1]) } : undefined,
    time: /\bThe time is (\d{2}:\d{2})\b/i.exec(instructions)?.[1],
    timeZone: /\bTime zone: ([A-Za-z_]+(?:\/[A-Za-z_+-]+)*)/.exec(instructions)?.[1],
    opening: openingOf(instructions),
    exactly: exactWords(instructions),
    sentences: sentencesOf(instructions),
    lines: linesOf(instructions),
  };
}

function openingOf(instructions: string): string | undefined {
  const match =
    /\b(?:open|start|begin|answer|greet)\b[^."“\n]*?(?:by saying|with|say)\s*:?\s*(?:"((?:[^"\\]|\\.)+)"|“([^”]+)”)/i.exec(
      instructions,
    );
  const text = (match?.[1] ?? match?.[2])?.replaceAll('\\"', '"').trim();
  return text === '' ? undefined : text;
}
