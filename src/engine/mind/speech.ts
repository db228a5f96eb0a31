import { sameSentence } from './phrasing/index.ts';
import type { MindItem } from './port.ts';

/** What the agents have said so far, to vary wordings and to repeat. */
export interface Speech {
  /** The wording said least so far, earliest first, so that no sentence comes three times. */
  fresh(wordings: readonly string[]): string;
  /** How often a wording has been said. */
  count(wording: string): number;
  readonly last: string;
  /** A sentence, or the other one when it has come twice just now. */
  sparing(sentence: string, other: string): string;
}

/** How many of the last sayings count as just now: announcements stand between refusals. */
const justNow = 5;

/** Reads what has been said out of the conversation. */
export function speechSoFar(items: readonly MindItem[]): Speech {
  const texts = items.flatMap((item) =>
    item.type === 'message' && item.role === 'assistant' ? [item.text] : [],
  );
  const said = texts.map(sameSentence);
  const count = (wording: string): number => {
    const same = sameSentence(wording);
    return same === '' ? 0 : said.filter((text) => text.includes(same)).length;
  };
  return {
    count,
    fresh(wordings) {
      const counted = wordings.map((wording) => ({ wording, times: count(wording) }));
      return counted.reduce(
        (best, one) => (one.times < best.times ? one : best),
        counted[0] ?? { wording: '', times: 0 },
      ).wording;
    },
    last: texts.at(-1) ?? '',
    sparing(sentence, other) {
      const same = sameSentence(sentence);
      return said.slice(-justNow).filter((text) => text.includes(same)).length < 2
        ? sentence
        : other;
    },
  };
}
