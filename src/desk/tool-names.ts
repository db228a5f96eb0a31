import type { Consult } from './consult.ts';
import type { Desk } from './definition.ts';
import { edgesOf, endCallToolName, goBackToolName } from './edges.ts';
import { runtimeToolsOf } from './note-tools.ts';
import { remembered } from './remembered.ts';

/** Name of the tool with which an agent asks another one, unless the consult says otherwise. */
export function consultToolName(consult: Consult): string {
  return consult.toolName ?? `consult_${consult.agent}`;
}

/** Every tool name an agent will show to the model, transfers and `end_call` included. */
export const toolNames = remembered((desk, agent): readonly string[] =>
  namedTools(desk, agent).map(({ tool }) => tool),
);

/** A tool's name, and whose it is: a field of the agent with its index, or the runtime's. */
export interface NamedTool {
  readonly tool: string;
  readonly from: readonly ['tools' | 'handoffs' | 'consults', number] | 'runtime';
}

/** The same as {@link toolNames}, with whose each name is. */
export function namedTools(desk: Desk, name: string): readonly NamedTool[] {
  const agent = desk.agents[name];
  if (!agent) return [];
  const own = (names: readonly string[]): readonly NamedTool[] =>
    names.map((tool) => ({ tool, from: 'runtime' }));
  return [
    ...(agent.tools ?? []).map((tool, at) => ({ tool: tool.name, from: ['tools', at] as const })),
    ...own(runtimeToolsOf(desk, name).map((tool) => tool.name)),
    ...edgesOf(desk, name).map(({ toolName }, at) => ({
      tool: toolName,
      from: ['handoffs', at] as const,
    })),
    ...(agent.consults ?? []).map((consult, at) => ({
      tool: consultToolName(consult),
      from: ['consults', at] as const,
    })),
    ...own(agent.canReturn ? [goBackToolName] : []),
    ...own(agent.canEndCall ? [endCallToolName] : []),
  ];
}
