/** Edits between two words, counted up to `limit` + 1. */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? limit + 1;
}

/** Consonants as they sound; vowels only at the start. */
export function soundKey(word: string): string {
  return word
    .replace(/^kn/, 'n')
    .replace(/^wr/, 'r')
    .replaceAll('ph', 'f')
    .replaceAll('ck', 'k')
    .replaceAll(/c(?=[eiy])/g, 's')
    .replaceAll(/[cq]/g, 'k')
    .replaceAll('z', 's')
    .replaceAll(/dg|g(?=[eiy])/g, 'j')
    .replaceAll(/(?!^)[aeiouyhw]/g, '')
    .replaceAll(/(.)\1+/g, '$1');
}

/** First sounds by the letters that write them. */
const startOf = (word: string): string => {
  const letters = word.replace(/^(?:k(?=n)|w(?=r))/, '').replace(/^p(?=h)/, 'f');
  return letters.replace(/^[cgjqsz]/, 'k').charAt(0);
};

/**
 * How far a heard word may be taken for a known one: 1 the same, 0 not at all.
 * Short words are never stretched, because they would become anything.
 */
export function likeness(heard: string, known: string): number {
  if (heard === known) return 1;
  if (heard.length < 4 || known.length < 4) return 0;
  const limit = Math.min(heard.length, known.length) >= 7 ? 2 : 1;
  const distance = editDistance(heard, known, limit);
  if (distance <= limit && known.startsWith(heard.charAt(0))) return distance === 1 ? 0.7 : 0.5;
  if (startOf(heard) !== startOf(known)) return 0; // cheap, and true of nearly all pairs
  const key = soundKey(heard);
  return key.length >= 3 && key === soundKey(known) ? 0.5 : 0;
}
