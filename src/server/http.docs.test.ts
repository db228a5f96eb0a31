import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { codeWords, referenceRows } from '../testing/reference.ts';

it('has every route in the reference', () => {
  const source = readFileSync(new URL('./http.ts', import.meta.url), 'utf8');
  const routes = [...source.matchAll(/app\.(?:get|post)\(\s*(?:'([^']+)'|paths\.call)/g)].map(
    ([, path]) => path ?? '/call',
  );
  expect(routes.length).toBeGreaterThan(5);
  const documented = referenceRows('http.md', 'route').flatMap((row) => codeWords(row['route']));
  expect(documented.toSorted()).toEqual(routes.toSorted());
});
