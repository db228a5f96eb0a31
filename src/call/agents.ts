// Not from '@openai/agents': that loads the text runner and OpenAI's client too, 0.1 s of every start.
import { RealtimeAgent, backgroundResult, tool } from '@openai/agents/realtime';
import { z } from 'zod';
import {
  endCallToolName,
  transferToolName,
  type CallContext,
  type Desk,
  type DeskTool,
} from '../desk/index.ts';
import type { ToolAnswer } from './tool-answer.ts';
import { runtimeTool, type ToolRun } from './tool-runner.ts';

/** An agent as the SDK runs it, made for one call. */
export type CallAgent = RealtimeAgent<CallContext>;

/** What the tools of the runtime itself do. */
export interface AgentActions {
  /** Asked for at every `session.update`, so that the time of day is right. */
  instructions(agent: string): string;
  /** Hands the caller to `to`. */
  transfer(
    to: string,
    request: { readonly functionCallId: string; readonly reason: string },
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
      ...(definition.tools ?? []).map((source) => runtimeTool(source, run)),
      ...definition.handoffs.map((to) => runtimeTool(transferTool(desk, to, actions), run)),
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

function transferTool(desk: Desk, to: string, actions: AgentActions): DeskTool {
  return tool({
    name: transferToolName(to),
    description: desk.agents[to]?.handoffDescription ?? '',
    parameters: z.object({ reason: z.string().describe('What the caller wants, in a few words.') }),
    errorFunction: null,
    execute: async ({ reason }, _context, details) => {
      const functionCallId = details?.toolCall?.callId ?? '';
      return (await actions.transfer(to, { functionCallId, reason })).output;
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
