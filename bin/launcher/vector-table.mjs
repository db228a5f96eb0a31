import { LauncherError } from './launcher-error.mjs';

/**
 * The most frequent words and their vectors, as the engine reads them: one file, no parsing.
 *
 * Little endian: `SBWV`, version, how many words, how many dimensions, bytes of all words; then where
 * each word begins (uint32, one more than words), scales (float32), ranks by frequency (uint32), rows
 * (int8, times their scale), words (UTF-8, in byte order, for binary search).
 */
const version = 1;
const headBytes = 20;

/** What is a word: letters, with hyphens and apostrophes inside. */
const isWord = /^[a-z]+(?:['-][a-z]+)*$/;

/**
 * Reads `{…, "vectors": {"word": [numbers…], …}}` as it comes, no further than it needs to: the
 * whole is hundreds of megabytes, most frequent words first.
 *
 * @param {AsyncIterable<Buffer>} json
 * @param {{ count: number, dimensions: number }} size
 * @returns {Promise<{ words: string[], vectors: Float32Array }>} in the order of the file
 * @throws {LauncherError} when the text ends before that
 */
export async function readVectors(json, { count, dimensions }) {
  /** @type {string[]} */
  const words = [];
  const vectors = new Float32Array(count * dimensions);
  let text = '';
  let isInside = false;
  for await (const chunk of json) {
    // Words that are kept are ASCII; what others are made of does not matter.
    text += chunk.toString('latin1');
    if (!isInside) {
      const begin = text.indexOf('],"vectors":{');
      if (begin < 0) {
        text = text.slice(-16);
        continue;
      }
      text = text.slice(begin + '],"vectors":{'.length);
      isInside = true;
    }
    let at = 0;
    for (let end = text.indexOf('],"', at); end >= 0; end = text.indexOf('],"', at)) {
      const colon = text.lastIndexOf('":[', end);
      const word = text.slice(at + 1, colon);
      if (isWord.test(word)) {
        const row = text.slice(colon + 3, end).split(',', dimensions);
        if (row.length < dimensions)
          throw new LauncherError(`the vector of '${word}' is too short`);
        for (const [index, value] of row.entries())
          vectors[words.length * dimensions + index] = Number(value);
        words.push(word);
        if (words.length === count) return { words, vectors };
      }
      at = end + 2;
    }
    text = text.slice(at);
  }
  throw new LauncherError(`there are only ${words.length} words`);
}

/**
 * Centres the vectors on their mean, scales them to length one, and packs them.
 *
 * What all words share says nothing about any of them; without it, words that have nothing to do with
 * each other are about at right angles.
 *
 * @param {{ words: readonly string[], vectors: Float32Array }} table in order of frequency
 * @returns {Buffer}
 */
export function packVectors({ words, vectors }) {
  const count = words.length;
  const dimensions = vectors.length / count;
  const mean = new Float64Array(dimensions);
  for (let index = 0; index < vectors.length; index += 1)
    mean[index % dimensions] = (mean[index % dimensions] ?? 0) + (vectors[index] ?? 0) / count;

  const order = words.map((_word, rank) => rank);
  order.sort((a, b) => ((words[a] ?? '') < (words[b] ?? '') ? -1 : 1));
  const text = Buffer.from(words.toSorted().join(''), 'latin1');
  const file = Buffer.alloc(
    headBytes + 4 * (count + 1) + 8 * count + count * dimensions + text.length,
  );
  file.write('SBWV', 0, 'latin1');
  file.writeUInt32LE(version, 4);
  file.writeUInt32LE(count, 8);
  file.writeUInt32LE(dimensions, 12);
  file.writeUInt32LE(text.length, 16);
  const scalesAt = headBytes + 4 * (count + 1);
  const ranksAt = scalesAt + 4 * count;
  const rowsAt = ranksAt + 4 * count;
  let offset = 0;
  for (const [place, rank] of order.entries()) {
    file.writeUInt32LE(offset, headBytes + 4 * place);
    offset += words[rank]?.length ?? 0;
    const row = vectors
      .subarray(rank * dimensions, (rank + 1) * dimensions)
      .map((value, index) => value - (mean[index] ?? 0));
    const length = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0)) || 1;
    const largest = row.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
    file.writeFloatLE(largest / length / 127, scalesAt + 4 * place);
    file.writeUInt32LE(rank, ranksAt + 4 * place);
    for (const [index, value] of row.entries())
      file.writeInt8(Math.round((value / largest) * 127), rowsAt + place * dimensions + index);
  }
  file.writeUInt32LE(offset, headBytes + 4 * count);
  text.copy(file, rowsAt + count * dimensions);
  return file;
}
