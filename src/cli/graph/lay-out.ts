import * as dagre from '@dagrejs/dagre';
import type { DeskGraph, GraphEdge, GraphNode } from '../../desk/index.ts';

/** A point of the drawing, in pixels from its top left corner. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A box of the drawing; `x` and `y` are its middle. */
export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** Where everything goes. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly (GraphNode & { readonly box: Box })[];
  readonly edges: readonly (GraphEdge & {
    /** From the edge of one box to that of the other. */
    readonly points: readonly Point[];
    /** Room for its notes; null when it has none. */
    readonly label: Box | null;
  })[];
}

/** Sizes of text in pixels; widths are generous, as nobody knows which font a viewer has. */
export const text = {
  title: { size: 14, advance: 8.6 },
  detail: { size: 12, advance: 7.3, line: 17 },
  note: { size: 11, advance: 6.7, line: 15 },
} as const;

const endRadius = 30;
const margin = 16;

/** What we use of dagre. Its own types name files without their endings, which a compiler of ES modules cannot find. */
interface Dagre {
  readonly Graph: new (options: { readonly multigraph: boolean }) => DagreGraph;
  /** Sets where everything is. */
  layout(graph: DagreGraph): void;
}

interface DagreGraph {
  setGraph(options: Readonly<Record<string, string | number>>): void;
  setNode(id: string, size: Size): void;
  setEdge(
    from: string,
    to: string,
    options: Size & { readonly labelpos: string },
    name: string,
  ): void;
  node(id: string): Box;
  edge(from: string, to: string, name: string): Box & { readonly points: readonly Point[] };
}

type Size = Pick<Box, 'width' | 'height'>;

const { Graph, layout } = dagre as unknown as Dagre; // see there

/** Lays a desk out from left to right, with room for all that is written on it. */
export function layOut(graph: DeskGraph): Layout {
  const drawn = new Graph({ multigraph: true });
  drawn.setGraph({
    rankdir: 'LR',
    nodesep: 36,
    edgesep: 24,
    ranksep: 64,
  });
  for (const node of graph.nodes) drawn.setNode(node.id, sizeOf(node));
  for (const [at, edge] of graph.edges.entries()) {
    const size = noteSize(edge.notes);
    drawn.setEdge(edge.from, edge.to, { ...size, labelpos: 'c' }, String(at));
  }
  layout(drawn);
  const edges = graph.edges.map((edge, at) => {
    const placed = drawn.edge(edge.from, edge.to, String(at));
    return { ...edge, points: placed.points, label: edge.notes.length > 0 ? placed : null };
  });
  const nodes = graph.nodes.map((node) => ({ ...node, box: drawn.node(node.id) }));
  return onPage({ nodes, edges });
}

/** Moves everything onto the page: dagre lets a long way run outside of it. */
function onPage({ nodes, edges }: Pick<Layout, 'nodes' | 'edges'>): Layout {
  const corners = [
    ...[...nodes.map(({ box }) => box), ...edges.flatMap(({ label }) => label ?? [])].flatMap(
      ({ x, y, width, height }) => [
        { x: x - width / 2, y: y - height / 2 },
        { x: x + width / 2, y: y + height / 2 },
      ],
    ),
    ...edges.flatMap(({ points }) => points),
  ];
  const left = Math.min(...corners.map(({ x }) => x)) - margin;
  const top = Math.min(...corners.map(({ y }) => y)) - margin;
  const moved = <T extends Point>(point: T): T => ({
    ...point,
    x: point.x - left,
    y: point.y - top,
  });
  return {
    width: Math.max(...corners.map(({ x }) => x)) + margin - left,
    height: Math.max(...corners.map(({ y }) => y)) + margin - top,
    nodes: nodes.map((node) => ({ ...node, box: moved(node.box) })),
    edges: edges.map((edge) => ({
      ...edge,
      points: edge.points.map(moved),
      label: edge.label && moved(edge.label),
    })),
  };
}

function sizeOf({ kind, label, details }: GraphNode): Size {
  if (kind === 'caller' || kind === 'ended') {
    return { width: 2 * endRadius, height: 2 * endRadius };
  }
  const widths = [
    label.length * text.title.advance,
    ...details.map((line) => line.length * text.detail.advance),
  ];
  const lines = details.length * text.detail.line;
  return {
    width: Math.max(96, ...widths) + 32,
    height: 44 + (lines > 0 ? lines + 8 : 0),
  };
}

function noteSize(notes: readonly string[]): Size {
  if (notes.length === 0) return { width: 0, height: 0 };
  return {
    width: Math.max(...notes.map((line) => line.length * text.note.advance)) + 14,
    height: notes.length * text.note.line + 8,
  };
}
