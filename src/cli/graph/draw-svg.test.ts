import { describe, expect, it } from 'vitest';
import type { DeskGraph, GraphEdge, GraphNode } from '../../desk/index.ts';
import { drawSvg } from './draw-svg.ts';
import { layOut, type Box } from './lay-out.ts';

/** `count` agents, each of whom may hand to every other under a gate, and the two ends. */
function crowd(count: number): DeskGraph {
  const names = Array.from({ length: count }, (_, at) => `agent_${at}`);
  const agents = names.map((id, at): GraphNode => {
    const details = Array.from({ length: at % 5 }, (_line, tool) => `tool_of_some_length_${tool}`);
    return { id, kind: 'agent', label: `Specialist ${at}`, details };
  });
  const plain = { isTwoWay: false, notes: [] } as const;
  const ways = names.flatMap((from) =>
    names.flatMap((to): GraphEdge[] =>
      from === to
        ? []
        : [{ from, to, kind: 'handoff', isTwoWay: false, notes: ['if gate', `with ${from}`] }],
    ),
  );
  return {
    title: 'Crowd & <Sons>',
    nodes: [
      { id: 'caller', kind: 'caller', label: 'Caller', details: [] },
      ...agents,
      { id: 'ended', kind: 'ended', label: 'End', details: [] },
    ],
    edges: [
      { from: 'caller', to: 'agent_0', kind: 'begins', ...plain },
      ...ways,
      { from: 'agent_0', to: 'ended', kind: 'ends', ...plain },
    ],
    notes: ['if hop_budget'],
  };
}

const overlap = (one: Box, other: Box): boolean =>
  Math.abs(one.x - other.x) * 2 < one.width + other.width - 1 &&
  Math.abs(one.y - other.y) * 2 < one.height + other.height - 1;

describe.each([1, 2, 4, 6])('a drawing of %i agents', (count) => {
  const graph = crowd(count);
  const placed = layOut(graph);
  const boxes = [
    ...placed.nodes.map(({ box }) => box),
    ...placed.edges.flatMap(({ label }) => label ?? []),
  ];

  it('has nothing that lies upon something else, or outside', () => {
    const clashes = boxes.flatMap((one, at) =>
      boxes.slice(at + 1).filter((other) => overlap(one, other)),
    );
    expect(clashes).toEqual([]);
    for (const { x, y, width, height } of boxes) {
      expect(x - width / 2).toBeGreaterThanOrEqual(0);
      expect(y - height / 2).toBeGreaterThanOrEqual(0);
      expect(x + width / 2).toBeLessThanOrEqual(placed.width);
      expect(y + height / 2).toBeLessThanOrEqual(placed.height);
    }
    for (const { x, y } of placed.edges.flatMap(({ points }) => points)) {
      expect(x > 0 && x < placed.width && y > 0 && y < placed.height).toBe(true);
    }
  });

  it('shows everybody, every way and every note, and is whole', () => {
    const svg = drawSvg(graph);
    expect(svg.match(/<path class="way"/g)).toHaveLength(graph.edges.length);
    for (const { label, details } of graph.nodes) {
      for (const line of [label, ...details]) expect(svg).toContain(`>${line}</text>`);
    }
    expect(svg).toContain('Crowd &amp; &lt;Sons&gt;');
    expect(svg).toContain('every handoff if hop_budget');
    expect(svg).not.toMatch(/NaN|undefined/);
  });
});
