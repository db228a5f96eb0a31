import { statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { checkSteps } from './check.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

test.each(checkSteps(root).map(({ name, args }) => [name, args[0] ?? '']))(
  'the step "%s" names a program that is there',
  (_name, program) => {
    const path = program.startsWith('/') ? program : join(root, program);
    expect(statSync(path).isFile()).toBe(true);
  },
);
