import { expect, it } from 'vitest';
import { numbersIn } from './numbers.ts';

it.each([
  ['two hundred and five', [205]],
  ['four of them', [4]],
  ['one thousand two hundred', [1200]],
  ['a hundred and twenty', [120]],
  ['twenty five and three', [25, 3]],
  ['three point five', [3.5]],
  ['$1,200.50', [1200.5]],
  ['minus four', [-4]],
  ['twenty-five', [25]],
  ['one-hundred-and-twenty', [120]],
  ['-4 or x-ray five', [4, 5]],
  ['none of it', []],
])('numbers in "%s"', (said, numbers) => {
  expect(numbersIn(said)).toEqual(numbers);
});
