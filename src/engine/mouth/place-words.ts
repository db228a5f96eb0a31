import { digitByDigit, normalise } from './normalise/index.ts';
import type { SpokenWord } from './port.ts';

/** What is said for the sake of the word that follows. */
const leading = new Set(['the', 'of', 'and', 'to', 'minus', 'plus', 'number']);

interface Times {
  readonly startMs: number;
  readonly endMs: number;
}

/**
 * Finds each word as written among the words as spoken: "$42.50" is heard as "forty two dollars and
 * fifty cents", "24 November" as "the twenty fourth of November".
 *
 * Each written word is also normalised alone; what it then says is looked for in what was spoken, in
 * order. What is spoken only because of the neighbours goes with a word nearby that was not found at all,
 * else "the", "of" and the like with the word after it, the rest with the word before.
 *
 * @param spoken the normalised text, whose words between white space have `times`.
 * @returns the written words in order, with the white space around them; joined they are `text`.
 */
export function placeWords(options: {
  readonly text: string;
  readonly spoken: string;
  readonly times: readonly Times[];
}): readonly SpokenWord[] {
  const { text, spoken, times } = options;
  const written = text.match(/^\s*\S+\s*|\S+\s*/g) ?? [];
  const heard = bareWords(spoken);
  const owners = assign(
    written.map((word) => alone(word, heard)),
    heard,
  );
  let lastMs = 0;
  return written.map((word, index) => {
    const from = owners.indexOf(index);
    const to = owners.lastIndexOf(index);
    const startMs = Math.max(lastMs, times[from]?.startMs ?? lastMs);
    lastMs = Math.max(startMs, times[to]?.endMs ?? startMs);
    return { text: word, startMs, endMs: lastMs };
  });
}

/** The year only decides which years are said; any will do. */
const normaliseAlone = (word: string): readonly string[] =>
  bareWords(normalise(word, { thisYear: 0 }));

/** What a written word says by itself. A number is an amount or, as part of a longer one, its digits. */
function alone(word: string, heard: readonly string[]): readonly string[] {
  const digits = /^\D?(\d{2,})\W*$/.exec(word)?.[1];
  if (digits) {
    const named = bareWords(digitByDigit(digits));
    if (` ${heard.join(' ')} `.includes(` ${named.join(' ')} `)) return named;
  }
  return normaliseAlone(word);
}

const bareWords = (spoken: string): readonly string[] =>
  spoken
    .toLowerCase()
    .split(/\s+/)
    .map((word) => word.replace(/[^a-z']/g, ''))
    .filter((word) => word !== '');

/** @returns for each heard word the index of the written one it belongs to, never decreasing. */
function assign(
  written: readonly (readonly string[])[],
  heard: readonly string[],
): readonly number[] {
  const expected = written.flatMap((words, owner) => words.map((word) => ({ word, owner })));
  const found = align(
    expected.map(({ word }) => word),
    heard,
  );
  const matched = new Set(found.filter((at) => at !== null));
  const owners: number[] = [];
  for (let at = 0; at < heard.length;) {
    const match = found[at];
    if (match !== null && match !== undefined) {
      owners.push(expected[match]?.owner ?? 0);
      at++;
      continue;
    }
    let end = at;
    while (end < heard.length && found[end] === null) end++;
    const before = found[at - 1] ?? -1;
    const after = found[end] ?? expected.length;
    const lost = expected.slice(before + 1, after).filter((_, i) => !matched.has(before + 1 + i));
    const last = expected[before]?.owner;
    const next = expected[after]?.owner;
    for (let index = at; index < end; index++) {
      const share = Math.floor(((index - at) / (end - at)) * lost.length);
      const leads = heard.slice(index, end).every((word) => leading.has(word));
      owners.push(lost[share]?.owner ?? (leads ? (next ?? last) : (last ?? next)) ?? 0);
    }
    at = end;
  }
  return owners;
}

/** The longest common subsequence, where two words with the same beginning are half the same. */
function align(expected: readonly string[], heard: readonly string[]): readonly (number | null)[] {
  const width = heard.length + 1;
  const best = new Uint16Array((expected.length + 1) * width);
  const score = (i: number, j: number): number => best[i * width + j] ?? 0;
  for (let i = expected.length - 1; i >= 0; i--) {
    for (let j = heard.length - 1; j >= 0; j--) {
      const same = likeness(expected[i] ?? '', heard[j] ?? '');
      best[i * width + j] = Math.max(
        score(i + 1, j),
        score(i, j + 1),
        same > 0 ? same + score(i + 1, j + 1) : 0,
      );
    }
  }
  const found: (number | null)[] = [];
  let i = 0;
  for (let j = 0; j < heard.length;) {
    const same = i < expected.length ? likeness(expected[i] ?? '', heard[j] ?? '') : 0;
    if (same > 0 && score(i, j) === same + score(i + 1, j + 1)) {
      found.push(i++);
      j++;
    } else if (i < expected.length && score(i + 1, j) >= score(i, j + 1)) {
      i++;
    } else {
      found.push(null);
      j++;
    }
  }
  return found;
}

/** 2 for the same word, 1 for one like "six" and "sixth", 0 for others. */
function likeness(one: string, other: string): number {
  if (one === other) return 2;
  return one.length >= 3 && other.length >= 3 && one.slice(0, 3) === other.slice(0, 3) ? 1 : 0;
}
