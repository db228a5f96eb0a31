import { readFileSync } from 'node:fs';

/**
 * Reads the tables of a page in docs/reference, so that a test can hold it against the code.
 *
 * @param page file name, e.g. `errors.md`
 * @param firstColumn the tables are those whose first column has this heading
 * @returns the rows of all these tables, cells by heading
 */
export function referenceRows(
  page: string,
  firstColumn: string,
): readonly Readonly<Record<string, string>>[] {
  const text = readFileSync(new URL(`../../docs/reference/${page}`, import.meta.url), 'utf8');
  const rows: Record<string, string>[] = [];
  let headings: readonly string[] = [];
  for (const line of text.split('\n')) {
    const cells = cellsOf(line);
    if (cells.length === 0) headings = [];
    else if (headings.length === 0) headings = cells;
    else if (headings[0] === firstColumn && !cells.every((cell) => /^:?-+:?$/.test(cell))) {
      rows.push(Object.fromEntries(headings.map((heading, at) => [heading, cells[at] ?? ''])));
    }
  }
  return rows;
}

/** The code words of a cell: what stands between backticks. */
export function codeWords(cell = ''): readonly string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word);
}

function cellsOf(line: string): readonly string[] {
  if (!line.startsWith('|')) return [];
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}
