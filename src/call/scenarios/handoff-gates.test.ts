import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  allow,
  refuse,
  type Desk,
  type Gate,
  type GateRequest,
  type Handoff,
} from '../../desk/index.ts';
import type { ScriptedPart } from '../testing/scripted-engine.ts';
import { harness, quiet, until, type CallHarness } from '../testing/call-harness.ts';
import { eventsOf } from '../testing/tool-call.ts';

const to = (agent: string, callId: string): ScriptedPart => ({
  call: `transfer_to_${agent}`,
  arguments: JSON.stringify({ reason: `invoice, ${callId}` }),
  callId,
});
const gate = (name: string, canHandoff: Gate['canHandoff']): Gate => ({ name, canHandoff });
const closed = gate('office', () => refuse('out_of_hours', 'Billing opens at nine.'));

const guarded = (edge: Partial<Handoff>, over: Partial<Desk> = {}) => ({
  desk: (desk: Desk): Desk => ({
    ...desk,
    ...over,
    limits: { ...desk.limits, ...over.limits },
    agents: {
      ...desk.agents,
      triage: { ...desk.agents['triage'], handoffs: [{ to: 'billing', ...edge }] },
    } as Desk['agents'], // triage is there
  }),
});
const outputOf = (h: CallHarness, callId: string): unknown => {
  const items = h.session.of('conversation.item.create').map(({ item }) => item);
  const found = items.find(
    (item) => item.type === 'function_call_output' && item.call_id === callId,
  );
  return found?.type === 'function_call_output' ? JSON.parse(found.output) : undefined;
};

describe('a gate that refuses', () => {
  it('keeps the caller where they are, in words, and is on the trail', async () => {
    await using h = await harness({
      script: [[to('billing', 'c1')], [{ say: 'They are closed.', ms: 100, itemId: 'a2' }]],
      ...guarded({ gates: [closed] }),
    });
    await until(() => h.leg.queuedMs() === 100);
    expect(outputOf(h, 'c1')).toEqual({
      error: 'Billing opens at nine.',
      code: 'out_of_hours',
      refused: true,
    });
    expect((await h.trail()).slice(2)).toMatchObject([
      {
        type: 'handoff.requested',
        from: 'triage',
        to: 'billing',
        by: 'agent',
        reason: 'invoice, c1',
      },
      {
        type: 'handoff.refused',
        gate: 'office',
        code: 'out_of_hours',
        say: 'Billing opens at nine.',
        decisionMs: 0,
      },
    ]);
    expect(h.session.of('response.create')).toHaveLength(2);
    expect(h.session.instructions()).toContain('Route the caller.');
    expect(h.status()).toContain('triage');
  });

  it('is asked after the desk’s own, and the first refusal counts', async () => {
    const asked: string[] = [];
    const noting = (name: string, decision = allow): Gate =>
      gate(name, () => {
        asked.push(name);
        return decision;
      });
    await using h = await harness({
      script: [[to('billing', 'c1')], []],
      ...guarded(
        { gates: [noting('edge 1', refuse('no', 'No.')), noting('edge 2')] },
        { gates: [noting('desk')] },
      ),
    });
    await until(async () => (await h.types()).includes('handoff.refused'));
    expect(asked).toEqual(['desk', 'edge 1']);
  });

  it('knows the call: packet, turns, handoffs and refusals so far', async () => {
    const seen: GateRequest[] = [];
    await using h = await harness({
      script: [[to('billing', 'c1')], []],
      ...guarded({ gates: [gate('look', (request) => (seen.push(request), refuse('no', 'No.')))] }),
      call: { callerNumber: '+15550100' },
    });
    await until(async () => (await h.types()).includes('handoff.refused'));
    h.session.finish();
    h.session.speechStarted('u1');
    h.session.speechStopped('u1', 'Please');
    h.engine.script([]);
    h.session.respond([to('billing', 'c2')]);
    await until(() => seen.length === 2);
    expect(seen[1]).toMatchObject({
      from: 'triage',
      to: 'billing',
      by: 'agent',
      packet: { reason: 'invoice, c2' },
      call: {
        callId: h.call.id,
        desk: 'test-desk',
        timeZone: 'Europe/London',
        callerNumber: '+15550100',
        hops: [],
        refusals: [{ from: 'triage', to: 'billing', code: 'no', atMs: 0 }],
        callerTurns: 1,
      },
    });
    expect(seen[1]?.call.customer()).toBeNull();
  });
});

describe('a gate that fails', () => {
  it.each([
    [
      'throws',
      () => {
        throw new Error('hunter2');
      },
      'gate_failed',
    ],
    ['rejects', () => Promise.reject(new Error('hunter2')), 'gate_failed'],
    ['answers nonsense', () => 'yes' as never, 'gate_failed'],
    ['never answers', () => new Promise<never>(() => undefined), 'gate_timeout'],
  ])('refuses when it %s', async (_how, canHandoff, code) => {
    await using h = await harness({
      script: [[to('billing', 'c1')], []],
      ...guarded({ gates: [gate('g', canHandoff)] }, { limits: { gateTimeoutMs: 30 } }),
    });
    await until(async () => (await h.types()).includes('handoff.refused'));
    await until(() => outputOf(h, 'c1') !== undefined);
    expect(outputOf(h, 'c1')).toEqual({
      error: 'I cannot put you through right now.',
      code,
      refused: true,
    });
    expect(await eventsOf(h, 'handoff.refused')).toMatchObject([{ gate: 'g', code }]);
  });

  it('is told to stop at the deadline', async () => {
    const stopped = Promise.withResolvers<string>();
    await using h = await harness({
      script: [[to('billing', 'c1')], []],
      ...guarded(
        {
          gates: [
            gate('g', ({ signal }) => {
              signal.addEventListener('abort', () => stopped.resolve('stopped'));
              return new Promise<never>(() => undefined);
            }),
          ],
        },
        { limits: { gateTimeoutMs: 30 } },
      ),
    });
    expect(await stopped.promise).toBe('stopped');
    await until(async () => (await h.types()).includes('handoff.refused'));
  });

  it('carries a packet whose optional field the model left out, as strict schemas have it', async () => {
    await using h = await harness({
      script: [
        [
          {
            call: 'transfer_to_billing',
            arguments: '{"reason":"r","invoice_id":null}',
            callId: 'c1',
          },
        ],
        [],
      ],
      ...guarded({
        packet: z.object({ reason: z.string(), invoice_id: z.string().optional() }),
      }),
    });
    await until(async () => (await h.types()).includes('handoff.completed'));
    expect(await eventsOf(h, 'handoff.requested')).toMatchObject([{ packet: { reason: 'r' } }]);
  });

  it('refuses when the edge’s own onHandoff throws', async () => {
    await using h = await harness({
      script: [[to('billing', 'c1')], []],
      ...guarded({
        onHandoff: () => {
          throw new Error('hunter2');
        },
      }),
    });
    await until(async () => (await h.types()).includes('handoff.refused'));
    await until(() => outputOf(h, 'c1') !== undefined);
    expect(await eventsOf(h, 'handoff.refused')).toMatchObject([{ code: 'handoff_failed' }]);
    expect(JSON.stringify(outputOf(h, 'c1'))).not.toContain('hunter2');
    expect(h.session.instructions()).toContain('Route the caller.');
  });

  it('refuses when the edge’s own onHandoff does not end', async () => {
    await using h = await harness({
      script: [[to('billing', 'c1')], []],
      ...guarded(
        { onHandoff: () => new Promise<void>(() => undefined) },
        { limits: { gateTimeoutMs: 30 } },
      ),
    });
    await until(async () => (await h.types()).includes('handoff.refused'));
    expect(await eventsOf(h, 'handoff.refused')).toMatchObject([{ code: 'handoff_failed' }]);
    expect(h.session.instructions()).toContain('Route the caller.');
  });

  it('refuses when the next agent’s instructions cannot be made, and nobody is lost', async () => {
    await using h = await harness({
      script: [[to('billing', 'c1')], []],
      desk: (desk) => ({
        ...desk,
        agents: {
          ...desk.agents,
          billing: {
            ...desk.agents['billing'],
            instructions: () => Promise.reject(new Error('no file')),
          },
        } as Desk['agents'], // billing is there
      }),
    });
    await until(async () => (await h.types()).includes('handoff.refused'));
    h.session.finish();
    h.session.respond([{ call: 'end_call', arguments: '{}', callId: 'c2' }]);
    // Triage still has its tools.
    await until(() => outputOf(h, 'c2') !== undefined);
    expect(outputOf(h, 'c2')).toEqual({ ended: true });
  });
});

describe('a slow gate', () => {
  it('refuses another transfer meanwhile, and then lets the first through', async () => {
    const open = Promise.withResolvers<typeof allow>();
    await using h = await harness({
      script: [[to('billing', 'c1')], []],
      ...guarded({ gates: [gate('g', () => open.promise)] }),
    });
    await until(async () => (await h.types()).includes('handoff.requested'));
    h.session.respond([to('billing', 'c2')]);
    await until(() => outputOf(h, 'c2') !== undefined);
    expect(outputOf(h, 'c2')).toMatchObject({ code: 'handoff_in_progress', refused: true });
    expect(h.status()).toBe('triage thinking, caller silent');
    open.resolve(allow);
    await until(async () => (await h.types()).includes('handoff.completed'));
  });

  it('has no say once the call is over', async () => {
    const open = Promise.withResolvers<typeof allow>();
    await using h = await harness({
      script: [[to('billing', 'c1')]],
      ...guarded({ gates: [gate('g', () => open.promise)] }),
    });
    await until(async () => (await h.types()).includes('handoff.requested'));
    h.call.hangUp();
    await h.call.ended;
    open.resolve(allow);
    await quiet(h);
    expect((await h.types()).at(-1)).toBe('call.ended');
    expect(await h.types()).not.toContain('handoff.completed');
  });
});

describe('a packet', () => {
  it('that fails the edge’s schema can be repaired, and is no handoff yet', async () => {
    await using h = await harness({
      script: [[{ call: 'transfer_to_billing', arguments: '{"reason":7}', callId: 'c1' }], []],
    });
    await until(() => outputOf(h, 'c1') !== undefined);
    expect(outputOf(h, 'c1')).toMatchObject({
      error: 'I did not get all of that right.',
      detail: expect.stringContaining('reason') as string, // a matcher is typed any
    });
    expect((await h.types()).slice(2)).toEqual(['tool.called', 'tool.returned']);
  });
});
