import { doubleMetaphone } from 'double-metaphone';

const titles = new Set(['mr', 'mrs', 'ms', 'miss', 'mx', 'dr']);

/** The words of a name in plain small letters, without titles: `Dr. Zoë O'Neil` is `zoe`, `oneil`. */
function wordsOf(name: string): readonly string[] {
  return name
    .normalize('NFD')
    .replace(/[\p{M}'’]/gu, '')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '' && !titles.has(word));
}

/** First and last word; what stands between is often left out. Null for a single word. */
function endsOf(name: string): readonly [first: string, last: string] | null {
  const words = wordsOf(name);
  const [first] = words;
  const last = words.at(-1);
  return first === undefined || last === undefined || words.length < 2 ? null : [first, last];
}

/** What a word sounds like; the word itself where the rules of sound know nothing of its letters. */
function soundOf(word: string): string {
  return doubleMetaphone(word)[0] || word;
}

function alike(one: string, other: string): boolean {
  if (one === other || soundOf(one) === soundOf(other)) return true;
  const second = (word: string): string => doubleMetaphone(word)[1] || soundOf(word);
  return soundOf(one) === second(other) || second(one) === soundOf(other);
}

/** Whether two names are written alike, but for capitals, accents and titles. */
export function isSameName(one: string, other: string): boolean {
  return wordsOf(one).join(' ') === wordsOf(other).join(' ');
}

/**
 * Whether two names sound alike by first and last name, as over a telephone: nobody spells theirs,
 * and a recogniser writes `Jean` for `Jane`. Two different names may sound alike, so that this
 * never suffices alone.
 */
export function soundsLikeName(one: string, other: string): boolean {
  const [a, b] = [endsOf(one), endsOf(other)];
  if (!a || !b) return isSameName(one, other);
  return alike(a[0], b[0]) && alike(a[1], b[1]);
}

/** The same for names that sound the same, so that spelling one anew is no new name: `JN MLR`. */
export function nameSound(name: string): string {
  return (endsOf(name) ?? wordsOf(name)).map(soundOf).join(' ');
}
