import { describe, it } from 'vitest';
import { frontDeskCases } from './cases/front-desk.cases.ts';
import { garageCases } from './cases/garage.cases.ts';
import { anyOrderCases } from './cases/any-order.cases.ts';
import { identityCases } from './cases/identity.cases.ts';
import { peopleCases } from './cases/people.cases.ts';
import { readBackCases } from './cases/read-back.cases.ts';
import { tradesCases } from './cases/trades.cases.ts';
import { wayBackCases } from './cases/way-back.cases.ts';
import { gateCases } from './cases/gate.cases.ts';
import { newcomerCases } from './cases/newcomer.cases.ts';
import { minds } from './cases/minds.ts';
import { playCase } from './cases/play.ts';

describe.each([
  ['a practice', frontDeskCases],
  ['a practice, by newcomers', newcomerCases],
  ['a garage', garageCases],
  ['those who must know the caller', identityCases],
  ['those who say who they are in any order', anyOrderCases],
  ['those who read back', readBackCases],
  ['those with a way back', wayBackCases],
  ['those with people', peopleCases],
  ['those with gates', gateCases],
  ['other trades', tradesCases],
])('dialogues at the desk of %s', (_desk, cases) => {
  describe.each(minds)('$knowing', ({ open }) => {
    it.each(cases.map((one) => [one.name, one] as const))('%s', async (_name, dialogue) => {
      await playCase(open(), dialogue);
    });
  });
});
