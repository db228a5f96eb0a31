import { isSentenceEnd, sentenceEnd } from '../../../lib/index.ts';

/** Cuts text into sentences while it is being written. */
export interface SentenceStream {
  /** @returns the sentences that are whole now */
  push(text: string): readonly string[];
  /** @returns what is left, which nothing follows */
  flush(): readonly string[];
  /** Forgets what no sentence has been made of yet. */
  clear(): void;
}

/** A caller who has heard nothing yet gets the first part of a sentence that is this long. */
const longOpeningChars = 90;
const shortestOpeningChars = 30;
/** A sentence that never ends is cut all the same. */
const longestSentenceChars = 400;

const pause = /[,;:]["'”’)\]]*\s+|\s+[–—]\s+/g;

/** @returns a stream in which nothing has been written */
export function createSentenceStream(): SentenceStream {
  let buffer = '';
  let hasSpoken = false;

  function nextCut(): number | undefined {
    for (const match of buffer.matchAll(sentenceEnd)) {
      const end = match.index + match[0].length;
      const after = buffer.slice(end);
      // Only what comes next tells whether a full stop was one.
      if (after === '' && !/[!?…\n]/.test(match[0])) return undefined;
      if (isSentenceEnd(buffer.slice(0, end), after)) return end;
    }
    if (!hasSpoken && buffer.length >= longOpeningChars) return lastPause();
    return buffer.length > longestSentenceChars ? (lastPause() ?? lastSpace()) : undefined;
  }
  function lastPause(): number | undefined {
    const ends = [...buffer.matchAll(pause)].map((match) => match.index + match[0].length);
    return ends.findLast((end) => end >= shortestOpeningChars && end < buffer.length);
  }
  function lastSpace(): number {
    const space = buffer.lastIndexOf(' ');
    return space > shortestOpeningChars ? space + 1 : buffer.length;
  }
  function take(end: number): readonly string[] {
    const sentence = buffer.slice(0, end).trim();
    buffer = buffer.slice(end);
    hasSpoken ||= sentence !== '';
    return sentence === '' ? [] : [sentence];
  }
  return {
    push(text) {
      buffer += text;
      const sentences: string[] = [];
      for (let end = nextCut(); end !== undefined; end = nextCut()) sentences.push(...take(end));
      return sentences;
    },
    flush: () => take(buffer.length),
    clear: () => void (buffer = ''),
  };
}
