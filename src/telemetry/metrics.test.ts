import { expect, it } from 'vitest';
import type { TrailEvent } from '../protocol/index.ts';
import { createMetrics } from './metrics.ts';

const stamp = { callId: 'call_1', seq: 1, at: '2026-11-23T09:00:00.000Z', elapsedMs: 0 };

async function lines(events: readonly TrailEvent[]): Promise<string> {
  const metrics = createMetrics({ activeCalls: () => 3, processMetrics: false });
  metrics.declareDesk({
    name: 'front-desk',
    edges: [
      { from: 'triage', to: 'billing' },
      { from: 'billing', to: 'triage' },
    ],
  });
  for (const event of events) metrics.observe('front-desk', event);
  return (await metrics.read()).text;
}

it('counts handoffs by desk and edge, with edges not yet used at 0', async () => {
  const handoff: TrailEvent = {
    type: 'handoff.completed',
    ...stamp,
    from: 'triage',
    to: 'billing',
    functionCallId: 'fc_1',
    durationMs: 12,
  };
  const text = await lines([handoff, handoff]);
  expect(text).toContain(
    'switchboard_handoffs_total{desk="front-desk",from="triage",to="billing"} 2',
  );
  expect(text).toContain(
    'switchboard_handoffs_total{desk="front-desk",from="billing",to="triage"} 0',
  );
});

it('counts calls by end reason and tools by outcome, and shows calls held', async () => {
  const text = await lines([
    { type: 'call.ended', ...stamp, reason: 'agent_ended' },
    {
      type: 'tool.returned',
      ...stamp,
      agent: 'billing',
      tool: 'lookup_invoice',
      functionCallId: 'fc_1',
      ok: false,
      output: '{}',
      durationMs: 5,
    },
  ]);
  expect(text).toContain('switchboard_calls_total{desk="front-desk",reason="agent_ended"} 1');
  expect(text).toContain(
    'switchboard_tool_calls_total{desk="front-desk",tool="lookup_invoice",ok="false"} 1',
  );
  expect(text).toContain('switchboard_calls_active 3');
});
