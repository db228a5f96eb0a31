import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  allow,
  refuse,
  type Desk,
  type DeskLimits,
  type Gate,
  type GateRequest,
  type Handoff,
} from '../../desk/index.ts';
import type { TrailEvent } from '../../protocol/index.ts';
import type { ScriptedPart } from '../testing/scripted-engine.ts';
import { harness, quiet, until, type CallHarness } from '../testing/call-harness.ts';

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
const eventsOf = async <T extends TrailEvent['type']>(h: CallHarness, type: T) =>
  (await h.trail()).filter(
    (event): event is Extract<TrailEvent, { type: T }> => event.type === type,
  );

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

describe('a limit', () => {
  const refusal = async (limits: Partial<DeskLimits>, hand: (h: CallHarness) => Promise<void>) => {
    await using h = await harness({
      script: [[]],
      desk: (desk) => ({ ...desk, limits: { hopsPerTurn: 99, ...limits } }),
    });
    h.session.finish();
    await hand(h);
    await until(async () => (await h.types()).includes('handoff.refused'));
    await until(() => h.session.of('response.create').length > 1);
    const [refused] = await eventsOf(h, 'handoff.refused');
    const done = (await eventsOf(h, 'handoff.completed')).length;
    return { code: refused?.code, say: refused?.say, done };
  };
  let calls = 0;
  const hand = async (h: CallHarness, agent: string): Promise<void> => {
    h.engine.script([{ say: 'Yes?', ms: 10, itemId: `o${++calls}` }]);
    h.session.respond([to(agent, `c${calls}`)]);
    await until(() => h.leg.playedItems.includes(`o${calls}`));
    h.leg.hearAll();
    await quiet(h);
  };
  const pingPong = async (h: CallHarness): Promise<void> => {
    for (const agent of ['billing', 'triage', 'billing', 'triage']) await hand(h, agent);
  };

  it('F8 A→B→A→B is stopped by the hop budget, with a reason the agent can speak about', async () => {
    expect(await refusal({ maxHops: 3 }, pingPong)).toEqual({
      code: 'hop_budget',
      say: 'You have been passed on enough. Let me help you here.',
      done: 3,
    });
  });

  it('F8 A→B→A→B is stopped between two turns of the caller', async () => {
    expect(await refusal({ hopsPerTurn: 2 }, pingPong)).toMatchObject({
      code: 'hops_per_turn',
      done: 2,
    });
  });

  it('F8 A→B→A→B is stopped by the cooldown of the edge, until it is over', async () => {
    const limits = { edgeCooldownMs: 60_000 };
    expect(await refusal(limits, pingPong)).toMatchObject({ code: 'edge_cooldown', done: 2 });
    const later = async (h: CallHarness): Promise<void> => {
      await hand(h, 'billing');
      await hand(h, 'triage');
      h.clock.advance(60_000);
      await hand(h, 'billing');
      await hand(h, 'triage');
      await hand(h, 'billing');
    };
    expect(await refusal(limits, later)).toMatchObject({ done: 4 });
  });

  it('counts handoffs between turns anew when the caller has spoken', async () => {
    const spoken = async (h: CallHarness): Promise<void> => {
      for (const agent of ['billing', 'triage']) {
        await hand(h, agent);
        h.session.speechStarted(`u_${agent}`);
        h.session.speechStopped(`u_${agent}`, 'no, the other');
        await quiet(h);
      }
      await hand(h, 'billing');
      await hand(h, 'triage');
    };
    expect(await refusal({ hopsPerTurn: 1 }, spoken)).toMatchObject({
      code: 'hops_per_turn',
      done: 3,
    });
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
