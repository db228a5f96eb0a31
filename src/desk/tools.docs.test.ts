import { expect, it } from 'vitest';
import { z } from 'zod';
import { codeWords, referenceRows } from '../testing/reference.ts';
import * as guardrails from './guardrails.ts';
import type { ToolPolicy } from './tool.ts';
import { verifyByBirthDate } from './verify-by-birth-date.ts';
import { verifyByCode } from './verify-by-code.ts';

const column = (heading: string): readonly string[] =>
  referenceRows('tools.md', heading).flatMap((row) => codeWords(row[heading]));

it('has every policy in the reference', () => {
  const policies = {
    verified: true,
    verifies: true,
    confirm: true,
    output: true,
    timeoutMs: true,
    filler: true,
    redact: true,
  } satisfies Record<keyof ToolPolicy, true>;
  expect(column('policy')).toEqual(Object.keys(policies));
});

it('has every ready-made guardrail in the reference', () => {
  expect(column('guardrail').toSorted()).toEqual(Object.keys(guardrails).toSorted());
});

it('has the tools that verify in the reference', () => {
  const nobody = async () => null;
  const made = {
    verifyByBirthDate: [verifyByBirthDate({ find: nobody })],
    verifyByCode: verifyByCode({ parameters: z.object({}), findPhone: nobody }),
  };
  const rows = referenceRows('tools.md', 'verifying tool').map((row) => [
    ...codeWords(row['verifying tool']),
    ...codeWords(row['tools']),
  ]);
  expect(rows).toEqual(
    Object.entries(made).map(([name, tools]) => [name, ...tools.map((tool) => tool.name)]),
  );
});
