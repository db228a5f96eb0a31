import { readFileSync } from 'node:fs';

/** Meanings of words as directions; a fixed table, read from the launcher's file. */
export interface WordVectors {
  readonly dimensions: number;
  /** Of length one; undefined for a word that is not known. The same array each time. */
  of(word: string): Float32Array | undefined;
  /** How many words are more frequent; undefined for a word that is not known. */
  rank(word: string): number | undefined;
}

const headBytes = 20;
/** How many words are kept unpacked: those of all sessions going on, many times over. */
const keptWords = 8192;

/**
 * Opens a table as `bin/launcher/vector-table.mjs` packs it: one read, no parsing.
 *
 * @throws Error when the file cannot be read or is something else
 */
export function openWordVectors(path: string): WordVectors {
  const file = readFileSync(path);
  const damaged = (): Error => new Error(`the word vectors in ${path} are damaged`);
  if (file.length < headBytes || file.toString('latin1', 0, 4) !== 'SBWV') throw damaged();
  const [version, count = 0, dimensions = 0, wordBytes = 0] = [4, 8, 12, 16].map((at) =>
    file.readUInt32LE(at),
  );
  const scalesAt = headBytes + 4 * (count + 1);
  const ranksAt = scalesAt + 4 * count;
  const rowsAt = ranksAt + 4 * count;
  const wordsAt = rowsAt + count * dimensions;
  if (version !== 1 || dimensions === 0 || file.length !== wordsAt + wordBytes) throw damaged();

  const offset = (place: number): number => wordsAt + file.readUInt32LE(headBytes + 4 * place);
  const placeOf = (word: string): number | undefined => {
    const wanted = Buffer.from(word, 'latin1');
    for (let low = 0, high = count - 1; low <= high;) {
      const middle = (low + high) >> 1;
      const order = file.compare(
        wanted,
        ...[0, wanted.length],
        ...[offset(middle), offset(middle + 1)],
      );
      if (order === 0) return middle;
      if (order < 0) low = middle + 1;
      else high = middle - 1;
    }
    return undefined;
  };
  const unpacked = (place: number): Known => {
    const vector = new Float32Array(dimensions);
    const scale = file.readFloatLE(scalesAt + 4 * place);
    for (let index = 0; index < dimensions; index += 1)
      vector[index] = file.readInt8(rowsAt + place * dimensions + index) * scale;
    return { vector, rank: file.readUInt32LE(ranksAt + 4 * place) };
  };

  const kept = new Map<string, Known | undefined>();
  const known = (word: string): Known | undefined => {
    if (kept.has(word)) return kept.get(word);
    const place = placeOf(word);
    const found = place === undefined ? undefined : unpacked(place);
    if (kept.size >= keptWords) kept.clear();
    kept.set(word, found);
    return found;
  };
  return {
    dimensions,
    of: (word) => known(word)?.vector,
    rank: (word) => known(word)?.rank,
  };
}

interface Known {
  readonly vector: Float32Array;
  readonly rank: number;
}

/** Cosine of two vectors of length one. */
export function alike(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index += 1) sum += (a[index] ?? 0) * (b[index] ?? 0);
  return sum;
}
