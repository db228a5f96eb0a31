import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { codeWords, referenceRows } from './reference.ts';

const root = join(import.meta.dirname, '../..');
const rows = ['fault', 'input'].flatMap((column) =>
  referenceRows('hardening.md', column).map((row) => ({
    id: codeWords(row[column])[0] ?? '',
    files: codeWords(row['proved by']),
  })),
);

/** Where a line of a test file has the title of a test: first in it, or behind the cases of `each`. */
const titleForms = [
  /^\s*(?:it|test|describe)(?:\.\w+)*\(\s*(['"`])(.*?)\1/,
  /^\s*\[?(['"`])(.*?)\1\s*,/,
  /\]\)\((['"`])(.*?)\1/,
];

/** Identifiers in the titles of the tests of one file. */
function identifiersIn(file: string): readonly string[] {
  const lines = readFileSync(join(root, file), 'utf8').split('\n');
  const titles = lines.flatMap((line) => titleForms.map((form) => form.exec(line)?.[2] ?? ''));
  return titles.flatMap((title) => title.match(/\b[FA]\d{1,2}\b/g) ?? []);
}

describe('the page of what is survived and refused', () => {
  it('has every identifier once', () => {
    const ids = rows.map(({ id }) => id);
    expect(ids.length).toBeGreaterThan(20);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it.each(rows)('names tests of $id that exist', ({ id, files }) => {
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) expect(identifiersIn(file), file).toContain(id);
  });

  it('leaves out none that a test is named after', () => {
    const files = globSync('{src,desks,test,console/src}/**/*.test.ts', { cwd: root });
    const named = new Set(files.flatMap(identifiersIn));
    expect([...named].filter((id) => !rows.some((row) => row.id === id))).toEqual([]);
  });
});
