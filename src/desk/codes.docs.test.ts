import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { expect, it } from 'vitest';
import { codeWords, referenceRows } from '../testing/reference.ts';
import { refusalCodes } from './codes.ts';
import * as gates from './gates/index.ts';
import * as door from './index.ts';
import { defaultLimits } from './limits.ts';

it('has every code in the reference, with who says it and what it means', () => {
  const documented = referenceRows('gates.md', 'code').map((row) => [
    ...codeWords(row['code']),
    row['from'],
    row['meaning'],
  ]);
  const known = Object.entries(refusalCodes).map(([code, { by, meaning }]) => [
    code,
    by.join(', '),
    meaning,
  ]);
  expect(documented).toEqual(known);
});

it('has every ready-made gate in the reference, with its code', () => {
  const rows = referenceRows('gates.md', 'gate');
  const named = rows.flatMap((row) => codeWords(row['gate']));
  expect(named.toSorted()).toEqual(
    Object.keys(gates)
      .filter((name) => name !== 'gate')
      .toSorted(),
  );
  const codes = rows.flatMap((row) => codeWords(row['code']));
  expect(codes.toSorted()).toEqual(
    Object.entries(refusalCodes)
      .filter(([code, { by }]) => code !== 'not_enabled' && by.some((who) => who === 'gate'))
      .map(([code]) => code)
      .toSorted(),
  );
});

it('has every limit in the reference, with its default', () => {
  const documented = referenceRows('gates.md', 'limit').map((row) => [
    ...codeWords(row['limit']),
    Number(row['default']),
  ]);
  expect(documented).toEqual(Object.entries(defaultLimits));
});

it('shows code that is TypeScript, with names that there are', () => {
  const page = readFileSync(new URL('../../docs/reference/gates.md', import.meta.url), 'utf8');
  const blocks = [...page.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = '']) => code);
  expect(blocks).toHaveLength(2);
  for (const code of blocks) {
    expect(() => stripTypeScriptTypes(code)).not.toThrow();
    const [, names = ''] = /import \{(.*?)\} from/.exec(code) ?? [];
    expect(Object.keys(door)).toEqual(
      expect.arrayContaining(names.split(',').map((name) => name.trim())),
    );
  }
});
