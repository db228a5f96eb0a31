import { expect, it } from 'vitest';
import { codeWords, referenceRows } from '../testing/reference.ts';
import { errorCodes } from './errors.ts';

const rows = referenceRows('errors.md', 'code');

it('has every code in the reference, with what it means and whether to try again', () => {
  const documented = rows.map((row) => [
    ...codeWords(row['code']),
    row['retryable'],
    row['meaning'],
  ]);
  const registered = Object.entries(errorCodes).map(([code, { retryable, meaning }]) => [
    code,
    retryable ? 'yes' : 'no',
    meaning,
  ]);
  expect(documented.toSorted()).toEqual(registered.toSorted());
});

it('says for every code what to do', () => {
  expect(rows.filter((row) => !row['what to do']).map((row) => row['code'])).toEqual([]);
});
