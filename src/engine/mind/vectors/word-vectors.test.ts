import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { alike, openWordVectors } from './index.ts';

const launcher = new URL('../../../../bin/launcher/vector-table.mjs', import.meta.url);
// Plain JavaScript with its types in comments, which this project's types do not reach.
const { packVectors } = (await import(launcher.href)) as {
  packVectors(table: { words: string[]; vectors: Float32Array }): Buffer;
};

/** A table as the launcher makes it. */
function written(cut = 0): string {
  const path = join(mkdtempSync(join(tmpdir(), 'switchboard-test-')), 'table.bin');
  const table = packVectors({
    words: ['street', 'road', 'no-one', 'cat'],
    vectors: Float32Array.from([2, 1, 2, 1.1, -3, 0, -1, -2.1]),
  });
  writeFileSync(path, table.subarray(0, table.length - cut));
  return path;
}

describe('word vectors', () => {
  const table = openWordVectors(written());

  it('finds each word that was packed, and no other', () => {
    expect(['street', 'road', 'no-one', 'cat'].map((word) => table.rank(word))).toEqual([
      0, 1, 2, 3,
    ]);
    for (const word of ['', 'ca', 'cats', 'zebra', 'Cat', 'straße'])
      expect(table.of(word)).toBeUndefined();
  });

  it('gives directions of length one: near words near each other', () => {
    const [street, road, cat] = ['street', 'road', 'cat'].map((word) => table.of(word)!);
    expect(alike(street!, street!)).toBeCloseTo(1, 1);
    expect(alike(street!, road!)).toBeGreaterThan(0.98);
    expect(alike(street!, cat!)).toBeLessThan(0);
  });

  it('refuses a file that is cut off or is something else', () => {
    expect(() => openWordVectors(written(1))).toThrow('damaged');
    expect(() => openWordVectors(import.meta.filename)).toThrow('damaged');
  });
});
