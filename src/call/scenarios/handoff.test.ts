import { describe, expect, it } from 'vitest';
import type { ScriptedPart } from '../testing/scripted-engine.ts';
import { harness, quiet, until } from '../testing/call-harness.ts';

const toBilling: ScriptedPart = {
  call: 'transfer_to_billing',
  arguments: '{"reason":"invoice"}',
  callId: 'c1',
};

describe('a handoff', () => {
  it('gives the engine the next agent, then its answer, then asks it to go on', async () => {
    await using h = await harness({
      script: [[toBilling], [{ say: 'What is the number?', ms: 500, itemId: 'item_b' }]],
    });
    await until(() => h.leg.queuedMs() === 500);
    const after = h.session.received.slice(
      h.session.received.findIndex((e) => e.type === 'response.create') + 1,
    );
    expect(after.map((event) => event.type)).toEqual([
      'session.update',
      'conversation.item.create',
      'response.create',
    ]);
    expect(after[0]).toMatchObject({
      session: {
        instructions:
          'Help with invoices.\n\nToday is Monday, 23 November 2026. The time is 09:00. Time zone: Europe/London.\n' +
          "The call is already under way: go on with the caller's matter by yourself. Do not greet again.",
        audio: { output: { voice: 'marin' } },
      },
    });
    expect(after[1]).toMatchObject({
      item: {
        type: 'function_call_output',
        call_id: 'c1',
        output: '{"assistant":"Billing","from":"Triage","caller_said":{"reason":"invoice"}}',
      },
    });
    expect(h.session.toolNames()).toEqual([
      'lookup_invoice',
      'broken',
      'slow',
      'guarded',
      'transfer_to_scheduling',
      'transfer_to_triage',
    ]);
    expect(h.session.faults).toEqual([]);
  });

  it('is on the trail as requested and, once acknowledged, completed', async () => {
    await using h = await harness({ script: [[toBilling], []] });
    await until(async () => (await h.types()).includes('handoff.completed'));
    expect((await h.trail()).slice(2)).toMatchObject([
      {
        type: 'handoff.requested',
        from: 'triage',
        to: 'billing',
        functionCallId: 'c1',
        reason: 'invoice',
      },
      {
        type: 'handoff.completed',
        from: 'triage',
        to: 'billing',
        functionCallId: 'c1',
        durationMs: 0,
      },
      { type: 'agent.started', agent: 'billing' },
    ]);
  });

  it('is not completed while the engine has not acknowledged it', async () => {
    await using h = await harness({
      script: [[toBilling], []],
      engine: { ignoreUpdate: (instructions) => instructions.startsWith('Help with invoices.') },
    });
    await until(() => h.session.instructions().startsWith('Help with invoices.'));
    await quiet(h);
    expect(await h.types()).toEqual(['call.started', 'agent.started', 'handoff.requested']);
    // An acknowledgement of something else is none of this.
    h.session.send({ type: 'session.updated', session: { instructions: 'Route the caller.' } });
    await quiet(h);
    expect(await h.types()).not.toContain('handoff.completed');
    h.session.send({
      type: 'session.updated',
      session: { instructions: h.session.instructions() },
    });
    await until(async () => (await h.types()).includes('handoff.completed'));
    // The engine goes away before anything else: nothing is stuck.
    h.session.drop();
    expect(await h.call.ended).toMatchObject({ reason: 'engine_lost' });
  });

  it('ends as engine_lost when the engine goes away in the middle of it', async () => {
    await using h = await harness({
      script: [[toBilling], []],
      engine: { ignoreUpdate: (instructions) => instructions.startsWith('Help with invoices.') },
    });
    await until(() => h.session.instructions().startsWith('Help with invoices.'));
    h.session.drop();
    expect(await h.call.ended).toMatchObject({ reason: 'engine_lost' });
    expect((await h.types()).slice(-2)).toEqual(['engine.failed', 'call.ended']);
  });

  it('ends the call when the engine rejects the next agent’s session', async () => {
    await using h = await harness({
      script: [[toBilling], []],
      engine: { rejectUpdate: (instructions) => instructions.startsWith('Help with invoices.') },
    });
    expect(await h.call.ended).toMatchObject({ reason: 'failed' });
    expect(await h.types()).not.toContain('handoff.completed');
  });

  it('lets both agents be heard when one response speaks and transfers', async () => {
    await using h = await harness({
      script: [
        [{ say: 'I will get billing.', ms: 800, itemId: 'item_a' }, toBilling],
        [{ say: 'Which invoice?', ms: 600, itemId: 'item_b' }],
      ],
    });
    await until(() => h.leg.queuedMs() === 1400);
    expect(h.leg.playedItems).toEqual(['item_a', 'item_b']);
    expect(h.leg.clears).toBe(0);
    h.leg.hear(850);
    h.clock.advance(850);
    await until(async () => (await h.types()).includes('turn.agent'));
    h.leg.hearAll();
    await until(async () => (await h.types()).filter((type) => type === 'turn.agent').length === 2);
    expect((await h.trail()).filter((event) => event.type === 'turn.agent')).toMatchObject([
      { agent: 'triage', text: 'I will get billing.', interrupted: false },
      { agent: 'billing', text: 'Which invoice?', interrupted: false },
    ]);
  });

  it('goes round in circles, and an agent who comes back does not greet again', async () => {
    await using h = await harness({
      script: [
        [toBilling],
        [{ call: 'transfer_to_scheduling', arguments: '{"reason":"book"}', callId: 'c2' }],
        [{ call: 'transfer_to_triage', arguments: '{"reason":"done"}', callId: 'c3' }],
        [],
      ],
    });
    await until(
      async () => (await h.types()).filter((type) => type === 'handoff.completed').length === 3,
    );
    const route = (await h.trail()).filter((event) => event.type === 'handoff.completed');
    expect(route.map((event) => `${event.from} ${event.to}`)).toEqual([
      'triage billing',
      'billing scheduling',
      'scheduling triage',
    ]);
    expect(h.session.instructions()).toMatch(/^Route the caller\./);
    expect(h.session.instructions()).not.toContain('Open the call by saying');
    expect(h.session.instructions()).toContain('Do not greet again');
    expect(h.session.toolNames()).toEqual(['transfer_to_billing', 'end_call']);
  });

  it('F7 two transfers in one response: the first wins, the other is answered, one turn opens', async () => {
    await using h = await harness({
      script: [[toBilling], [], []],
    });
    await until(async () => (await h.types()).includes('handoff.completed'));
    h.session.finish();
    h.session.respond([
      { call: 'transfer_to_scheduling', arguments: '{"reason":"a"}', callId: 'c2' },
      { call: 'transfer_to_triage', arguments: '{"reason":"b"}', callId: 'c3' },
    ]);
    await until(() => h.session.of('conversation.item.create').length === 3);
    await quiet(h);
    expect((await h.trail()).filter((event) => event.type === 'handoff.completed')).toHaveLength(2);
    const outputs = h.session.of('conversation.item.create').map((event) => event.item);
    expect(outputs.slice(1)).toMatchObject([
      {
        call_id: 'c2',
        output: '{"assistant":"Scheduling","from":"Billing","caller_said":{"reason":"a"}}',
      },
      {
        call_id: 'c3',
        output: '{"error":"The caller has been handed over.","code":"handed_over","refused":true}',
      },
    ]);
    expect(h.session.instructions()).toContain('Help with appointments.');
    // Greeting, opening of Billing, opening of Scheduling.
    expect(h.session.of('response.create')).toHaveLength(3);
  });
});
