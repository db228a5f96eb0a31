import { z } from 'zod';
import type { Desk } from './definition.ts';
import { withExamples } from './examples.ts';
import type { ContextRule, Handoff, PacketSchema } from './handoff.ts';
import { defaultLimits, type DeskLimits } from './limits.ts';
import type { Gate } from './gate.ts';
import { remembered } from './remembered.ts';

/** Name of the tool that ends a call; no desk tool may take it. */
export const endCallToolName = 'end_call';
/** Name of the tool that brings a caller back to the agent before; no desk tool may take it. */
export const goBackToolName = 'go_back';

/** Name of the tool that hands a caller to `target`, unless its edge says otherwise. */
export function transferToolName(target: string): string {
  return `transfer_to_${target}`;
}

/** An edge with nothing left open. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  /** Whether it leads to people. */
  readonly toPeople: boolean;
  readonly toolName: string;
  readonly description: string;
  readonly packet: PacketSchema;
  readonly context: ContextRule;
  readonly gates: readonly Gate[];
  readonly onHandoff: Handoff['onHandoff'];
}

/** What a handoff carries when its edge says nothing. */
export const plainPacket: PacketSchema = z.object({
  reason: z.string().describe('What the caller wants, in a few words.'),
});

/** The edges of one agent, in the order in which they were written. */
export const edgesOf = remembered((desk, agent): readonly Edge[] =>
  (desk.agents[agent]?.handoffs ?? []).map((given) => {
    const edge: Handoff = typeof given === 'string' ? { to: given } : given;
    const queue = desk.people?.[edge.to];
    const target = desk.agents[edge.to] ?? queue;
    return {
      from: agent,
      to: edge.to,
      toPeople: queue !== undefined,
      toolName: edge.toolName ?? transferToolName(edge.to),
      description: withExamples(
        edge.description ?? target?.handoffDescription ?? '',
        target?.examples,
      ),
      packet: edge.packet ?? plainPacket,
      context: edge.context ?? 'all',
      gates: edge.gates ?? [],
      onHandoff: edge.onHandoff,
    };
  }),
);

/** What people call an agent or a queue. */
export function labelOf(desk: Desk, target: string): string {
  return desk.agents[target]?.label ?? desk.people?.[target]?.label ?? target;
}

/** A desk's limits with the defaults where it says nothing. */
export function limitsOf(desk: Desk): DeskLimits {
  return { ...defaultLimits, ...desk.limits };
}
