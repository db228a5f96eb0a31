import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { carrierPaths } from '../carrier/index.ts';
import { twilioPaths } from '../channels/twilio/index.ts';
import { codeWords, referenceRows } from '../testing/reference.ts';
import { directPaths } from './routes/direct.ts';

it('has every route in the reference', () => {
  const files = globSync('{http,routes/*}.ts', { cwd: import.meta.dirname });
  const source = files.map((file) => readFileSync(join(import.meta.dirname, file), 'utf8')).join();
  const named: Readonly<Record<string, string>> = {
    ...{ ...twilioPaths, ...directPaths },
    call: '/call',
  };
  const routes = [
    ...source.matchAll(/app\.(?:get|post)\(\s*(?:'([^']+)'|\w*[pP]aths\.(\w+))/g),
  ].map(([, path, name = '']) => path ?? named[name]);
  expect(routes.length).toBeGreaterThan(5);
  for (const name of ['telnyx', 'vonage']) routes.push(...Object.values({ ...carrierPaths(name) }));
  const documented = referenceRows('http.md', 'route').flatMap((row) => codeWords(row['route']));
  expect(documented.toSorted()).toEqual(routes.toSorted());
});
