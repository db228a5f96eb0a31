import { expect, test } from 'vitest';
import { LauncherError } from './launcher-error.mjs';
import { packVectors, readVectors } from './vector-table.mjs';

const json =
  '{"precision":8,"words":["the","$","]","no-one","é","cat"],"vectors":{' +
  '"the":[1,0,9,0],"$":[5,5,9,1],"]":[5,5,9,1],"no-one":[0,1,9,2],"é":[7,7,9,3],"cat":[-1,-1,9,4]}}';

/** In pieces that end anywhere. */
async function* inPieces(/** @type {string} */ text, /** @type {number} */ size) {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

test.each([1, 7, 1000])('reads words and their numbers, in pieces of %d bytes', async (size) => {
  const { words, vectors } = await readVectors(inPieces(json, size), { count: 2, dimensions: 2 });
  expect(words).toEqual(['the', 'no-one']);
  expect([...vectors]).toEqual([1, 0, 0, 1]);
});

test('reads no further than it needs to', async () => {
  let read = 0;
  const counted = async function* () {
    for await (const piece of inPieces(json.padEnd(100_000), 50)) {
      read += piece.length;
      yield piece;
    }
  };
  await readVectors(counted(), { count: 2, dimensions: 2 });
  expect(read).toBeLessThan(json.length + 50);
});

test('a text with fewer words, or with shorter vectors, is refused', async () => {
  await expect(readVectors(inPieces(json, 20), { count: 9, dimensions: 2 })).rejects.toThrow(
    LauncherError,
  );
  await expect(readVectors(inPieces(json, 20), { count: 1, dimensions: 9 })).rejects.toThrow(
    "the vector of 'the' is too short",
  );
});

test('is the same file each time', () => {
  const table = { words: ['b', 'a'], vectors: Float32Array.from([3, 0, 0, 4]) };
  const file = packVectors(table);
  expect(packVectors(table).equals(file)).toBe(true);
  expect(file.length).toBe(20 + 12 + 8 + 8 + 4 + 2);
  expect(file.toString('latin1', file.length - 2)).toBe('ab');
});
