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
  for (const [first, { total: seen, successors }] of after1) {
    const kept = doubt * successors.length;
    const all = seen + kept;
    for (const [word, n] of successors) {
      p2.set(`${first} ${word}`, (n + kept * p1(word)) / all);
    }
  }
  const lines = ['\\data\\', `ngram 1=${vocabulary + 1}`, `ngram 2=${pairs.size}`];
  lines.push(`ngram 3=${triples.size}`, '', '\\1-grams:');
  lines.push(`-99 <s> ${log(unseenShare(after1.get('<s>')))}`);
  for (const word of single.keys()) {
    const rest = word === '</s>' ? '' : ` ${log(unseenShare(after1.get(word)))}`;
    lines.push(`${log(p1(word))} ${word}${rest}`);
  }
  lines.push('', '\\2-grams:');
  for (const pair of pairs.keys()) {
    const [, second = ''] = pair.split(' ');
    const rest = second === '</s>' ? '' : ` ${log(unseenShare(after2.get(pair)))}`;
    lines.push(`${log(p2.get(pair) ?? 0)} ${pair}${rest}`);
  }
  lines.push('', '\\3-grams:');
  for (const [context, { total: seen, successors }] of after2) {
    const [, second = ''] = context.split(' ');
    const kept = doubt * successors.length;
    const all = seen + kept;
    for (const [word, n] of successors) {
      const shorter = p2.get(`${second} ${word}`) ?? 0;
      const p = (n + kept * shorter) / all;
      lines.push(`${log(p)} ${context} ${word}`);
    }
  }
  lines.push('', '\\end\\', '');
  return lines.join('\n');
}

interface Context {
  total: number;
  readonly successors: [word: string, count: number][];
}

function contexts(counts: ReadonlyMap<string, number>): Map<string, Context> {
  const found = new Map<string, Context>();
  for (const [key, n] of counts) {
    const cut = key.lastIndexOf(' ');
    const context = key.slice(0, cut);
    let entry = found.get(context);
    if (!entry) found.set(context, (entry = { total: 0, successors: [] }));
    entry.total += n;
    entry.successors.push([key.slice(cut + 1), n]);
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

function log(probability: number): string {
  return Math.max(-99, Math.log10(Math.max(probability, 1e-99))).toFixed(4);
}
