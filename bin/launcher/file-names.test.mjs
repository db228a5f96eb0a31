import { expect, test } from 'vitest';
import { badFileNames } from './file-names.mjs';

test('kebab-case names and names with parts pass', () => {
  const good = [
    'src/call/call.handoff.test.ts',
    'bin/launcher/vad-model.mjs',
    '.dependency-cruiser.cjs',
  ];
  expect(badFileNames([...good, 'README.md', 'console/src/app.tsx'])).toEqual([]);
});

test.each(['src/callState.ts', 'src/call_state.ts', 'console/src/App.tsx'])('%s fails', (path) => {
  expect(badFileNames([path])).toEqual([`${path}: file names are kebab-case`]);
});

test.each(['src/utils.ts', 'src/helpers.ts', 'src/call/types.ts', 'src/common.test.ts'])(
  '%s says nothing about its content',
  (path) => {
    expect(badFileNames([path])).toHaveLength(1);
  },
);
