import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { codeWords, referenceRows } from '../testing/reference.ts';
import { voiceNames } from './mouth/index.ts';

it('has every error code of a session in the reference', () => {
  const documented = referenceRows('engine.md', 'engine error').flatMap((row) =>
    codeWords(row['engine error']),
  );
  const sources = globSync('session/*.ts', { cwd: import.meta.dirname }).filter(
    (file) => !file.endsWith('.test.ts'),
  );
  const used = sources.flatMap((file) => {
    const text = readFileSync(join(import.meta.dirname, file), 'utf8');
    return [...text.matchAll(/\bcode: '(\w+)'|refuse\('(\w+)'/g)].map(
      ([, code, refused]) => code ?? refused,
    );
  });
  expect(used).not.toHaveLength(0);
  expect(used.filter((code) => !documented.includes(code ?? ''))).toEqual([]);
});

it('has every code of an answer to a request in the reference', () => {
  const documented = referenceRows('engine.md', 'engine answer').flatMap((row) =>
    codeWords(row['engine answer']).map((code) => `${row['status']} ${code}`),
  );
  const sources = globSync('server/*.ts', { cwd: import.meta.dirname });
  const used = sources
    .filter((file) => !file.endsWith('.test.ts'))
    .flatMap((file) => {
      const text = readFileSync(join(import.meta.dirname, file), 'utf8');
      return [...text.matchAll(/\b(?:refuse\(|status: )(\d+), (?:code: )?'(\w+)'/g)].map(
        ([, status, code]) => `${status} ${code}`,
      );
    });
  expect(used).not.toHaveLength(0);
  expect(used.filter((answer) => !documented.includes(answer))).toEqual([]);
  const fromTheDecoder = /invalid_json|invalid_value|parameter/;
  expect(
    documented.filter((answer) => !used.includes(answer) && !fromTheDecoder.test(answer)),
  ).toEqual([]);
});

it('names every voice in the reference', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/reference/engine.md'), 'utf8');
  const line = page.split('\n').find((text) => text.startsWith('- **Voices**')) ?? '';
  expect(new Set(codeWords(line))).toEqual(new Set(voiceNames));
});
