import { handoff, type RunContext } from '@openai/agents';
import { RealtimeAgent, tool } from '@openai/agents/realtime';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { deskFromAgents, lintDesk, type CallContext, type Desk } from '../../desk/index.ts';
import { harness, quiet, until, type CallHarness } from '../testing/call-harness.ts';
import type { ScriptedPart } from '../testing/scripted-engine.ts';

/** A graph of three agents as one writes it for the Agents SDK, in a circle. */
function graph(): { readonly desk: Desk; readonly did: unknown[] } {
  const did: unknown[] = [];
  const idOf = (context: unknown): unknown =>
    (context as RunContext<CallContext> | undefined)?.context.callId; // typed unknown by tool()
  const lookup = tool({
    name: 'lookup_order',
    description: 'Finds an order.',
    parameters: z.object({ order: z.string() }),
    execute: async ({ order }, context) => {
      did.push(['lookup_order', order, idOf(context)]);
      return { order, paid: 40 };
    },
  });
  const refunds = new RealtimeAgent({
    name: 'Refund Agent',
    handoffDescription: 'Money back.',
    instructions: ({ context }, agent) =>
      `You are ${agent.name} on ${String((context as { callId?: unknown }).callId)}.`,
    tools: [lookup],
  });
  const sales = new RealtimeAgent({
    name: 'Sales',
    handoffDescription: 'New orders.',
    instructions: 'Sell.',
  });
  const triage = new RealtimeAgent({
    name: 'Triage Agent',
    handoffDescription: 'Opening hours.',
    instructions: 'Route.',
    handoffs: [
      handoff(refunds, {
        toolNameOverride: 'refund-desk',
        inputType: z.object({ order: z.string(), amount: z.number() }),
        onHandoff: (context, input) => {
          did.push(['onHandoff', input, idOf(context)]);
          if (input && input.amount > 100) throw new Error('too much for the phone');
        },
      }),
      handoff(sales, {
        isEnabled: ({ runContext }) =>
          (runContext.context as { callerNumber?: unknown }).callerNumber === '+15550100',
      }),
    ],
  });
  refunds.handoffs.push(triage);
  sales.handoffs.push(triage);
  const desk = deskFromAgents(triage, { greeting: 'Hello.', timeZone: 'Europe/London' });
  return { desk, did };
}

const toRefunds = (amount: number): ScriptedPart => ({
  call: 'refund-desk',
  arguments: JSON.stringify({ order: 'A1', amount }),
  callId: 'c1',
});
const toSales: ScriptedPart = { call: 'transfer_to_Sales', arguments: '{}', callId: 'c1' };

function outputOf(h: CallHarness, callId: string): unknown {
  const items = h.session.of('conversation.item.create').map(({ item }) => item);
  const answer = items.find((item) => 'call_id' in item && item.call_id === callId);
  return answer && 'output' in answer ? JSON.parse(answer.output) : undefined;
}

describe('a graph of the Agents SDK', () => {
  it('holds a call: native names there and back, onHandoff with its typed input, its own tools', async () => {
    const { desk, did } = graph();
    expect(lintDesk(desk)).toEqual([]);
    await using h = await harness({
      desk: () => desk,
      script: [
        [toRefunds(40)],
        [{ call: 'lookup_order', arguments: '{"order":"A1"}', callId: 'c2' }],
        [{ say: 'You get forty back.', ms: 300, itemId: 'item_1' }],
      ],
    });
    expect(h.session.faults).toEqual([]);
    await until(() => h.leg.queuedMs() === 300, 'the refund agent to speak');
    expect(did).toEqual([
      ['onHandoff', { order: 'A1', amount: 40 }, h.call.id],
      ['lookup_order', 'A1', h.call.id],
    ]);
    expect(outputOf(h, 'c1')).toEqual({
      assistant: 'Refund Agent',
      from: 'Triage Agent',
      caller_said: { order: 'A1', amount: 40 },
    });
    expect(outputOf(h, 'c2')).toEqual({ order: 'A1', paid: 40 });
    expect(h.session.instructions()).toMatch(`You are Refund Agent on ${h.call.id}.`);
    expect(h.session.toolNames()).toEqual(['lookup_order', 'transfer_to_Triage_Agent']);

    h.session.respond([{ call: 'transfer_to_Triage_Agent', arguments: '{}', callId: 'c3' }]);
    await until(
      async () => (await h.types()).filter((type) => type === 'handoff.completed').length === 2,
    );
    expect(h.session.instructions()).toMatch(/^Route\./);
    expect(h.session.toolNames()).toEqual(['refund-desk', 'transfer_to_Sales']);
    const completed = (await h.trail()).filter(({ type }) => type === 'handoff.completed');
    expect(completed).toMatchObject([
      { from: 'Triage Agent', to: 'Refund Agent' },
      { from: 'Refund Agent', to: 'Triage Agent' },
    ]);
  });

  it('is refused in words where isEnabled says no, and stays', async () => {
    await using h = await harness({ desk: () => graph().desk, script: [[toSales], []] });
    await until(() => outputOf(h, 'c1') !== undefined);
    expect(outputOf(h, 'c1')).toEqual({
      error: 'I cannot put you through to Sales right now.',
      code: 'not_enabled',
      refused: true,
    });
    await until(
      () => h.session.of('response.create').length === 2,
      'the agent to be asked to go on',
    );
    expect(h.session.instructions()).toContain('Hello.');
    expect((await h.trail()).at(-1)).toMatchObject({
      type: 'handoff.refused',
      gate: 'is_enabled',
      code: 'not_enabled',
    });
  });

  it('goes through where isEnabled knows the call', async () => {
    await using h = await harness({
      desk: () => graph().desk,
      script: [[toSales], []],
      call: { callerNumber: '+15550100' },
    });
    await until(async () => (await h.types()).includes('handoff.completed'));
    expect(h.session.instructions()).toMatch(/^Sell\./);
  });

  it('is refused in words when onHandoff throws, or its input is not what it says', async () => {
    const { desk, did } = graph();
    await using h = await harness({
      desk: () => desk,
      script: [
        [toRefunds(101)],
        [{ call: 'refund-desk', arguments: '{"order":"A1"}', callId: 'c2' }],
        [],
      ],
    });
    await until(() => outputOf(h, 'c2') !== undefined);
    await quiet(h);
    expect(outputOf(h, 'c1')).toMatchObject({ code: 'handoff_failed', refused: true });
    expect(JSON.stringify(outputOf(h, 'c2'))).toContain('amount');
    expect(did).toHaveLength(1);
    expect(await h.types()).not.toContain('handoff.completed');
  });
});
