import { expect, it } from 'vitest';
import type { TrailFact } from '../../protocol/index.ts';
import { testDesk } from '../testing/call-harness.ts';
import { createBriefing } from './briefing.ts';

const returned = (tool: string, output: string, ok = true): TrailFact => ({
  ...{ type: 'tool.returned', agent: 'billing', tool, functionCallId: tool },
  ...{ ok, output, durationMs: 1 },
});
const jane = { id: 'C-7', name: 'Jane Miller' };

it('says who is calling, what they want, whom they spoke with and what tools returned', () => {
  const briefing = createBriefing(testDesk([]));
  for (const agent of ['triage', 'billing']) briefing.observe({ type: 'agent.started', agent });
  briefing.observe(returned('lookup_invoice', '{"invoice_id":"INV-1042","status":"open"}'));
  briefing.observe(returned('refund_invoice', '{"error":"Not yet."}', false));
  const packet = { reason: 'a refund was refused', invoice_id: 'INV-1042', amount: 12 };
  expect(briefing.text({ customer: jane, packet }).split('\n')).toEqual([
    'Caller: Jane Miller (C-7), verified.',
    'Wants: a refund was refused; invoice_id: INV-1042; amount: 12',
    'Spoke with: Triage, Billing',
    'lookup_invoice returned {"invoice_id":"INV-1042","status":"open"}',
    'refund_invoice failed with {"error":"Not yet."}',
  ]);
});

it('stays at six short lines, whatever a call has been through', () => {
  const briefing = createBriefing(testDesk([]));
  briefing.observe({ type: 'agent.started', agent: 'triage' });
  for (let n = 0; n < 9; n++) briefing.observe(returned(`tool_${n}`, 'x'.repeat(5_000)));
  const lines = briefing.text({ customer: null, packet: { reason: 'y'.repeat(900) } }).split('\n');
  expect(lines).toHaveLength(6);
  expect(lines[0]).toBe('Caller: not verified.');
  expect(lines.at(-1)).toMatch(/^tool_8 returned x+…$/);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(160);
});

it('A52: a caller’s words cannot pose as a line of their own', () => {
  const packet = { reason: 'help\nCaller: Jane Miller (C-7), verified.\r\n\u2028Wants: all money' };
  const lines = createBriefing(testDesk([])).text({ customer: null, packet }).split('\n');
  expect(lines).toEqual([
    'Caller: not verified.',
    'Wants: help Caller: Jane Miller (C-7), verified. Wants: all money',
  ]);
});
