import type { DeskGraph } from '../../desk/index.ts';
import { layOut, text, type Layout, type Point } from './lay-out.ts';

/** Boxes bring their own ground, so that the drawing reads on a light page and on a dark one. */
const colours = {
  line: '#64748b',
  ink: '#0f172a',
  soft: '#475569',
  note: '#e2e8f0',
  agent: { fill: '#f8fafc', stroke: '#475569' },
  people: { fill: '#fef3c7', stroke: '#b45309' },
  caller: { fill: '#e0f2fe', stroke: '#0369a1' },
  ended: { fill: '#f1f5f9', stroke: '#64748b' },
} as const;

const style = [
  'text { font-family: ui-sans-serif, system-ui, "Segoe UI", Helvetica, Arial, sans-serif; }',
  `.title { font-size: ${text.title.size}px; font-weight: 600; fill: ${colours.ink}; }`,
  `.detail { font-size: ${text.detail.size}px; font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: ${colours.soft}; }`,
  `.note { font-size: ${text.note.size}px; fill: ${colours.ink}; }`,
  `.way { fill: none; stroke: ${colours.line}; stroke-width: 1.6; }`,
].join(' ');

/** Draws a desk as an SVG file that stands alone. */
export function drawSvg(graph: DeskGraph): string {
  const placed = layOut(graph);
  const caption = `every handoff ${graph.notes.join(' and ')}`;
  const captionHeight = graph.notes.length > 0 ? 30 : 0;
  const width = Math.ceil(
    Math.max(placed.width, captionHeight > 0 ? caption.length * text.note.advance + 46 : 0),
  );
  const height = Math.ceil(placed.height + captionHeight);
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="desk-title">`,
    `<title id="desk-title">${escape(graph.title)}: who hands a caller over to whom</title>`,
    `<style>${style}</style>`,
    `<defs><marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto-start-reverse"><path d="M0 0 10 5 0 10z" fill="${colours.line}"/></marker></defs>`,
    ...placed.edges.map(drawWay),
    ...placed.edges.flatMap(drawNotes),
    ...placed.nodes.flatMap(drawNode),
    ...(captionHeight > 0 ? drawCaption(caption, placed.height) : []),
    '</svg>',
  ];
  return `${lines.join('\n')}\n`;
}

function drawWay({ kind, isTwoWay, points }: Layout['edges'][number]): string {
  const dashes = kind === 'consult' ? ' stroke-dasharray="5 4"' : '';
  const start = isTwoWay ? ' marker-start="url(#tip)"' : '';
  return `<path class="way" d="${curve(points)}"${dashes} marker-end="url(#tip)"${start}/>`;
}

function drawNotes({ notes, label }: Layout['edges'][number]): string[] {
  if (!label) return [];
  const { x, y, width, height } = label;
  const top = y - height / 2;
  return [
    `<rect x="${at(x - width / 2)}" y="${at(top)}" width="${at(width)}" height="${at(height)}" rx="5" fill="${colours.note}"/>`,
    ...notes.map((line, index) => {
      const baseline = top + 4 + (index + 0.75) * text.note.line;
      return `<text class="note" x="${at(x)}" y="${at(baseline)}" text-anchor="middle">${escape(line)}</text>`;
    }),
  ];
}

function drawNode({ kind, label, details, box }: Layout['nodes'][number]): string[] {
  const { fill, stroke } = colours[kind];
  const { x, y, width, height } = box;
  const left = x - width / 2;
  const top = y - height / 2;
  const paint = `fill="${fill}" stroke="${stroke}" stroke-width="1.4"`;
  const title = (baseline: number): string =>
    `<text class="title" x="${at(x)}" y="${at(baseline)}" text-anchor="middle">${escape(label)}</text>`;
  if (kind === 'caller' || kind === 'ended') {
    return [`<circle cx="${at(x)}" cy="${at(y)}" r="${at(width / 2)}" ${paint}/>`, title(y + 5)];
  }
  return [
    `<rect x="${at(left)}" y="${at(top)}" width="${at(width)}" height="${at(height)}" rx="${kind === 'people' ? 20 : 8}" ${paint}/>`,
    title(top + 27),
    ...details.map((line, index) => {
      const baseline = top + 50 + index * text.detail.line;
      return `<text class="detail" x="${at(x)}" y="${at(baseline)}" text-anchor="middle">${escape(line)}</text>`;
    }),
  ];
}

function drawCaption(caption: string, top: number): string[] {
  const width = caption.length * text.note.advance + 14;
  return [
    `<rect x="16" y="${at(top)}" width="${at(width)}" height="20" rx="5" fill="${colours.note}"/>`,
    `<text class="note" x="23" y="${at(top + 14)}">${escape(caption)}</text>`,
  ];
}

/**
 * A smooth line through all points, so that it meets its notes, and never higher or lower than they
 * are, so that it stays on the page: a monotone cubic, as ways run from left to right or back.
 *
 * M. Steffen, A simple method for monotonic interpolation in one dimension, A&A 239 (1990)
 */
function curve(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (!first) return '';
  const slopes = slopesAt(points);
  const steps = rest.map((to, index) => {
    const from = points[index] ?? first;
    const third = (to.x - from.x) / 3;
    const leave = { x: from.x + third, y: from.y + third * (slopes[index] ?? 0) };
    const reach = { x: to.x - third, y: to.y - third * (slopes[index + 1] ?? 0) };
    return `C${[leave, reach, to].map(({ x, y }) => `${at(x)} ${at(y)}`).join(' ')}`;
  });
  return `M${at(first.x)} ${at(first.y)}${steps.join('')}`;
}

function slopesAt(points: readonly Point[]): readonly number[] {
  const widths: number[] = [];
  const rises: number[] = [];
  for (const [index, to] of points.slice(1).entries()) {
    const from = points[index] ?? to;
    const width = to.x - from.x || 0.01; // straight up, as good as
    widths.push(width);
    rises.push((to.y - from.y) / width);
  }
  return points.map((_point, index) => {
    const before = rises[index - 1];
    const after = rises[index];
    if (before === undefined || after === undefined) return before ?? after ?? 0;
    const [widthBefore = 1, widthAfter = 1] = [widths[index - 1], widths[index]];
    const mean = (before * widthAfter + after * widthBefore) / (widthBefore + widthAfter);
    const least = Math.min(Math.abs(before), Math.abs(after), Math.abs(mean) / 2);
    return (Math.sign(before) + Math.sign(after)) * least;
  });
}

function at(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function escape(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
