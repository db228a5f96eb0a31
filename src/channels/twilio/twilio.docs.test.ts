import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { mediaSocketDefaults, phoneCallDefaults } from '../../carrier/index.ts';
import { codeWords, referenceRows } from '../../testing/reference.ts';

it('has every limit in the reference, with its default', () => {
  const documented = referenceRows('twilio.md', 'limit').map((row) => [
    codeWords(row['limit']).join(),
    codeWords(row['default']).join(),
  ]);
  const known = Object.entries({ ...mediaSocketDefaults, ...phoneCallDefaults });
  expect(documented).toEqual(known.map(([name, value]) => [name, String(value)]));
});

it('has every reason for which a frame is dropped', () => {
  const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
  const source = ['media-socket', 'caller-audio', 'media-dialect'].map((name) =>
    read(`../../carrier/${name}.ts`),
  );
  const reasons = [...(source.join() + read('./dialect.ts')).matchAll(/'([a-z]+(?:_[a-z]+)+)'/g)];
  const used = new Set(reasons.map(([, reason]) => reason));
  const documented = referenceRows('twilio.md', 'dropped frame').flatMap((row) =>
    codeWords(row['dropped frame']),
  );
  expect([...used].sort()).toEqual([...documented].sort());
});
