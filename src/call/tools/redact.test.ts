import { expect, it } from 'vitest';
import { z } from 'zod';
import { deskTool } from '../../desk/index.ts';
import { testDesk } from '../testing/call-harness.ts';
import { shownArguments } from './redact.ts';

const desk = testDesk([]);
const { triage } = desk.agents;
if (!triage) throw new Error('The test desk has triage.');
const checkCode = deskTool({
  name: 'check_code',
  description: 'Checks.',
  parameters: z.object({ code: z.string() }),
  redact: ['code'],
  execute: () => null,
});
const withCode = {
  ...desk,
  agents: { ...desk.agents, triage: { ...triage, tools: [checkCode] } },
};
const shown = (name: string, args: string, agent = 'triage'): string =>
  shownArguments(withCode, agent, { name, arguments: args });

it.each([
  ['check_code', '{"code":"123456","lang":"en"}', '{"code":"***","lang":"en"}'],
  ['check_code', '{"code":"1234', '***'],
  ['check_code', '["123456"]', '***'],
  ['check_code', '', '***'],
  ['lookup', '{"code":"123456"}', '{"code":"123456"}'],
  ['lookup', '{"code":', '{"code":'],
])('shows of %s %j what is no secret', (name, given, expected) => {
  expect(shown(name, given)).toBe(expected);
});
