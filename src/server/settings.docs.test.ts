import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { codeWords, referenceRows } from '../testing/reference.ts';
import { environment, projectRoot } from './settings.ts';

const rows = referenceRows('settings.md', 'variable');
const names = rows.flatMap((row) => codeWords(row['variable']));

it('has every variable of the server in the reference, with its default', () => {
  const documented = rows.flatMap((row) =>
    'default' in row ? [[codeWords(row['variable']).join(), codeWords(row['default']).join()]] : [],
  );
  const known = Object.entries(environment.shape).map(([name, schema]) => {
    const value = schema.safeParse(undefined).data ?? '';
    return [name, String(value).replace(`${resolve(projectRoot)}/`, '')];
  });
  expect(documented).toEqual(known);
});

it('has every variable in the reference that any other part reads', () => {
  const sources = globSync('{src,bin,bench,test,desks}/**/*.{ts,mjs,cjs}', { cwd: projectRoot });
  const read = sources
    .filter((file) => !file.includes('.test.'))
    .flatMap((file) => {
      const text = readFileSync(join(projectRoot, file), 'utf8');
      return [...text.matchAll(/\b(?:env|environment)(?:\[['"]|\.)(\w*_\w*|PATH)\b/g)].map(
        ([, name = '']) => name,
      );
    });
  expect(read.filter((name) => !names.includes(name))).toEqual([]);
  const elsewhere = names.filter((name) => !(name in environment.shape));
  expect(elsewhere.filter((name) => !read.includes(name))).toEqual([]);
});

it('has the value that the code has for every limit that is no setting', () => {
  const fixed = referenceRows('settings.md', 'fixed limit');
  expect(fixed.length).toBeGreaterThan(20);
  const inCode = fixed.map((row) => {
    const [name = '', file = ''] = codeWords(row['constant']);
    const source = readFileSync(join(projectRoot, file), 'utf8');
    const factors = new RegExp(`const ${name} = ([\\d_ *]+);`).exec(source)?.[1] ?? '';
    const value = factors
      .split('*')
      .reduce((product, factor) => product * Number.parseInt(factor.replaceAll('_', ''), 10), 1);
    return { ...row, value: String(value) };
  });
  expect(inCode).toEqual(fixed);
});

it('names each variable once', () => {
  expect(names).toHaveLength(new Set(names).size);
});
