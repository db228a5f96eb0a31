import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

it('has every reason for which a frame is dropped in the reference', () => {
  const source = ['./visit.ts', './call-socket.ts', './frames.ts'].map(read).join();
  const used = [...source.matchAll(/(?:drop|onDropped\?\.)\('(\w+)'|reason: '(\w+)'/g)].map(
    ([, dropped, malformed]) => dropped ?? malformed,
  );
  expect(used.length).toBeGreaterThan(5);
  const page = read('../../../docs/reference/call-socket.md');
  expect(used.filter((reason) => !page.includes(`\`${reason}\``))).toEqual([]);
});
