import { expect, it } from 'vitest';
import type { TrailFact } from '../protocol/index.ts';
import { codeWords, referenceRows } from '../testing/reference.ts';
import { createMetrics } from './metrics.ts';

const stamp = { callId: 'call_1', seq: 1, at: '2026-11-23T09:00:00.000Z', elapsedMs: 0 };
const tool = { agent: 'a', tool: 't', functionCallId: 'fc_1', ok: true, output: '{}' };
const handoff = { from: 'a', to: 'b', functionCallId: 'fc_2', durationMs: 1 };
const engine = { kind: 'embedded', model: 'offline' } as const;

/** One of everything that is counted, so that every metric shows its labels. */
const facts: readonly TrailFact[] = [
  { type: 'call.started', desk: 'd', channel: 'browser', engine, voice: 'marin' },
  { type: 'handoff.completed', ...handoff },
  {
    ...{ type: 'handoff.opened', from: 'a', to: 'b', functionCallId: 'fc_2', askedAgain: false },
    ...{
      decisionMs: 1,
      sessionMs: 1,
      firstAudioMs: 1,
      silenceMs: 1,
      budgetMs: 1,
      overBudget: true,
    },
  },
  {
    ...{ type: 'handoff.refused', from: 'a', to: 'b', functionCallId: 'fc_3' },
    ...{ gate: 'g', code: 'hop_budget', say: 'No.', decisionMs: 1 },
  },
  { type: 'tool.returned', ...tool, durationMs: 1 },
  { type: 'audio.interrupted', agent: 'a', itemId: 'item_1', heardMs: 1 },
  { type: 'call.ended', reason: 'agent_ended' },
];

it('has every metric in the reference, with its type and labels', async () => {
  const metrics = createMetrics({ activeCalls: () => 0, processMetrics: false });
  for (const fact of facts) metrics.observe('d', { ...stamp, ...fact });
  metrics.refused('busy');
  metrics.frameDropped('audio_size');
  const { text } = await metrics.read();
  const registered = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = '', type]) => {
    const sample = new RegExp(`^${name}(?:_bucket)?\\{(.*)\\}`, 'm').exec(text)?.[1] ?? '';
    const labels = [...sample.matchAll(/(\w+)=/g)].map(([, label]) => label);
    return { name, type, labels: labels.filter((label) => label !== 'le') };
  });
  const documented = referenceRows('metrics.md', 'metric').map((row) => ({
    name: codeWords(row['metric']).join(),
    type: row['type'],
    labels: codeWords(row['labels']),
  }));
  expect(documented).toEqual(registered);
});
