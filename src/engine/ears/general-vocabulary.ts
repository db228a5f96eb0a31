import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** How `en-us.lm.bin` is laid out: a trie with quantised probabilities, as sphinxbase writes it. */
const layout = {
  magic: 'Trie Language Model',
  /** After the magic and the order: how many words, pairs and triples, then the kind of quantisation. */
  wordCount: 20,
  tables: 36,
  /** Probabilities and back-offs of pairs, probabilities of triples: 16 bits each. */
  tablesBytes: 3 * 65_536 * 4,
  /** Probability, back-off, first pair. */
  wordBytes: 12,
};
/** The words stand at the end; a megabyte holds them. */
const tailBytes = 1_000_000;

/**
 * The words that a general language model expects most often.
 *
 * @param file the model, in sphinxbase's trie format.
 * @returns null when the file is laid out in another way.
 * @throws the file system's error when it cannot be read.
 */
export function commonWords(file: string, most: number): ReadonlySet<string> | null {
  const descriptor = openSync(file, 'r');
  try {
    const { size } = fstatSync(descriptor);
    const read = (from: number, length: number): Buffer => {
      const bytes = Buffer.alloc(Math.min(length, size - from));
      readSync(descriptor, bytes, 0, bytes.length, from);
      return bytes;
    };
    const head = read(0, layout.tables);
    if (head.toString('latin1', 0, layout.magic.length) !== layout.magic) return null;
    const count = head.readUInt32LE(layout.wordCount);
    const words = wordsIn(read(Math.max(0, size - tailBytes), tailBytes));
    if (words?.length !== count) return null;
    const records = read(layout.tables + layout.tablesBytes, count * layout.wordBytes);
    if (records.length < count * layout.wordBytes) return null;
    const scores = words.map(
      (word, i) => [word, records.readFloatLE(i * layout.wordBytes)] as const,
    );
    // Logarithms of probabilities; anything else means that this is not where they stand.
    if (scores.some(([, score]) => Number.isNaN(score) || score > 0)) return null;
    const best = scores.sort((a, b) => b[1] - a[1]).slice(0, most);
    return new Set(best.map(([word]) => word));
  } finally {
    closeSync(descriptor);
  }
}

/** The last thing in the file is a length and so many bytes of words, each with a zero after it. */
function wordsIn(tail: Buffer): string[] | null {
  for (let at = tail.length - 5; at >= 0; at -= 1) {
    if (tail.readUInt32LE(at) !== tail.length - at - 4) continue;
    return tail.toString('latin1', at + 4, tail.length - 1).split('\0');
  }
  return null;
}
