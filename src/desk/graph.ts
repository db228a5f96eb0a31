import type { Desk } from './definition.ts';
import { edgesOf, plainPacket, type Edge } from './edges.ts';
import { policyOf } from './tool.ts';
import { runtimeToolsOf } from './note-tools.ts';

/** Somebody a call can be with, or one of its two ends. */
export interface GraphNode {
  /** Name of the agent or the queue; `caller` and `ended` are the ends, and get more underscores when an agent is named so. */
  readonly id: string;
  readonly kind: 'caller' | 'agent' | 'people' | 'ended';
  readonly label: string;
  /** What an agent can do, what a queue of people asks for. */
  readonly details: readonly string[];
}

/** A way between two nodes. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: 'begins' | 'handoff' | 'consult' | 'ends';
  /** The same holds for the way back. */
  readonly isTwoWay: boolean;
  /** Gates and what the handoff carries. */
  readonly notes: readonly string[];
}

/** A desk as one draws it. */
export interface DeskGraph {
  readonly title: string;
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** What holds for every handoff. */
  readonly notes: readonly string[];
}

/** Agents, queues of people and every way between them, in the order in which they were written. */
export function deskGraph(desk: Desk): DeskGraph {
  const taken = new Set([...Object.keys(desk.agents), ...Object.keys(desk.people ?? {})]);
  const caller = freeName('caller', taken);
  const ended = freeName('ended', taken);
  const agents = Object.entries(desk.agents);
  const ends = agents.filter(([, agent]) => agent.canEndCall);
  const nodes: GraphNode[] = [
    { id: caller, kind: 'caller', label: 'Caller', details: [] },
    ...agents.map(([id, agent]) => {
      const details = toolLines(desk, id);
      return { id, kind: 'agent', label: agent.label, details } as const;
    }),
    ...Object.entries(desk.people ?? {}).map(([id, queue]) => {
      const details = [...(queue.skills ?? []), ...(queue.hours ? ['within hours'] : [])];
      return { id, kind: 'people', label: queue.label, details } as const;
    }),
    ...(ends.length > 0 ? [{ id: ended, kind: 'ended', label: 'End', details: [] } as const] : []),
  ];
  const edges: GraphEdge[] = [
    { from: caller, to: desk.firstAgent, kind: 'begins', isTwoWay: false, notes: [] },
    ...handoffs(desk),
    ...agents.flatMap(([from, agent]) =>
      (agent.consults ?? []).map(
        ({ agent: to }) =>
          ({ from, to, kind: 'consult', isTwoWay: false, notes: ['asks'] }) as const,
      ),
    ),
    ...ends.map(
      ([from]) => ({ from, to: ended, kind: 'ends', isTwoWay: false, notes: [] }) as const,
    ),
  ];
  const isDrawn = new Set(nodes.map(({ id }) => id));
  return {
    title: desk.title,
    nodes,
    edges: edges.filter(({ from, to }) => isDrawn.has(from) && isDrawn.has(to)), // the linter names the others
    notes: (desk.gates ?? []).map((gate) => `if ${gate.name}`),
  };
}

function handoffs(desk: Desk): GraphEdge[] {
  const drawn: GraphEdge[] = [];
  const done = new Set<Edge>();
  const edges = Object.keys(desk.agents).flatMap((name) => edgesOf(desk, name));
  for (const edge of edges) {
    if (done.has(edge)) continue;
    const notes = edgeNotes(edge);
    const back = edges.find(
      (other) =>
        other.from === edge.to &&
        other.to === edge.from &&
        !done.has(other) &&
        edgeNotes(other).join() === notes.join(),
    );
    if (back && back !== edge) done.add(back);
    const isTwoWay = back !== undefined && back !== edge;
    drawn.push({ from: edge.from, to: edge.to, kind: 'handoff', isTwoWay, notes });
  }
  return drawn;
}

function edgeNotes({ gates, packet, context }: Edge): string[] {
  const fields = packet === plainPacket ? [] : Object.keys(packet.shape);
  return [
    ...gates.map((gate) => `if ${gate.name}`),
    ...(fields.length > 0 ? [`with ${fields.join(', ')}`] : []),
    ...(context === 'all'
      ? []
      : [typeof context === 'string' ? `${context} only` : `last ${context.lastTurns} turns`]),
  ];
}

function toolLines(desk: Desk, name: string): string[] {
  const agent = desk.agents[name];
  const given = runtimeToolsOf(desk, name);
  return [
    ...(agent?.tools ?? []).map((tool) => {
      const { verified, verifies } = policyOf(tool);
      if (verifies) return `${tool.name} (verifies)`;
      return verified ? `${tool.name} (verified)` : tool.name;
    }),
    ...given.map((tool) => tool.name),
    ...(agent?.canReturn ? ['go_back'] : []),
  ];
}

function freeName(wanted: string, taken: ReadonlySet<string>): string {
  return taken.has(wanted) ? freeName(`${wanted}_`, taken) : wanted;
}
