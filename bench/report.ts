/** One table of figures, as `npm run bench` prints it. */
export interface BenchTable {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What was measured, how often, and what limits it. */
  readonly note?: string;
}

/** Markdown, so that a table can be pasted into the docs as it is. */
export function asMarkdown({ title, columns, rows, note }: BenchTable): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    `## ${title}`,
    '',
    line(columns),
    line(columns.map(() => '---')),
    ...rows.map(line),
    ...(note === undefined ? [] : ['', note]),
    '',
  ].join('\n');
}

/** The value below which the share `q` of `values` lies. NaN for none. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}

/** A row of p50, p95 and the number of samples, beside its targets. */
export function latencyRow(
  name: string,
  valuesMs: readonly number[],
  targets: { readonly p50Ms?: number; readonly p95Ms?: number },
): readonly string[] {
  const cell = (valueMs: number, targetMs: number | undefined): string =>
    `${valueMs.toFixed(0)} ms${targetMs === undefined ? '' : ` (target ${targetMs})`}`;
  return [
    name,
    cell(quantile(valuesMs, 0.5), targets.p50Ms),
    cell(quantile(valuesMs, 0.95), targets.p95Ms),
    String(valuesMs.length),
  ];
}
