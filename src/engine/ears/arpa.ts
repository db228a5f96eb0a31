/**
 * What each distinct successor of a context adds to the mass kept for unseen ones. Witten and Bell have
 * 1; sentences drawn from templates leave less unseen than a text of the same length.
 */
const doubt = 0.6;

/** Weighted sentences to learn word sequences from. */
export interface WeightedSentence {
  readonly words: readonly string[];
  readonly weight: number;
}

/** Counts of word sequences up to three long; keys are words joined by a space. */
export interface NgramCounts {
  readonly single: Map<string, number>;
  readonly pairs: Map<string, number>;
  readonly triples: Map<string, number>;
}

/** @returns empty counts. */
export function emptyCounts(): NgramCounts {
  return { single: new Map(), pairs: new Map(), triples: new Map() };
}

/** @returns an independent copy. */
export function copyCounts(counts: NgramCounts): NgramCounts {
  return {
    single: new Map(counts.single),
    pairs: new Map(counts.pairs),
    triples: new Map(counts.triples),
  };
}

/** Adds one sentence, with its start and end, to `counts`. */
export function countSentence(counts: NgramCounts, { words, weight }: WeightedSentence): void {
  let before = '';
  let last = '<s>';
  for (let i = 0; i <= words.length; i += 1) {
    const word = words[i] ?? '</s>';
    const pair = `${last} ${word}`;
    add(counts.single, word, weight);
    add(counts.pairs, pair, weight);
    if (before) add(counts.triples, `${before} ${pair}`, weight);
    before = last;
    last = word;
  }
}

/**
 * Writes a trigram model in ARPA form, smoothed after Witten and Bell: how much is kept for unseen
 * words after a context is its share of distinct successors.
 *
 * @see Witten and Bell, “The zero-frequency problem”, 1991, and the ARPA format of SRILM's ngram-format(5).
 */
export function writeArpa(counts: NgramCounts): string {
  const { single, pairs, triples } = counts;
  let total = 0;
  for (const n of single.values()) total += n;
  const vocabulary = single.size;
  // Half of the unigram's unseen mass is spread evenly, so that rare words stay sayable.
  const p1 = (word: string): number => ((single.get(word) ?? 0) + 0.5) / (total + vocabulary * 0.5);
  const after1 = contexts(pairs);
  const after2 = contexts(triples);
  const p2 = new Map<string, number>();
  for (const { total: seen, successors } of after1.values()) {
    const kept = doubt * successors.length;
    const all = seen + kept;
    for (const { key, word, n } of successors) p2.set(key, (n + kept * p1(word)) / all);
  }
  // One growing text: an array of its 30,000 lines takes twice as long.
  let text = `\\data\\\nngram 1=${vocabulary + 1}\nngram 2=${pairs.size}\nngram 3=${triples.size}\n`;
  text += `\n\\1-grams:\n-99 <s> ${log(unseenShare(after1.get('<s>')))}\n`;
  for (const word of single.keys()) {
    const rest = word === '</s>' ? '' : ` ${log(unseenShare(after1.get(word)))}`;
    text += `${log(p1(word))} ${word}${rest}\n`;
  }
  text += '\n\\2-grams:\n';
  for (const { successors } of after1.values()) {
    for (const { key, word } of successors) {
      const rest = word === '</s>' ? '' : ` ${log(unseenShare(after2.get(key)))}`;
      text += `${log(p2.get(key) ?? 0)} ${key}${rest}\n`;
    }
  }
  text += '\n\\3-grams:\n';
  for (const { total: seen, successors } of after2.values()) {
    const kept = doubt * successors.length;
    const all = seen + kept;
    for (const { key, n } of successors) {
      const shorter = p2.get(key.slice(key.indexOf(' ') + 1)) ?? 0;
      text += `${log((n + kept * shorter) / all)} ${key}\n`;
    }
  }
  return `${text}\n\\end\\\n`;
}

interface Successor {
  /** The context and the word. */
  readonly key: string;
  readonly word: string;
  readonly n: number;
}

interface Context {
  total: number;
  readonly successors: Successor[];
}

function contexts(counts: ReadonlyMap<string, number>): Map<string, Context> {
  const found = new Map<string, Context>();
  for (const [key, n] of counts) {
    const cut = key.lastIndexOf(' ');
    const context = key.slice(0, cut);
    let entry = found.get(context);
    if (!entry) found.set(context, (entry = { total: 0, successors: [] }));
    entry.total += n;
    entry.successors.push({ key, word: key.slice(cut + 1), n });
  }
  return found;
}

/**
 * The factor on the shorter context's probability for words never seen after this one. Witten-Bell
 * interpolates with the shorter context, so it is exactly the mass kept for the unseen.
 */
function unseenShare(context: Context | undefined): number {
  if (!context) return 1;
  const kept = doubt * context.successors.length;
  return kept / (context.total + kept);
}

function add(map: Map<string, number>, key: string, weight: number): void {
  map.set(key, (map.get(key) ?? 0) + weight);
}

/** Logarithms as they are written, by their ten-thousandths: few are unlike, and writing one is slow. */
const written: string[] = [];
const farthest = 99;

function log(probability: number): string {
  const tenThousandths = Math.round(-10_000 * Math.log10(Math.max(probability, 1e-99)));
  const index = Math.min(farthest * 10_000, Math.max(0, tenThousandths));
  return (written[index] ??= (-index / 10_000).toFixed(4));
}
