import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const here = import.meta.dirname;
const sources = readdirSync(here, { recursive: true, encoding: 'utf8' }).filter(
  (path) => path.endsWith('.ts') && !path.includes('.test.') && !path.startsWith('cases'),
);

it.each(sources)('%s knows no business', (path) => {
  const text = readFileSync(join(here, path), 'utf8');
  expect(text).not.toMatch(
    /\b(?:invoic\w*|billing|appointments?|refund\w*|dentist\w*|dental|slots?|tyres?|garage|workshop)\b/i,
  );
});
