import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { promptFile, type PromptValues } from './prompt-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'prompts-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(pages: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(pages)) writeFileSync(join(folder, `${name}.md`), text);
}

const load = (name: string, values?: PromptValues): string =>
  promptFile(pathToFileURL(join(folder, 'desk.ts')).href, `./${name}.md`, values);

/** What went wrong, with the folder left out. */
function failure(name: string, values?: PromptValues): string {
  try {
    return `no failure: ${load(name, values)}`;
  } catch (thrown) {
    expect(thrown).toMatchObject({ code: 'desk_invalid' });
    return (thrown as Error).message.replaceAll(`${folder}/`, ''); // looked at the line above
  }
}

const fees = `---
description: What a visit costs.
variables:
  practice: string
  fee: { type: number, default: 40 }
  walk_in: boolean
  since: date
  opens:
    type: time
    default: 09:00
  mood: [calm, brisk]
---
You work for {{practice}} ({{ since }}).
A visit costs {{fee}} dollars. Opens at {{opens}}. Be {{mood}}. Walk in: {{walk_in}}.
`;
const values = { practice: 'Garden Bridge', walk_in: true, since: '2024-02-29', mood: 'calm' };

describe('a prompt', () => {
  it('without front matter is as it was written', () => {
    put({ a: '\n# Hello\n\n---\nBye: {1}\n', crlf: '# One\r\nTwo\r\n' });
    expect(load('a')).toBe('# Hello\n\n---\nBye: {1}');
    expect(load('crlf')).toBe('# One\nTwo');
  });

  it('has the values of its variables filled in, defaults where none is given', () => {
    put({ fees, crlf: `\uFEFF${fees.replaceAll('\n', '\r\n')}` });
    const written =
      'You work for Garden Bridge (2024-02-29).\n' +
      'A visit costs 40 dollars. Opens at 09:00. Be calm. Walk in: yes.';
    expect(load('fees', values)).toBe(written);
    expect(load('crlf', values)).toBe(written);
    expect(load('fees', { ...values, fee: 0, walk_in: false })).toContain(
      'costs 0 dollars. Opens at 09:00. Be calm. Walk in: no.',
    );
  });

  it('keeps two braces that are escaped, and does not fill in a value twice', () => {
    put({ a: '---\nvariables: { x: string }\n---\n\\{{x}} is {{x}}' });
    expect(load('a', { x: '{{y}} $& {{> z}}' })).toBe('{{x}} is {{y}} $& {{> z}}');
  });

  it.each([
    ['practice', undefined, 'fees.md:4: "practice" has no value. Give it as promptFile(…'],
    ['practice', 3, 'fees.md:4: "practice" must be a text, not 3.'],
    ['fee', '40', 'fees.md:5: "fee" must be a number, not "40".'],
    ['fee', Number.NaN, 'fees.md:5: "fee" must be a number, not null.'],
    ['walk_in', 'yes', 'fees.md:6: "walk_in" must be true or false, not "yes".'],
    ['since', '2026-02-30', 'fees.md:7: "since" must be a date like 2026-12-25, not "2026-02-30".'],
    ['opens', '24:00', 'fees.md:8: "opens" must be a time like 09:00, not "24:00".'],
    ['mood', 'loud', 'fees.md:11: "mood" must be one of calm, brisk, not "loud".'],
    [
      'praxis',
      'x',
      'fees.md:1: a value is given for "praxis", which is not declared (declared: practice, fee, walk_in, since, opens, mood).',
    ],
  ])('refuses %s as %s', (name, value, message) => {
    put({ fees });
    const { [name]: _dropped, ...rest } = values as Record<string, string | boolean>;
    const given = value === undefined ? rest : { ...rest, [name]: value };
    expect(failure('fees', given)).toContain(message);
  });

  it.each([
    ['---\nvariables:\n  a: string\n', 'a.md:1: the front matter is not closed'],
    ['---\nvariables:\n  a: [x\n---\nHi', 'a.md:3: the front matter is not YAML: Flow sequence'],
    [
      '---\nvariables:\n a: string\n a: number\n---\nHi',
      'a.md:4: the front matter is not YAML: Map keys',
    ],
    ['---\n- a\n---\nHi', 'a.md:2: the front matter must be keys'],
    ['---\ndescription: d\nvars: {}\n---\nHi', 'a.md:3: "vars" is not known here'],
    ['---\nvariables: 3\n---\nHi', 'a.md:2: `variables` must be names with types'],
    ['---\nvariables:\n  a-b: string\n---\nHi', 'a.md:3: "a-b" cannot name a variable'],
    ['---\nvariables:\n  a: text\n---\nHi', 'a.md:3: the type of "a" must be one of string,'],
    ['---\nvariables:\n  a:\n---\nHi', 'a.md:3: the type of "a" must be one of string,'],
    ['---\nvariables:\n  a: [x, 1]\n---\nHi', 'a.md:3: the values of "a" must all be texts'],
    ['---\nvariables:\n  a: { tpe: string }\n---\nHi', 'a.md:3: "tpe" of "a" is not known'],
    [
      '---\nvariables:\n  a:\n    type: number\n    default: four\n---\nHi',
      'a.md:5: the default of "a" must be a number, not "four".',
    ],
    ['Hi\n\n{{name}}', 'a.md:3: "name" is not declared. Add `name: string`'],
    ['---\n---\nHi\n{{name}}', 'a.md:4: "name" is not declared'],
    ['Hi {{#if x}}', 'a.md:1: {{#if x}} is no variable'],
    ['---\nvariables: {}\n---\n\n', 'The prompt a.md is empty.'],
  ])('names the place in %j', (text, message) => {
    put({ a: text });
    expect(failure('a')).toContain(message);
  });
});

describe('an included page', () => {
  it('stands where it is named, with its own variables and those of the page around it', () => {
    put({
      billing:
        '---\nvariables:\n  city: { type: string, default: York }\n---\nBill.\n\n{{> practice}}\n\nEnd.',
      practice:
        '---\nvariables:\n  city: { type: string, default: Leeds }\n  name: string\n---\n\n# {{name}} of {{city}}\n{{> hours.md}}\n',
      hours: 'Open.',
    });
    expect(load('billing', { name: 'Bridge' })).toBe('Bill.\n\n# Bridge of York\nOpen.\n\nEnd.');
    expect(load('practice', { name: 'Bridge' })).toBe('# Bridge of Leeds\nOpen.');
  });

  it('has no variables but those that it declares', () => {
    put({ a: '---\nvariables: { x: string }\n---\n{{> b}}', b: 'One\n{{x}}' });
    expect(failure('a', { x: '1' })).toContain('b.md:2: "x" is not declared');
  });

  it('that is missing, or that includes itself, is named', () => {
    put({ a: 'One\n{{> nowhere}}', b: '{{> c}}', c: 'One\n\n{{> b}}' });
    expect(failure('a')).toMatch(/^a\.md:2: cannot include "nowhere": .*Make nowhere\.md/);
    expect(failure('b')).toContain(
      'c.md:3: the pages include each other in a circle: b.md > c.md > b.md.',
    );
  });
});
