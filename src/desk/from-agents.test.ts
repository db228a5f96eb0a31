import { handoff, type RunContext } from '@openai/agents';
import { RealtimeAgent, type RealtimeAgentConfiguration, tool } from '@openai/agents/realtime';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { deskFromAgents, edgesOf, lintDesk, type CallContext, type GateCall } from './index.ts';

const call = { callId: 'call_1', desk: 'd', customer: () => null } as unknown as CallContext &
  GateCall; // what is not here is not looked at

interface Own {
  readonly tier: string;
}

const refundInput = z.object({
  order: z.string().describe('The order.'),
  amount: z.number().nullable(),
});

/** Three agents in a circle, one of them named as people write names. */
function graph(over: Parameters<typeof handoff>[1] = {}) {
  const seen: unknown[] = [];
  const lookup = tool({
    name: 'lookup',
    description: 'Looks up.',
    parameters: z.object({ id: z.string() }),
    execute: async () => 'found',
  });
  const billing = new RealtimeAgent<Own>({
    name: 'Billing Agent',
    handoffDescription: 'Invoices and refunds.',
    instructions: ({ context }, agent) => `You are ${agent.name} in ${String(callIdIn(context))}.`,
    tools: [lookup],
  });
  const sales = new RealtimeAgent<Own>({
    name: 'Sales',
    handoffDescription: 'New orders.',
    instructions: 'Sell.',
    handoffs: [billing],
  });
  const toBilling = handoff(billing, {
    toolDescriptionOverride: 'For money that went wrong.',
    toolNameOverride: 'to-billing',
    inputType: refundInput,
    onHandoff: (context: RunContext, input) => {
      seen.push(callIdIn(context.context), input);
    },
    ...over,
  });
  const triage = new RealtimeAgent<Own>({
    name: 'Triage Agent',
    handoffDescription: 'Opening hours.',
    instructions: 'Route.',
    handoffs: [toBilling, sales],
  });
  billing.handoffs.push(triage);
  return { triage, billing, sales, lookup, seen };
}

function callIdIn(context: unknown): unknown {
  return (context as { readonly callId?: unknown }).callId; // typed by the graph, given by the call
}

const alone = (over: Partial<RealtimeAgentConfiguration<Own>>) =>
  new RealtimeAgent<Own>({ name: 'Solo', instructions: 'Help.', ...over });

interface Asked {
  readonly runContext: RunContext;
  readonly agent: { readonly name: string };
}

describe('deskFromAgents', () => {
  it('takes a graph as it is, in circles, with nothing for the linter to find', () => {
    const { triage, lookup } = graph();
    const desk = deskFromAgents(triage);
    expect(lintDesk(desk)).toEqual([]);
    expect(Object.keys(desk.agents)).toEqual(['Triage Agent', 'Billing Agent', 'Sales']);
    expect(desk).toMatchObject({
      name: 'triage-agent',
      title: 'Triage Agent',
      firstAgent: 'Triage Agent',
      voice: 'marin',
      timeZone: 'UTC',
    });
    expect(desk.agents['Billing Agent']).toMatchObject({
      label: 'Billing Agent',
      handoffDescription: 'Invoices and refunds.',
      tools: [lookup],
    });
    expect(desk.agents['Triage Agent']?.instructions).toBe('Route.');
  });

  it('keeps the native names and descriptions of transfers', () => {
    const desk = deskFromAgents(graph().triage);
    const shown = (agent: string) =>
      edgesOf(desk, agent).map(({ to, toolName, description }) => [to, toolName, description]);
    expect(shown('Triage Agent')).toEqual([
      ['Billing Agent', 'to-billing', 'For money that went wrong.'],
      [
        'Sales',
        'transfer_to_Sales',
        'Handoff to the Sales agent to handle the request. New orders.',
      ],
    ]);
    expect(shown('Sales')[0]?.slice(0, 2)).toEqual(['Billing Agent', 'transfer_to_Billing_Agent']);
    expect(shown('Billing Agent')).toEqual([
      [
        'Triage Agent',
        'transfer_to_Triage_Agent',
        'Handoff to the Triage Agent agent to handle the request. Opening hours.',
      ],
    ]);
  });

  it('makes the packet of the input, and nothing of none', () => {
    const [toBilling, toSales] = edgesOf(deskFromAgents(graph().triage), 'Triage Agent');
    expect(z.toJSONSchema(toBilling!.packet)).toMatchObject({
      properties: { order: { type: 'string', description: 'The order.' } },
      required: ['order', 'amount'],
    });
    expect(toBilling!.packet.safeParse({ order: 7, amount: null }).success).toBe(false);
    expect(toSales!.packet.shape).toEqual({});
  });

  it('runs onHandoff with its typed input and the call', async () => {
    const { triage, seen } = graph();
    const [edge] = edgesOf(deskFromAgents(triage), 'Triage Agent');
    await edge!.onHandoff?.({ order: 'A1', amount: 4 }, call);
    expect(seen).toEqual(['call_1', { order: 'A1', amount: 4 }]);
    await expect(async () => edge!.onHandoff?.({ order: 'A1' }, call)).rejects.toThrow();
  });

  it('lets what onHandoff throws refuse', async () => {
    const onHandoff = () => Promise.reject(new Error('closed'));
    const [edge] = edgesOf(deskFromAgents(graph({ onHandoff }).triage), 'Triage Agent');
    await expect(edge!.onHandoff?.({ order: 'A1', amount: null }, call)).rejects.toThrow('closed');
  });

  it.each([
    ['true', true, true],
    ['false', false, false],
    [
      'a function of the call',
      ({ runContext }: Asked) => callIdIn(runContext.context) === 'x',
      false,
    ],
    ['a function of the agent', ({ agent }: Asked) => agent.name === 'Triage Agent', true],
  ])('makes a gate of isEnabled: %s', async (_title, isEnabled, opens) => {
    const [edge] = edgesOf(deskFromAgents(graph({ isEnabled }).triage), 'Triage Agent');
    const request = { from: 'Triage Agent', to: 'Billing Agent', by: 'agent' } as const;
    const signal = new AbortController().signal;
    const decision = await edge!.gates[0]!.canHandoff({ ...request, packet: {}, call, signal });
    expect(decision).toEqual(
      opens
        ? { allow: true }
        : {
            allow: false,
            code: 'not_enabled',
            say: 'I cannot put you through to Billing Agent right now.',
          },
    );
  });

  it('makes instructions of a function when the agent takes the call', async () => {
    const { instructions } = deskFromAgents(graph().triage).agents['Billing Agent']!;
    expect(typeof instructions === 'function' && (await instructions(call))).toBe(
      'You are Billing Agent in call_1.',
    );
  });

  it('takes what a graph does not say from its options', () => {
    const desk = deskFromAgents(graph().triage, {
      name: 'shop',
      greeting: 'Hi.',
      limits: { maxHops: 2 },
      canEndCall: true,
      canReturn: true,
    });
    expect(desk).toMatchObject({ name: 'shop', greeting: 'Hi.', limits: { maxHops: 2 } });
    expect(desk.agents['Sales']).toMatchObject({ canEndCall: true, canReturn: true });
    expect(lintDesk(desk)).toEqual([]);
  });

  it('has the one voice of its agents', () => {
    expect(deskFromAgents(alone({ voice: 'cedar' })).voice).toBe('cedar');
    expect(lintDesk(deskFromAgents(alone({ voice: 'cedar' })))).toEqual([]);
  });
});
