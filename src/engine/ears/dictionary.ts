import { readFileSync } from 'node:fs';
import { guessPhones } from './letter-to-sound.ts';

/** How words are pronounced, in the phones of CMU's dictionary. */
export interface Dictionary {
  /** Whether a word is listed. */
  has(word: string): boolean;
  /** Dictionary lines (`word PHONES`, `word(2) PHONES`) for a word; guessed when it is not listed. */
  lines(word: string): readonly string[];
}

/**
 * Opens a dictionary sorted by byte, as CMU's is. It stays one 3 MB buffer and is searched by
 * halves: an index of its 134,000 words would take ten times the memory.
 *
 * @throws the file system's error when the file cannot be read.
 */
export function openDictionary(file: string): Dictionary {
  const bytes = readFileSync(file);
  const listed = new Map<string, readonly string[]>();

  /** The start of the line that holds `position`. */
  const lineStart = (position: number): number => bytes.lastIndexOf(10, position - 1) + 1;
  const lineAt = (start: number): string => {
    const end = bytes.indexOf(10, start);
    return bytes.toString('latin1', start, end < 0 ? bytes.length : end).trimEnd();
  };

  function find(headword: string): string | null {
    let low = 0;
    let high = bytes.length;
    while (low < high) {
      const start = lineStart((low + high) >> 1);
      const line = lineAt(start);
      const word = line.slice(0, line.indexOf(' '));
      if (word === headword) return line;
      if (word < headword) low = start + line.length + 1;
      else high = start;
    }
    return null;
  }

  function look(word: string): readonly string[] {
    const first = find(word);
    if (!first) return [];
    const lines = [first];
    for (let n = 2; ; n += 1) {
      const next = find(`${word}(${n})`);
      if (!next) return lines;
      lines.push(next);
    }
  }

  function phonesOf(word: string): string | null {
    const line = find(word);
    return line ? line.slice(line.indexOf(' ') + 1) : null;
  }

  return {
    has: (word) => find(word) !== null,
    lines(word) {
      const known = listed.get(word);
      if (known) return known;
      let lines = look(word);
      if (lines.length === 0) lines = [`${word} ${guessPhones(word, phonesOf)}`];
      lines = [...lines, ...unmerged(lines)];
      listed.set(word, lines);
      return lines;
    },
  };
}

/**
 * The dictionary merges an unstressed vowel and a following r into ER, also between vowels (`maria M ER
 * IY AH`), where many people keep them apart. @returns lines for that, where none is there yet.
 */
function unmerged(lines: readonly string[]): string[] {
  const known = new Set(lines.map((line) => line.slice(line.indexOf(' ') + 1)));
  const found: string[] = [];
  const [headword = ''] = (lines[0] ?? '').split(' ');
  for (const phones of [...known]) {
    const apart = phones.replace(/\bER (?=[AEIOU])/g, 'AH R ');
    if (known.has(apart)) continue;
    known.add(apart);
    found.push(`${headword}(${lines.length + found.length + 1}) ${apart}`);
  }
  return found;
}
