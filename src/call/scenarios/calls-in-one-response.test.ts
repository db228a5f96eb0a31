import { describe, expect, it } from 'vitest';
import { harness, quiet, until, type CallHarness } from '../testing/call-harness.ts';
import type { ScriptedPart } from '../testing/scripted-engine.ts';
import { eventsOf } from '../testing/tool-call.ts';

const lookup = (callId: string): ScriptedPart => ({
  call: 'lookup_invoice',
  arguments: '{"invoice_id":"INV-1042"}',
  callId,
});
const asks = (h: CallHarness): number => h.session.of('response.create').length - 1; // one for the greeting

describe('F7 calls in one response', () => {
  const outputs = (h: CallHarness): readonly string[] =>
    h.session
      .of('conversation.item.create')
      .flatMap(({ item }) => (item.type === 'function_call_output' ? [item.call_id] : []));
  const atBilling = async (): Promise<CallHarness> => {
    const h = await harness({
      script: [[]],
      desk: (desk) => ({ ...desk, firstAgent: 'billing' }),
    });
    h.session.finish();
    await quiet(h);
    return h;
  };
  const toScheduling = (callId: string): ScriptedPart => ({
    call: 'transfer_to_scheduling',
    arguments: '{"reason":"book"}',
    callId,
  });

  it('a tool before a transfer is answered first, by the agent who asked', async () => {
    await using h = await atBilling();
    h.engine.script([{ say: 'When?', ms: 100, itemId: 's1' }]);
    h.session.respond([lookup('c1'), toScheduling('c2')]);
    await until(async () => (await eventsOf(h, 'handoff.opened')).length === 1);
    expect(outputs(h)).toEqual(['c1', 'c2']);
    expect(asks(h)).toBe(1);
    const types = h.session.received.map(({ type }) => type);
    // The lookup's answer is there before the next agent is.
    expect(types.slice(types.lastIndexOf('session.update') - 1)).toEqual([
      'conversation.item.create',
      'session.update',
      'conversation.item.create',
      'response.create',
    ]);
    expect((await h.trail()).find(({ type }) => type === 'tool.returned')).toMatchObject({
      agent: 'billing',
      ok: true,
    });
  });

  it('a tool after a transfer is not run, and the agent who is gone does not speak of it', async () => {
    await using h = await atBilling();
    h.engine.script([{ say: 'When?', ms: 100, itemId: 's1' }]);
    h.session.respond([toScheduling('c1'), lookup('c2')]);
    await until(async () => (await eventsOf(h, 'handoff.opened')).length === 1);
    await quiet(h);
    expect(h.toolRuns).toEqual([]);
    expect(outputs(h)).toEqual(['c1', 'c2']);
    expect(asks(h)).toBe(1);
    expect((await h.trail()).find(({ type }) => type === 'tool.returned')).toMatchObject({
      tool: 'lookup_invoice',
      ok: false,
      output: '{"error":"The caller has been handed over.","code":"handed_over","refused":true}',
    });
  });

  it('a tool after a transfer that was refused is run', async () => {
    await using h = await harness({
      script: [[]],
      desk: (desk) => ({ ...desk, firstAgent: 'billing', limits: { maxHops: 0 } }),
    });
    h.session.finish();
    await quiet(h);
    h.engine.script([]);
    h.session.respond([toScheduling('c1'), lookup('c2')]);
    await until(() => outputs(h).length === 2);
    await quiet(h);
    expect(h.toolRuns).toHaveLength(1);
    expect(asks(h)).toBe(1);
  });

  it('several tools get one answer, after the last of them', async () => {
    await using h = await atBilling();
    h.engine.script([{ say: 'Done.', ms: 100, itemId: 'b1' }]);
    h.session.respond([
      lookup('c1'),
      { call: 'slow', arguments: '{}', callId: 'c2' },
      { call: 'broken', arguments: '{}', callId: 'c3' },
    ]);
    await until(() => h.leg.queuedMs() === 100);
    await quiet(h);
    expect(outputs(h).toSorted()).toEqual(['c1', 'c2', 'c3']);
    expect(outputs(h).at(-1)).toBe('c2');
    expect(asks(h)).toBe(1);
    expect(h.session.received.at(-1)?.type).toBe('response.create');
  });
});
