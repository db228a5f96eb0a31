import { letterNames } from '../language/index.ts';

const likeness = String.raw`(?:as in|like in|is for|for|like|as|of)`;
const letterLike = new RegExp(String.raw`\b([a-z]) ${likeness} (\p{L}+)\b`, 'giu');
const spellingAlphabet: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(letterNames).filter(
    ([word]) => word.length >= 4 && !/^(?:queue|aitch)$/.test(word),
  ),
);

/**
 * Spelled letters as single letters: "b as in bravo" → "b", "capital b" → "b", "double t" → "t t".
 * Everything else stays as it is.
 */
export function spelledPlainly(text: string): string {
  return text
    .replaceAll(letterLike, (all: string, letter: string, word: string) =>
      word.toLowerCase().startsWith(letter.toLowerCase()) && word.length > 1 ? letter : all,
    )
    .replaceAll(/\b(?:capital|upper ?case|big|lower ?case|small) (?:letter )?(?=[a-z]\b)/gi, '')
    .replaceAll(/\bdouble ([a-z])\b(?<!double u)/gi, '$1 $1')
    .replaceAll(/\b(?:triple|treble) ([a-z])\b/gi, '$1 $1 $1');
}

/** Words of the spelling alphabet as letters, where there are at least three of them in a row. */
export function alphabetSpelled(text: string): string {
  const words = text.split(/\s+/);
  const letters = words.map((word) => spellingAlphabet[word.toLowerCase().replaceAll('-', '')]);
  return words
    .map((word, index) => {
      let from = index;
      while (letters[from - 1] !== undefined) from -= 1;
      let to = index;
      while (letters[to + 1] !== undefined) to += 1;
      return letters[index] !== undefined && to - from >= 2 ? letters[index] : word;
    })
    .join(' ');
}
