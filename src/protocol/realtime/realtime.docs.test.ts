import { expect, it } from 'vitest';
import { codeWords, referenceRows } from '../../testing/reference.ts';
import { clientEvent, serverEvent } from './index.ts';

const documented = (side: string) =>
  referenceRows('engine.md', `${side} event`).map((row) => codeWords(row[`${side} event`]).join());

it.each([
  ['client', clientEvent.options.map((option) => option.shape.type.value)],
  ['server', serverEvent.options.map((option) => option.shape.type.value)],
])('has every %s event of the engine in the reference', (side, known) => {
  expect(documented(side)).toEqual(known);
});
