// Not from '@openai/agents': that loads the text runner and OpenAI's client too, 0.1 s of every start.
import { RealtimeAgent, backgroundResult, tool } from '@openai/agents/realtime';
import { z } from 'zod';
import {
  edgesOf,
  endCallToolName,
  runtimeToolsOf,
  type CallContext,
  type Desk,
  type DeskTool,
  type Edge,
} from '../desk/index.ts';
import type { ToolAnswer } from './tool-answer.ts';
import { runtimeTool, type ToolRun } from './tool-runner.ts';

/** An agent as the SDK runs it, made for one call. */
export type CallAgent = RealtimeAgent<CallContext>;

/** What the tools of the runtime itself do. */
export interface AgentActions {
  /** Asked for at every `session.update`, so that the time of day is right. */
  instructions(agent: string): string | Promise<string>;
  /** Hands the caller to `to`. */
  transfer(
    to: string,
    request: {
      readonly functionCallId: string;
      readonly packet: Readonly<Record<string, unknown>>;
    },
  ): Promise<ToolAnswer>;
  /** Lets the goodbye be heard, then ends the call. */
  endCall(functionCallId: string): ToolAnswer;
}

/**
 * Builds a call's own agents from the desk's plain definition: shared agent objects would carry one
 * call's events into another. Edges are names, so agents may hand to each other in circles.
 *
 * Transfers are function tools, not the SDK's handoffs: those answer a refusal with silence and
 * rewrite the names.
 */
export function buildAgents(
  desk: Desk,
  run: ToolRun,
  actions: AgentActions,
): ReadonlyMap<string, CallAgent> {
  const agents = new Map<string, CallAgent>();
  for (const [name, definition] of Object.entries(desk.agents)) {
    const tools = [
      ...[...(definition.tools ?? []), ...runtimeToolsOf(desk, name)].map((source) =>
        runtimeTool(source, run),
      ),
      ...edgesOf(desk, name).map((edge) => runtimeTool(transferTool(edge, actions), run)),
      ...(definition.canEndCall ? [endCallTool(actions)] : []),
    ];
    agents.set(
      name,
      new RealtimeAgent<CallContext>({
        name,
        instructions: () => actions.instructions(name),
        tools,
      }),
    );
  }
  return agents;
}

function transferTool(edge: Edge, actions: AgentActions): DeskTool {
  return tool({
    name: edge.toolName,
    description: edge.description,
    parameters: edge.packet,
    errorFunction: null,
    execute: async (packet, _context, details) => {
      const functionCallId = details?.toolCall?.callId ?? '';
      return (await actions.transfer(edge.to, { functionCallId, packet })).output;
    },
  }) as DeskTool; // `tool()` infers its context as unknown, which any call's context is
}

function endCallTool(actions: AgentActions): DeskTool {
  return tool({
    name: endCallToolName,
    description: 'Ends the call. Only after the caller has said goodbye and has heard one.',
    parameters: z.object({}),
    // Background: no response follows, or the agent would say goodbye twice.
    execute: async (_input, _context, details) =>
      backgroundResult(actions.endCall(details?.toolCall?.callId ?? '').output),
  }) as DeskTool; // as above
}
