import { concepts, idioms, stopWords } from './lexicon.ts';

/** Lower case, plain apostrophes, single spaces. Signs inside numbers and codes stay. */
export function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[’‘`]/g, "'").replaceAll(/\s+/g, ' ').trim();
}

/** "Eighty-two" as "eighty two", of the same length. Codes with digits and the text around stay. */
export const unhyphened = (text: string): string => text.replaceAll(/(?<=\p{L})-(?=\p{L})/gu, ' ');

/** The words of an utterance: letters, digits and the signs inside them (`it's`, `10:30`, `a-12`). */
export function wordsOf(text: string): string[] {
  return plain(text).match(/[a-z0-9\u00c0-\u024f]+(?:[':./-][a-z0-9\u00c0-\u024f]+)*/g) ?? [];
}

/** A light English stemmer: enough that inflections of a word meet. */
export function stem(word: string): string {
  let root = word.replace(/'s$|'$/, '');
  if (root.length <= 3) return root;
  const endings: readonly (readonly [RegExp, string])[] = [
    [/(?:ss|us|is)$/, '$&'], // not a plural
    [/ies$/, 'y'],
    [/(?<=x|ch|sh|ss)es$/, ''],
    [/s$/, ''],
  ];
  const plural = endings.find(([ending]) => ending.test(root));
  if (plural) root = root.replace(plural[0], plural[1]);
  for (const ending of [/ations?$/, /ments?$/, /ings?$/, /edly$/, /ed$/, /ers?$/, /ion$/, /ly$/]) {
    const cut = root.replace(ending, '');
    if (cut !== root && cut.length >= 3 && /[aeiouy]/.test(cut)) {
      root = cut;
      break;
    }
  }
  if (/([bdfgklmnprt])\1$/.test(root)) root = root.slice(0, -1);
  return root.length > 3 ? root.replace(/e$/, '').replace(/y$/, 'i') : root;
}

const conceptOfStem: ReadonlyMap<string, string> = new Map(
  Object.entries(concepts).flatMap(([concept, words]) =>
    words.map((word): [string, string] => [stem(word), concept]),
  ),
);

/** The concept a stem belongs to, if the lexicon has one. */
function conceptOf(root: string): string | undefined {
  return conceptOfStem.get(root);
}

/** A word that says what something is about. */
export interface Term {
  readonly word: string;
  readonly stem: string;
  readonly concept: string | undefined;
}

/** A thing to read, not what is done to a table: "a book", "two books". */
const bookToRead =
  /\bbooks\b|(?<=\b(?:an?|the|my|your|this|that|his|her|their|our|which|any|some|old|new|library|of|same|one) )book\b(?! (?:an?|the|my|me|us|in|it|for)\b)/g;
/** Stands for such a book, which shares no stem with booking. */
const volume = 'book-to-read';

/** The words of a text that carry a matter, in order, idioms folded. */
export function termsOf(text: string): Term[] {
  let folded = plain(text).replaceAll('_', ' ');
  for (const [idiom, word] of idioms) folded = folded.replace(idiom, word);
  return wordsOf(folded.replace(bookToRead, volume))
    .flatMap((word) => (/\d/.test(word) || word === volume ? [word] : word.split(/[-/.]/)))
    .filter((word) => word.length > 1 && !stopWords.has(word))
    .map((word) => {
      if (word === volume) return { word: 'book', stem: volume, concept: undefined };
      const root = stem(word);
      return { word, stem: root, concept: conceptOf(root) };
    });
}

/** Sentences and list items of a prompt or a description, without Markdown signs. */
export function sentencesOf(text: string): string[] {
  return text
    .split(/\n+/)
    .map((line) => line.replace(/^\s*(?:[-*>]|\d+\.)\s+/, '').replace(/[*_]{2}/g, ''))
    .filter((line) => !/^\s*#/.test(line))
    .flatMap((line) => line.match(/(?:[^.!?]|[.!?](?!\s|$))+[.!?]*/g) ?? [])
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');
}

/** A sentence or list item, and the heading above it; empty when there is none. */
export interface Line {
  readonly heading: string;
  readonly text: string;
}

/** What makes a line a heading: `# Sales`, `**Sales**`, `Sales:`. */
const headingLine = /^\s*(?:#{1,6}\s+(.+?)\s*#*|\*\*([^*]+)\*\*:?|([A-Z][^.!?:]{1,50}):)\s*$/;

/** Sentences of a prompt with the headings that they stand under. */
export function linesOf(text: string): Line[] {
  let section = '';
  let heading = '';
  return text.split(/\n+/).flatMap((line) => {
    const found = headingLine.exec(line);
    if (found) {
      const [, title, bold, label = ''] = found;
      section = title ?? bold ?? section;
      heading = [section, label].filter((part) => part !== '').join(': ');
      return [];
    }
    return sentencesOf(line).map((sentence) => ({ heading, text: sentence }));
  });
}
