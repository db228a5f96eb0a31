import { expect, test } from 'vitest';
import { reasonFrom } from './launcher-error.mjs';

test.each([
  'npm error code ENOTFOUND\nnpm error network request to https://r/x failed',
  "E: Failed to fetch http://d/x  Temporary failure resolving 'd'",
  'npm ERR! code EAI_AGAIN',
])('no network is said as such: %j', (output) => {
  expect(reasonFrom(output)).toMatch(/^no network/);
});

test('else the line that tells most, without the tool that said it', () => {
  const output =
    'npm warn old\nnpm error code EACCES\nnpm error permission denied, mkdir /x\nnpm error A complete log of this run can be found in: /y';
  expect(reasonFrom(output)).toBe('permission denied, mkdir /x');
  expect(reasonFrom('E: Unable to locate package libfoo\n')).toBe(
    'Unable to locate package libfoo',
  );
  expect(reasonFrom('')).toBe('it gave no reason');
});
