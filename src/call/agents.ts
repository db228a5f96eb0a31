// Not from '@openai/agents': that loads the text runner and OpenAI's client too, 0.1 s of every start.
import { RealtimeAgent, backgroundResult, tool } from '@openai/agents/realtime';
import { z } from 'zod';
import {
  edgesOf,
  endCallToolName,
  goBackToolName,
  policyOf,
  runtimeToolsOf,
  type CallContext,
  type Desk,
  type DeskTool,
  type Edge,
} from '../desk/index.ts';
import { consultTool, type ConsultHost } from './tools/consult.ts';
import type { ToolAnswer } from './tools/tool-answer.ts';
import { runtimeTool, type ToolPlace, type ToolRun } from './tools/tool-runner.ts';

/** An agent as the SDK runs it, made for one call. */
export type CallAgent = RealtimeAgent<CallContext>;

/** What the tools of the runtime itself do. */
export interface AgentActions {
  /** What the engine is told to be now: later sessions are sent by the call, not by the SDK. */
  instructions(): string;
  /** Where answers come from when one agent asks another. */
  readonly consults: ConsultHost;
  /** Lets the goodbye be heard, then ends the call. */
  endCall(functionCallId: string): ToolAnswer;
}

/**
 * Builds a call's own agents from the desk's plain definition: shared agent objects would carry one
 * call's events into another. Edges are names, so agents may hand to each other in circles.
 *
 * Transfers are function tools, not the SDK's handoffs: those answer a refusal with silence and
 * rewrite the names. The SDK only shows them to the engine; the call performs them itself.
 */
export function buildAgents(
  desk: Desk,
  run: ToolRun,
  actions: AgentActions,
): ReadonlyMap<string, CallAgent> {
  const agents = new Map<string, CallAgent>();
  for (const [name, definition] of Object.entries(desk.agents)) {
    const own = [
      ...(definition.tools ?? []),
      ...runtimeToolsOf(desk, name),
      ...(definition.consults ?? []).map((consult) => consultTool(consult, actions.consults)),
    ];
    const verifyingTool = own.find((one) => policyOf(one).verifies)?.name ?? null;
    const place: ToolPlace = { agent: name, verifyingTool };
    const tools = [
      ...own.map((source) => runtimeTool(source, run, place)),
      ...edgesOf(desk, name).map(transferTool),
      ...(definition.canReturn ? [goBackTool()] : []),
      ...(definition.canEndCall ? [endCallTool(actions)] : []),
    ];
    agents.set(
      name,
      new RealtimeAgent<CallContext>({
        name,
        instructions: () => actions.instructions(),
        tools,
      }),
    );
  }
  return agents;
}

function transferTool({ toolName, description, packet }: Edge): DeskTool {
  const made = tool({
    name: toolName,
    description,
    parameters: packet,
    execute: performedByTheCall,
  }) as DeskTool; // `tool()` infers its context as unknown, which any call's context is
  // It has rewritten the name, hyphens included; a desk's calls come by the name that the desk gave.
  return { ...made, name: toolName };
}

function goBackTool(): DeskTool {
  return tool({
    name: goBackToolName,
    description:
      'Brings the caller back to who they spoke with before you. Only when they want to go back to what they were doing there.',
    parameters: z.object({}),
    execute: performedByTheCall,
  }) as DeskTool; // as above
}

function performedByTheCall(): never {
  throw new Error('a transfer is performed by the call, not by the SDK');
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
