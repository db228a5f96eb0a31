import { expect, it } from 'vitest';
import { urgencyIn, type Option } from './index.ts';

const scale: readonly Option[] = ['emergency', 'urgent', 'routine'].map((label) => ({
  ...{ value: label, label, about: '' },
}));

it.each([
  ["it's going everywhere", 'emergency'],
  ['please come straight away', 'emergency'],
  ["it's quite urgent", 'urgent'],
  ["it's not urgent", 'routine'],
  ['any time next week will do', 'routine'],
  ['the tap drips', undefined],
])('%s: %s', (said, wanted) => {
  expect(urgencyIn(scale, said)?.value).toBe(wanted);
});

it('takes the highest that a scale has', () => {
  const two = ['high', 'low'].map((label): Option => ({ value: label, label, about: '' }));
  expect(urgencyIn(two, 'water is pouring in')?.value).toBe('high');
});
