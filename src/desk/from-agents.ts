import { getHandoff, Handoff as AgentHandoff, RunContext } from '@openai/agents-core';
import { RealtimeAgent } from '@openai/agents/realtime';
import { z } from 'zod';
import type { AgentDefinition, Desk } from './definition.ts';
import type { Finding } from './finding.ts';
import { agentProblems, handoffProblems, packetProblem, sameName } from './from-agents-problems.ts';
import { allow, refuse, type Gate } from './gate.ts';
import type { Handoff, PacketSchema } from './handoff.ts';
import { agentsOf, type GraphAgent, type GraphHandoff, voiceOf } from './sdk-graph.ts';
import type { DeskTool } from './tool.ts';

/** What a graph does not say of a desk. */
export interface DeskFromAgentsOptions extends Partial<
  Omit<Desk, 'agents' | 'firstAgent' | 'people' | 'problems'>
> {
  /** Lets every agent end the call (`end_call`). @default false, as in the graph */
  readonly canEndCall?: boolean;
  /** Lets every agent bring the caller back to whoever had them before (`go_back`). @default false */
  readonly canReturn?: boolean;
}

/**
 * A desk of an existing graph of the Agents SDK: `RealtimeAgent`s whose `handoffs` are agents or
 * `handoff()` objects, in circles if need be.
 *
 * Names stay as they are, transfers keep their native tool names (`transfer_to_Billing`, or
 * `toolNameOverride`) and descriptions. `inputType` becomes the packet, `onHandoff` runs with it,
 * `isEnabled` becomes a gate that refuses in words. What reads `runContext.context` gets the call
 * (`CallContext`; `isEnabled` what a gate may know of it), with an empty `history`.
 *
 * What this runtime does not do is an error that the linter reports; nothing is dropped in silence.
 *
 * ```ts
 * export const desk = deskFromAgents(triageAgent, { name: 'front-desk', timeZone: 'Europe/London' });
 * ```
 *
 * @param options.name @default the first agent's name, as the name of a folder
 * @param options.title @default the first agent's name
 * @param options.language @default 'en'
 * @param options.timeZone @default 'UTC'
 * @param options.voice @default the agents' own, or 'marin'
 * @param options.greeting @default 'Hello, how can I help you?'
 */
export function deskFromAgents(triageAgent: GraphAgent, options: DeskFromAgentsOptions = {}): Desk {
  const { canEndCall, canReturn, ...own } = options;
  const graph = agentsOf(triageAgent);
  const voice = own.voice ?? graph.map(voiceOf).find((one) => one !== undefined) ?? 'marin';
  const problems: Finding[] = [];
  const agents: [string, AgentDefinition<string>][] = [];
  for (const agent of graph) {
    problems.push(...agentProblems(agent, voice));
    if (agents.some(([name]) => name === agent.name)) {
      problems.push(sameName(agent));
      continue;
    }
    agents.push([
      agent.name,
      {
        label: agent.name,
        handoffDescription: agent.handoffDescription,
        instructions: instructionsOf(agent),
        tools: agent.tools.filter((tool): tool is DeskTool => tool.type === 'function'),
        handoffs: agent.handoffs.map((given, at) => {
          const handoff = getHandoff(given) as GraphHandoff; // an agent is made one, a handoff stays
          problems.push(...handoffProblems(agent, handoff, at));
          return edgeOf(agent, handoff, given instanceof AgentHandoff);
        }),
        ...(canEndCall === undefined ? {} : { canEndCall }),
        ...(canReturn === undefined ? {} : { canReturn }),
      },
    ]);
  }
  return {
    name: folderName(triageAgent.name),
    title: triageAgent.name,
    language: 'en',
    timeZone: 'UTC',
    greeting: 'Hello, how can I help you?',
    ...own,
    voice,
    firstAgent: triageAgent.name,
    agents: Object.fromEntries(agents),
    problems,
  };
}

function instructionsOf(agent: GraphAgent): AgentDefinition<string>['instructions'] {
  const { instructions } = agent;
  const plain = agent.getSystemPrompt === RealtimeAgent.prototype.getSystemPrompt;
  if (typeof instructions === 'string' && plain) return instructions;
  return async (call) => (await agent.getSystemPrompt(contextOf(call))) ?? '';
}

function edgeOf(agent: GraphAgent, handoff: GraphHandoff, hasCode: boolean): Handoff {
  const target = handoff.agent as GraphAgent; // typed any
  const edge: Handoff = {
    to: target.name,
    toolName: handoff.toolName,
    description: handoff.toolDescription.trim(),
    packet: packetOf(handoff),
  };
  // An agent that stands for itself has no code to run.
  if (!hasCode) return edge;
  return {
    ...edge,
    gates: [enabledGate(agent, handoff)],
    async onHandoff(packet, call) {
      const next: unknown = await handoff.onInvokeHandoff(contextOf(call), JSON.stringify(packet));
      if (next !== target) throw new Error(`the handoff to "${target.name}" led elsewhere`);
    },
  };
}

function packetOf(handoff: GraphHandoff): PacketSchema {
  if (packetProblem(handoff) !== null || !hasInput(handoff)) {
    return z.object({});
  }
  const schema: unknown = handoff.inputJsonSchema;
  return z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]) as PacketSchema; // looked at above
}

function hasInput({ inputJsonSchema }: GraphHandoff): boolean {
  const properties: unknown = inputJsonSchema.properties; // typed any
  return Object.keys(properties ?? {}).length > 0;
}

function enabledGate(agent: GraphAgent, handoff: GraphHandoff): Gate {
  const say = `I cannot put you through to ${handoff.agentName} right now.`;
  return {
    name: 'is_enabled',
    canHandoff: async ({ call }) =>
      (await handoff.isEnabled({ runContext: contextOf(call), agent }))
        ? allow
        : refuse('not_enabled', say),
  };
}

/** What the SDK's callbacks get. Their `history` is the session's, which is not theirs to see here. */
function contextOf(call: object): RunContext<object> {
  return new RunContext({ ...call, history: [] });
}

/** `Triage Agent` as the name of a folder: `triage-agent`. */
function folderName(name: string): string {
  const words = name.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return words.join('-').replace(/^[\d-]+/, '') || 'desk';
}
