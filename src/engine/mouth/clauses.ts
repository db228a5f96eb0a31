import { isSentenceEnd, sentenceEnd } from '../../lib/index.ts';

/** A stretch of text spoken in one go. */
export interface Clause {
  /** Exactly as written, with the white space that follows. */
  readonly text: string;
  /** What comes after it decides how long the voice rests. */
  readonly ends: 'sentence' | 'comma' | 'word' | 'text';
}

/** Sentences up to this length are spoken whole: cutting them gains little time and costs melody. */
const wholeSentenceChars = 70;
/** A part of a long sentence is at least this long. The first may be shorter: it is waited for. */
const shortestPartChars = 24;
const shortestOpeningChars = 12;
/** Before a conjunction nobody pauses: cutting there is for sentences that run on. */
const shortestRunOnChars = 45;
/** A first sentence that long is waited for too long: it opens with a phrase of its own, without a pause. */
const longestOpeningChars = 80;
const shortestPhraseChars = 30;
const longestPhraseChars = 60;
/** No clause is longer, whatever the text looks like. */
const longestClauseChars = 220;

const partEnd = /[,;:]["'”’)\]]*\s+|\s+[–—]\s+|\s+(?=(?:and|but|or|because|so|which|then)\s)/g;
/** Where a phrase begins: a short break before it is heard as thinking, not as a fault. */
const phraseStart =
  /\s+(?=(?:and|but|or|because|so|which|that|who|when|where|while|if|although|then|for|with|at|on|in|from|to|by|after|before|until)\s)/gi;
const pauseMark = /[,;:–—]["'”’)\]]*\s*$/;
/** Before these a comma or an "and" belongs to one date, name of a day or number. */
const keepsTogether =
  /(?:\b(?:\d+|hundred|thousand|million|dollars?|pounds?|euros?|(?:Sun|Mon|Tues|Wednes|Thurs|Fri|Satur)day|(?:Jan|Febr)uary|March|April|May|June|July|August|(?:Septem|Octo|Novem|Decem)ber)|\d(?:st|nd|rd|th))$/i;

/**
 * Cuts a text where a speaker would breathe: at the ends of sentences and lines, and inside long
 * sentences at commas and conjunctions. All parts joined are the text again.
 */
export function splitClauses(text: string): readonly Clause[] {
  const clauses: Clause[] = [];
  for (const sentence of cut(text, sentenceEnd, isSentenceEnd)) {
    const parts =
      sentence.length > wholeSentenceChars ? cutLong(sentence, clauses.length === 0) : [sentence];
    const [opening = '', ...others] = parts;
    const first = clauses.length === 0 ? [...cutOpening(opening), ...others] : parts;
    const bounded = first.flatMap(bound);
    bounded.forEach((part, index) => {
      const last = index === bounded.length - 1;
      const ends = last ? 'sentence' : pauseMark.test(part) ? 'comma' : 'word';
      clauses.push({ text: part, ends });
    });
  }
  const final = clauses.pop();
  return final ? [...clauses, { ...final, ends: 'text' }] : [];
}

/** Cuts a text at the ends of sentences and lines. All parts joined are the text again. */
export function splitSentences(text: string): readonly { readonly text: string }[] {
  return cut(text, sentenceEnd, isSentenceEnd).map((sentence) => ({ text: sentence }));
}

/** The phrase that a long first part opens with, and the rest of it. */
function cutOpening(part: string): readonly string[] {
  if (part.length <= longestOpeningChars) return [part];
  let opened = false;
  return cut(part, phraseStart, (before, after) => {
    if (opened || before.length < shortestPhraseChars) return false;
    if (before.length > longestPhraseChars) return false;
    if (after.length < shortestPartChars || keepsTogether.test(before.trimEnd())) return false;
    opened = true;
    return true;
  });
}

function cutLong(sentence: string, opening: boolean): readonly string[] {
  let from = 0;
  return cut(sentence, partEnd, (before, after) => {
    const pauses = pauseMark.test(before);
    const opens = opening && from === 0;
    const shortest = pauses
      ? opens
        ? shortestOpeningChars
        : shortestPartChars
      : shortestRunOnChars;
    const written = before.trimEnd().replace(/[,;:]["'”’)\]]*$/, '');
    if (before.length - from < shortest || after.length < shortestOpeningChars) return false;
    if (keepsTogether.test(written.trimEnd()) || /^\d/.test(after)) return false;
    from = before.length;
    return true;
  });
}

/** Cuts after every match of `pattern` that `accept` agrees to, given the text on both sides. */
function cut(
  text: string,
  pattern: RegExp,
  accept: (before: string, after: string) => boolean,
): readonly string[] {
  const parts: string[] = [];
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    const end = match.index + match[0].length;
    if (end >= text.length || !accept(text.slice(0, end), text.slice(end))) continue;
    parts.push(text.slice(from, end));
    from = end;
  }
  if (from < text.length) parts.push(text.slice(from));
  return parts;
}

function bound(part: string): readonly string[] {
  if (part.length <= longestClauseChars) return [part];
  const head = part.slice(0, longestClauseChars);
  const space = head.lastIndexOf(' ');
  // Never between the halves of one character.
  const hard = /[\ud800-\udbff]$/.test(head) ? longestClauseChars - 1 : longestClauseChars;
  const at = space > shortestPartChars ? space + 1 : hard;
  return [part.slice(0, at), ...bound(part.slice(at))];
}
