import { expect, it } from 'vitest';
import { codeWords, referenceRows } from '../testing/reference.ts';
import { findingCodes } from './finding.ts';

it('has every finding in the reference, with how bad it is and what it means', () => {
  const documented = referenceRows('desk-findings.md', 'finding').map((row) => [
    ...codeWords(row['finding']),
    row['severity'],
    row['meaning'],
  ]);
  const known = Object.entries(findingCodes).map(([code, { severity, meaning }]) => [
    code,
    severity,
    meaning,
  ]);
  expect(documented).toEqual(known);
});
