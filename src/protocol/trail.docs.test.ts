import { expect, it } from 'vitest';
import { codeWords, referenceRows } from '../testing/reference.ts';
import { callEndReason, trailEvent } from './trail.ts';

const fieldsOf = (option: { readonly shape: object }) => Object.keys(option.shape);
const common = referenceRows('trail.md', 'common field').flatMap((row) =>
  codeWords(row['common field']),
);

it('has every event in the reference, with its fields', () => {
  const documented = referenceRows('trail.md', 'event').map((row) => [
    ...codeWords(row['event']),
    codeWords(row['fields']),
  ]);
  const known = trailEvent.options.map((option) => [
    option.shape.type.value,
    fieldsOf(option).filter((field) => !common.includes(field)),
  ]);
  expect(documented).toEqual(known);
});

it('has the fields that all events share', () => {
  for (const option of trailEvent.options)
    expect(fieldsOf(option)).toEqual(expect.arrayContaining(common));
  expect(common).toHaveLength(5);
});

it('has every reason for which a call ends', () => {
  const documented = referenceRows('trail.md', 'reason').flatMap((row) => codeWords(row['reason']));
  expect(documented).toEqual(callEndReason.options);
});
