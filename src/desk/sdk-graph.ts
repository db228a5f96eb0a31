import { type Agent, getHandoff, type Handoff as AgentHandoff } from '@openai/agents-core';
import { RealtimeAgent } from '@openai/agents/realtime';

// The SDK types what a graph holds as `any`, and an agent's context stands in both directions.
/* eslint-disable @typescript-eslint/no-explicit-any */
/** An agent of a graph, whatever its context. */
export type GraphAgent = Agent<any, any>;
/** A handoff of a graph. */
export type GraphHandoff = AgentHandoff<any, any>;
/* eslint-enable @typescript-eslint/no-explicit-any */

/** Every agent that handoffs lead to, the first one first. */
export function agentsOf(first: GraphAgent): readonly GraphAgent[] {
  const found = new Set([first]);
  // A set may grow while it is walked through: what is added is reached too.
  for (const agent of found) {
    for (const given of agent.handoffs) found.add(getHandoff(given).agent as GraphAgent); // typed any
  }
  return [...found];
}

/** The agent's voice; a graph may hold agents that are not realtime ones, which have none. */
export function voiceOf(agent: GraphAgent): string | undefined {
  return agent instanceof RealtimeAgent ? agent.voice : undefined;
}
