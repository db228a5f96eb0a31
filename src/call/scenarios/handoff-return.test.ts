import { tool } from '@openai/agents/realtime';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { refuse, type CallContext, type Desk, type DeskTool, type Gate } from '../../desk/index.ts';
import type { TrailEvent } from '../../protocol/index.ts';
import type { ScriptedPart } from '../testing/scripted-engine.ts';
import { harness, quiet, until, type CallHarness } from '../testing/call-harness.ts';

const closed: Gate = { name: 'office', canHandoff: () => refuse('out_of_hours', 'Closed.') };
const to = (agent: string, callId: string, reason = 'invoice'): ScriptedPart => ({
  call: `transfer_to_${agent}`,
  arguments: JSON.stringify({ reason }),
  callId,
});
const back = (callId: string): ScriptedPart => ({ call: 'go_back', arguments: '{}', callId });
const says = (itemId: string): ScriptedPart => ({ say: 'Yes?', ms: 100, itemId });

/** A desk whose agents may go back, and one of whose tools hands over by itself. */
const returning = (desk: Desk, over: Partial<Desk> = {}): Desk => {
  const escalate = tool({
    name: 'escalate',
    description: 'Hands over by itself.',
    parameters: z.object({ to: z.string() }),
    execute: async ({ to: target }, runContext) => {
      const { context } = runContext as unknown as { context: CallContext }; // typed unknown by tool()
      context.handOff(target, { reason: 'from a tool' });
      return { done: true };
    },
  }) as DeskTool; // as above
  return {
    ...desk,
    ...over,
    limits: { ...desk.limits, hopsPerTurn: 99, ...over.limits },
    agents: Object.fromEntries(
      Object.entries(desk.agents).map(([name, agent]) => [
        name,
        { ...agent, canReturn: true, tools: [...(agent.tools ?? []), escalate] },
      ]),
    ),
  };
};
const open = async (over: Partial<Desk> = {}): Promise<CallHarness> => {
  const h = await harness({ script: [[]], desk: (desk) => returning(desk, over) });
  h.session.finish();
  await quiet(h);
  return h;
};
let items = 0;
/** The engine makes a call and then speaks; everything is heard. */
const does = async (h: CallHarness, ...parts: readonly ScriptedPart[]): Promise<void> => {
  const itemId = `x${++items}`;
  h.engine.script([says(itemId)]);
  h.session.respond(parts);
  await until(() => h.leg.playedItems.includes(itemId));
  h.leg.hearAll();
  await quiet(h);
};
const outputOf = (h: CallHarness, callId: string): unknown => {
  const found = h.session
    .of('conversation.item.create')
    .map(({ item }) => item)
    .find((item) => item.type === 'function_call_output' && item.call_id === callId);
  return found?.type === 'function_call_output' ? JSON.parse(found.output) : undefined;
};
const route = async (h: CallHarness): Promise<readonly string[]> =>
  (await h.trail())
    .filter((event) => event.type === 'handoff.completed')
    .map((event) => `${event.from} ${event.to}`);
const requests = async (h: CallHarness) =>
  (await h.trail()).filter(
    (event): event is Extract<TrailEvent, { type: 'handoff.requested' }> =>
      event.type === 'handoff.requested',
  );
const asks = (h: CallHarness): number => h.session.of('response.create').length - 1; // one for the greeting

describe('the way back', () => {
  it('leads to the agent before, who is told what is unfinished', async () => {
    await using h = await open();
    h.session.speechStarted('u1');
    h.session.speechStopped('u1', 'My invoice is wrong.');
    await quiet(h);
    await does(h, to('billing', 'c1', 'a wrong invoice'));
    await does(h, to('scheduling', 'c2', 'a new appointment'));
    await does(h, back('c3'));
    expect(outputOf(h, 'c3')).toEqual({
      assistant: 'Billing',
      from: 'Scheduling',
      caller_said: {},
      returned: true,
      unfinished: 'a wrong invoice',
    });
    await does(h, back('c4'));
    expect(outputOf(h, 'c4')).toMatchObject({
      assistant: 'Triage',
      unfinished: 'My invoice is wrong.',
    });
    expect(await route(h)).toEqual([
      'triage billing',
      'billing scheduling',
      'scheduling billing',
      'billing triage',
    ]);
    expect((await requests(h)).map(({ by }) => by)).toEqual(['agent', 'agent', 'return', 'return']);
    expect((await h.types()).filter((type) => type === 'handoff.opened')).toHaveLength(4);
  });

  it('leads nowhere when there is nobody before', async () => {
    await using h = await open();
    await does(h, back('c1'));
    expect(outputOf(h, 'c1')).toMatchObject({ code: 'nobody_before', refused: true });
    expect(await route(h)).toEqual([]);
  });

  it('is subject to the desk’s gates and limits', async () => {
    const onlyThere: Gate = {
      name: 'no_way_back',
      canHandoff: ({ by }) => (by === 'return' ? refuse('no', 'Not back.') : { allow: true }),
    };
    await using gated = await open({ gates: [onlyThere] });
    await does(gated, to('billing', 'c1'));
    await does(gated, back('c2'));
    expect(outputOf(gated, 'c2')).toEqual({ error: 'Not back.', code: 'no', refused: true });
    await using limited = await open({ limits: { maxHops: 1 } });
    await does(limited, to('billing', 'c1'));
    await does(limited, back('c2'));
    expect(outputOf(limited, 'c2')).toMatchObject({ code: 'hop_budget' });
    // A refusal leaves the way back where it was.
    await does(limited, back('c3'));
    expect(outputOf(limited, 'c3')).toMatchObject({ code: 'hop_budget' });
  });
});

describe('a handoff that a tool asks for', () => {
  it('takes place once the tool is answered, and instead of an answer about it', async () => {
    await using h = await open();
    await does(h, { call: 'escalate', arguments: '{"to":"billing"}', callId: 'c1' });
    expect(outputOf(h, 'c1')).toEqual({ done: true });
    expect(asks(h)).toBe(1);
    expect(await route(h)).toEqual(['triage billing']);
    const [request] = await requests(h);
    expect(request).toMatchObject({ by: 'tool', packet: { reason: 'from a tool' } });
    // Any model sees what it would have asked for itself.
    const id = request?.functionCallId ?? '';
    expect(h.session.conversation()).toEqual([
      'call escalate c1',
      'output c1 {"done":true}',
      `call transfer_to_billing ${id}`,
      `output ${id} {"assistant":"Billing","from":"Triage","caller_said":{"reason":"from a tool"}}`,
      'assistant Yes?',
    ]);
    expect(h.session.faults).toEqual([]);
  });

  it('that is refused is explained by the agent who keeps the caller', async () => {
    await using h = await open({ gates: [closed] });
    await does(h, { call: 'escalate', arguments: '{"to":"billing"}', callId: 'c1' });
    expect(asks(h)).toBe(1);
    expect(await route(h)).toEqual([]);
    expect(h.session.conversation().slice(2, 4)).toMatchObject([
      expect.stringMatching(/^call transfer_to_billing /),
      expect.stringContaining('{"error":"Closed.","code":"out_of_hours","refused":true}'),
    ]);
  });

  it('along no edge leaves the tool’s answer to be spoken about', async () => {
    await using h = await open();
    await does(h, { call: 'escalate', arguments: '{"to":"scheduling"}', callId: 'c1' });
    expect(asks(h)).toBe(1);
    expect(await route(h)).toEqual([]);
  });
});

describe('a handoff that the API asks for', () => {
  it('takes place as if the agent had asked for it', async () => {
    await using h = await open();
    h.engine.script([says('api1')]);
    expect(await h.call.handOff('billing', { reason: 'the front office' })).toEqual({ ok: true });
    await until(() => h.leg.playedItems.includes('api1'));
    await quiet(h);
    expect(await requests(h)).toMatchObject([{ by: 'api', reason: 'the front office' }]);
    expect(await route(h)).toEqual(['triage billing']);
    expect(asks(h)).toBe(1);
    expect(h.session.faults).toEqual([]);
  });

  it('cancels the response under way, and lets what was said be heard', async () => {
    await using h = await open();
    h.session.respond([{ say: 'one two three', ms: 300, itemId: 'item_l', open: true }]);
    await until(() => h.leg.queuedMs() === 300);
    h.engine.script([says('api2')]);
    expect(await h.call.handOff('billing', { reason: 'x' })).toEqual({ ok: true });
    await until(() => h.leg.playedItems.includes('api2'));
    await quiet(h);
    expect(h.session.of('response.cancel')).toHaveLength(1);
    expect(h.leg.clears).toBe(0);
    expect(h.leg.queuedMs()).toBe(400);
    expect(asks(h)).toBe(1);
    expect((await h.types()).filter((type) => type === 'handoff.opened')).toHaveLength(1);
  });

  it.each([
    ['nobody there', 'sales', { reason: 'x' }, 'no_edge'],
    ['no edge from here', 'scheduling', { reason: 'x' }, 'no_edge'],
    ['a packet that is not what the edge carries', 'billing', {}, 'packet_invalid'],
  ])('is refused with %s, and nobody hears of it', async (_why, target, packet, code) => {
    await using h = await open();
    expect(await h.call.handOff(target, packet)).toMatchObject({ ok: false, code });
    await quiet(h);
    expect(asks(h)).toBe(0);
    expect(h.session.conversation()).toEqual([]);
  });

  it('is refused by a gate, which is on the trail and not heard', async () => {
    await using h = await open({ gates: [closed] });
    expect(await h.call.handOff('billing', { reason: 'x' })).toEqual({
      ok: false,
      code: 'out_of_hours',
      say: 'Closed.',
    });
    await quiet(h);
    expect(asks(h)).toBe(0);
    expect(h.session.conversation()).toEqual([]);
    expect((await h.types()).slice(2)).toEqual(['handoff.requested', 'handoff.refused']);
  });

  it('waits for the tools that run, and takes the place of the answer to them', async () => {
    await using h = await open();
    await does(h, to('billing', 'c1'));
    h.engine.script([says('api3')]);
    h.session.respond([{ call: 'slow', arguments: '{}', callId: 'c2' }]);
    await until(() => h.toolRuns.includes('slow'));
    const asked = h.call.handOff('triage', { reason: 'x' });
    await quiet(h);
    expect(await asked).toEqual({ ok: true });
    await until(() => h.leg.playedItems.includes('api3'));
    await quiet(h);
    expect(await route(h)).toEqual(['triage billing', 'billing triage']);
    expect(asks(h)).toBe(2);
  });

  it('is refused once the call is over', async () => {
    await using h = await open();
    h.call.hangUp();
    await h.call.ended;
    expect(await h.call.handOff('billing', { reason: 'x' })).toMatchObject({ code: 'call_ended' });
  });
});
