import { join } from 'node:path';
import { expect, it } from 'vitest';
import { cannotHear, installed } from '../../testing/installed.ts';
import { commonWords } from './general-vocabulary.ts';

it.skipIf(cannotHear)('finds the words that a general model expects most', () => {
  const file = join(installed.pocketsphinx?.modelDir ?? '', 'en-us.lm.bin');
  const few = commonWords(file, 200);
  expect(few?.size).toBe(200);
  for (const word of ['the', 'you', 'and', 'know', 'that']) expect(few).toContain(word);
  expect(few).not.toContain('zydeco');
  const many = commonWords(file, 20_000);
  for (const word of ['umbrella', 'elevator', 'thursday', 'tire']) expect(many).toContain(word);
});

it('says so when a file is laid out in another way', () => {
  expect(commonWords(import.meta.filename, 10)).toBeNull();
});
