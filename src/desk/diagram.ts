import type { Desk } from './definition.ts';
import { deskGraph, type GraphEdge, type GraphNode } from './graph.ts';

/**
 * Draws a desk as a Mermaid flowchart: agents with their tools, people, and the ways between them
 * with gates and packets. Two agents that hand to each other share one double-headed arrow; asking
 * another agent is a dotted one.
 */
export function deskDiagram(desk: Desk): string {
  const graph = deskGraph(desk);
  const lines = [
    'flowchart LR',
    ...graph.nodes.map((node) => `  ${idOf(node.id)}${shapeOf(node)}`),
    ...graph.edges.map(
      (edge) => `  ${idOf(edge.from)} ${arrowOf(edge)}${labelOf(edge.notes)} ${idOf(edge.to)}`,
    ),
    ...(graph.notes.length > 0
      ? [`  every{{"${['every handoff', ...graph.notes].map(escapeLabel).join('<br/>')}"}}`]
      : []),
  ];
  return `${lines.join('\n')}\n`;
}

function shapeOf({ kind, label, details }: GraphNode): string {
  const text = [label, ...details].map(escapeLabel).join('<br/>');
  if (kind === 'caller' || kind === 'ended') return `((${text}))`;
  return kind === 'people' ? `(["${text}"])` : `["${text}"]`;
}

function arrowOf({ kind, isTwoWay }: GraphEdge): string {
  if (kind === 'consult') return '-.->';
  return isTwoWay ? '<-->' : '-->';
}

function labelOf(notes: readonly string[]): string {
  return notes.length > 0 ? `|"${notes.map(escapeLabel).join('<br/>')}"|` : '';
}

// Words that Mermaid reads as its own, and the note about every handoff.
const reserved = new Set(
  'call class classdef click default direction end every flowchart graph href linkstyle style subgraph'.split(
    ' ',
  ),
);

function idOf(name: string): string {
  // Agents of a graph are named as people write: what Mermaid takes for its own signs is spelt out.
  const id = name.replaceAll(/[^A-Za-z0-9_]/gu, (sign) => `_${sign.codePointAt(0)?.toString(16)}_`);
  return reserved.has(id) ? `agent_${id}` : id;
}

function escapeLabel(text: string): string {
  return text.replaceAll('"', '#quot;').replaceAll('<', '#lt;').replaceAll('>', '#gt;');
}
