import fc from 'fast-check';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { allow, deskTool, refuse, type Desk, type DeskTool, type Gate } from '../../desk/index.ts';

/** What a gate of a random desk does. */
export type GateWay =
  'allows' | 'refuses' | 'throws' | 'hangs' | 'allows late' | 'refuses late' | 'lies';

/** A random desk, small enough to be read in the message of a failed test. */
export interface DeskPlan {
  readonly agents: readonly {
    readonly canReturn: boolean;
    readonly canEndCall: boolean;
    readonly mayBringInPeople: boolean;
    readonly edges: readonly {
      readonly to: number;
      readonly gates: readonly GateWay[];
      readonly packet: boolean;
      readonly context: 'all' | 'packet' | 'summary' | 1;
    }[];
  }[];
  readonly maxHops: number;
  readonly hopsPerTurn: number;
  readonly cut: boolean;
}

/** Something that a tool did to the world. */
export interface Effect {
  readonly tool: string;
  readonly agent: string;
  readonly functionCallId: string;
  readonly arguments: string;
}

/** The queue of people of every random desk. */
export const queueName = 'team';

/** @returns the name of an agent of a random desk. */
export function agentName(index: number): string {
  return `agent${index}`;
}

const gateWay = fc.constantFrom<GateWay>(
  ...([
    'allows',
    'allows',
    'allows',
    'refuses',
    'throws',
    'hangs',
    'allows late',
    'refuses late',
    'lies',
  ] as const),
);

/** Desks of two to six agents with any edges between them. */
export const deskPlan: fc.Arbitrary<DeskPlan> = fc.integer({ min: 2, max: 6 }).chain((count) => {
  const edge = fc.record({
    to: fc.nat(count - 1),
    gates: fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      { weight: 2, arbitrary: fc.array(gateWay, { maxLength: 2 }) },
    ),
    packet: fc.boolean(),
    context: fc.constantFrom<'all' | 'packet' | 'summary' | 1>(
      'all',
      'all',
      'packet',
      'summary',
      1,
    ),
  });
  const agent = fc.record({
    canReturn: fc.boolean(),
    canEndCall: fc.boolean(),
    mayBringInPeople: fc.boolean(),
    edges: fc.uniqueArray(edge, {
      minLength: 1,
      maxLength: count,
      size: 'max',
      selector: ({ to }) => to,
    }),
  });
  return fc
    .record({
      agents: fc.array(agent, { minLength: count, maxLength: count }),
      maxHops: fc.integer({ min: 1, max: 6 }),
      hopsPerTurn: fc.integer({ min: 1, max: 3 }),
      cut: fc.boolean(),
    })
    .map((plan) => ({
      ...plan,
      // Nobody hands a caller to themselves.
      agents: plan.agents.map((one, index) => ({
        ...one,
        edges: one.edges.filter(({ to }) => to !== index),
      })),
    }));
});

/** Deadlines of real time, for what hangs. */
const gateTimeoutMs = 15;
const toolTimeoutMs = 15;
/** How long people have to take a caller, by the clock of the call. */
const acceptWithinMs = 3_000;

/** @param effects grows with what the tools do */
export function deskOf(plan: DeskPlan, effects: Effect[]): Desk {
  const agents = plan.agents.map((agent, index) => {
    const name = agentName(index);
    return [
      name,
      {
        label: `Label ${index}`,
        handoffDescription: `What ${name} does.`,
        instructions: `You are ${name}.`,
        tools: toolsOf(name, plan.agents.length, effects),
        handoffs: [
          ...agent.edges.map(({ to, gates, packet, context }) => ({
            to: agentName(to),
            gates: gates.map(gateOf),
            context: context === 1 ? { lastTurns: 1 } : context,
            ...(packet
              ? { packet: z.object({ reason: z.string(), topic: z.enum(['a', 'b']) }) }
              : {}),
          })),
          ...(agent.mayBringInPeople ? [queueName] : []),
        ],
        canReturn: agent.canReturn,
        canEndCall: agent.canEndCall,
      },
    ] as const;
  });
  return {
    name: 'random-desk',
    title: 'Random desk',
    language: 'en-GB',
    timeZone: 'Europe/London',
    voice: 'marin',
    firstAgent: agentName(0),
    greeting: 'Hello.',
    agents: Object.fromEntries(agents),
    people: { [queueName]: { label: 'The team', handoffDescription: 'People.', acceptWithinMs } },
    handoffSpeech: plan.cut ? 'cut' : 'finish',
    limits: {
      maxHops: plan.maxHops,
      hopsPerTurn: plan.hopsPerTurn,
      gateTimeoutMs,
      toolTimeoutMs,
      toolCallsPerTurn: 8,
      sameCallPerTurn: 2,
    },
  };
}

function gateOf(way: GateWay): Gate {
  const no = refuse('not_today', 'Not today.');
  const decide = {
    allows: () => allow,
    refuses: () => no,
    throws: () => {
      throw new Error('the gate is broken');
    },
    hangs: () => new Promise<typeof allow>(() => undefined),
    'allows late': async () => sleep(2).then(() => allow),
    'refuses late': async () => sleep(2).then(() => no),
    lies: () => 'yes, of course' as unknown as typeof allow, // a desk in plain JavaScript may
  };
  return { name: way.replaceAll(' ', '_'), canHandoff: decide[way] };
}

/** Each agent has tools of its own: by their names it shows whose tool ran. */
function toolsOf(agent: string, agents: number, effects: Effect[]): DeskTool[] {
  const what = z.object({ what: z.enum(['one', 'two']) });
  const did = (tool: string, args: unknown, key: string): void => {
    effects.push({
      tool,
      agent,
      functionCallId: key.slice(key.indexOf(':') + 1),
      arguments: JSON.stringify(args),
    });
  };
  const named = (verb: string) => `${verb}_${agent}`;
  const write = deskTool({
    name: named('write'),
    description: 'Writes.',
    parameters: what,
    execute: (input, _call, { idempotencyKey }) => {
      did(named('write'), input, idempotencyKey);
      return { written: true };
    },
  });
  const pay = deskTool({
    name: named('pay'),
    description: 'Writes after a yes.',
    parameters: what,
    confirm: ({ what: it }) => ({ readBack: `Shall I pay ${it}?` }),
    execute: async (input, _call, { idempotencyKey }) => {
      await sleep(1);
      did(named('pay'), input, idempotencyKey);
      return { paid: true };
    },
  });
  const fail = deskTool({
    name: named('fail'),
    description: 'Throws.',
    parameters: what,
    execute: () => {
      throw new Error('broken');
    },
  });
  const hang = deskTool({
    name: named('hang'),
    description: 'Hangs.',
    parameters: what,
    execute: async () => new Promise(() => undefined),
  });
  const move = deskTool({
    name: named('move'),
    description: 'Asks for a handoff.',
    parameters: z.object({ to: z.number() }),
    execute: ({ to }, call) => {
      call.handOff(agentName(Math.abs(Math.trunc(to)) % agents), { reason: 'moved' });
      return { moving: true };
    },
  });
  return [write, pay, fail, hang, move];
}
