import { readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { deskDiagram, openDesks } from '../src/desk/index.ts';

const root = join(import.meta.dirname, '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

test('the diagram in the README is the desk that comes along', async () => {
  const drawn = /```mermaid\n([\s\S]*?)```/.exec(readme)?.[1]?.trim();
  const desks = await openDesks(join(root, 'desks'));
  expect(drawn).toBe(deskDiagram(desks.get('front-desk')).trim());
});

test('what the README links to is there', () => {
  const targets = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map((match) => match[1] ?? '');
  expect(targets.length).toBeGreaterThan(5);
  expect(targets.filter((target) => !existsSync(join(root, target)))).toEqual([]);
});

test('the npm commands that the README names exist', () => {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly scripts: Readonly<Record<string, string>>;
  }; // our own manifest
  const named = [
    ...[...readme.matchAll(/npm run (\w+)/g)].map((match) => match[1]),
    ...[...readme.matchAll(/^npm (\w+)/gm)].map((match) => match[1]),
  ];
  expect(named.length).toBeGreaterThan(2);
  expect(Object.keys(manifest.scripts)).toEqual(expect.arrayContaining(named));
});
