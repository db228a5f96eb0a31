import { expect, it } from 'vitest';
import { lintDesk } from '../../src/desk/index.ts';
import { desk } from './desk.ts';

it('has nothing for the linter to find', () => {
  expect(lintDesk(desk)).toEqual([]);
});
