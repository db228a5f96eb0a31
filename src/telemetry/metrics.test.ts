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

it('measures what a caller heard of a handoff, and counts those over budget and those refused', async () => {
  const edge = { from: 'triage', to: 'billing', functionCallId: 'fc_1' };
  const opened: TrailEvent = {
    ...{ type: 'handoff.opened', ...stamp, ...edge, decisionMs: 1, sessionMs: 40 },
    ...{
      firstAudioMs: 1_800,
      silenceMs: 150,
      budgetMs: 1_500,
      overBudget: true,
      askedAgain: false,
    },
  };
  const refused: TrailEvent = {
    ...{ type: 'handoff.refused', ...stamp, ...edge, decisionMs: 1 },
    ...{ gate: 'office', code: 'out_of_hours', say: 'They are closed.' },
  };
  const text = await lines([
    opened,
    { ...opened, firstAudioMs: 400, silenceMs: 20, overBudget: false },
    refused,
  ]);
  const labels = 'desk="front-desk",from="triage",to="billing"';
  expect(text).toContain(`switchboard_handoff_silence_seconds_bucket{le="0.2",${labels}} 2`);
  expect(text).toContain(`switchboard_handoff_silence_seconds_bucket{le="0.1",${labels}} 1`);
  expect(text).toContain(`switchboard_handoff_first_audio_seconds_sum{${labels}} 2.2`);
  expect(text).toContain(`switchboard_handoffs_over_budget_total{${labels}} 1`);
  expect(text).toContain(
    'switchboard_handoffs_refused_total{desk="front-desk",code="out_of_hours"} 1',
  );
});
