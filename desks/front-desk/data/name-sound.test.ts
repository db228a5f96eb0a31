import { expect, it } from 'vitest';
import { isSameName, nameSound, soundsLikeName } from './name-sound.ts';

it.each([
  ['jane miller', 'Jane Miller'],
  ['Jean Millar', 'Jane Miller'],
  ['murray lopez', 'Maria Lopez'],
  ['Ms Jane Ann Miller', 'Jane Miller'],
  ['Zoe Smyth', 'Zoë Smith'],
  ['李 王', '李 王'],
])('hears %s for %s', (heard, known) => {
  expect(soundsLikeName(heard, known)).toBe(true);
});

it.each([
  ['Robert Miller', 'Jane Miller'],
  ['Jane Wilson', 'Jane Miller'],
  ['Miller', 'Jane Miller'],
  ['Jane', 'Jane Miller'],
  ['', 'Jane Miller'],
  ['李 王', '張 王'],
  ["Jane'; drop table customers;--", 'Jane Miller'],
])('does not hear %s for %s', (heard, known) => {
  expect(soundsLikeName(heard, known)).toBe(false);
});

it('tells names apart that sound alike', () => {
  expect(isSameName('john MILLER', 'John Miller')).toBe(true);
  expect(isSameName('John Miller', 'Jane Miller')).toBe(false);
});

it('is one name however it is spelled', () => {
  expect(nameSound('Jean Millar')).toBe(nameSound('jane miller'));
  expect(nameSound('Robert Wilson')).not.toBe(nameSound('jane miller'));
});
