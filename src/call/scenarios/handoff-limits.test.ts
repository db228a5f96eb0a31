import { describe, expect, it } from 'vitest';
import type { DeskLimits } from '../../desk/index.ts';
import { harness, quiet, until, type CallHarness } from '../testing/call-harness.ts';
import { eventsOf } from '../testing/tool-call.ts';

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
    h.session.respond([
      { call: `transfer_to_${agent}`, arguments: '{"reason":"invoice"}', callId: `c${calls}` },
    ]);
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
