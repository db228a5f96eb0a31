import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from './testing/run-command.ts';

let desksDir: string;
beforeEach(async () => {
  desksDir = join(await mkdtemp(join(tmpdir(), 'switchboard-')), 'desks');
});
afterEach(() => rm(join(desksDir, '..'), { recursive: true, force: true }));

const run = (...args: readonly string[]) => runCommand(args, { SWITCHBOARD_DESKS_DIR: desksDir });

/** Changes a file of a desk. */
async function edit(path: string, change: (text: string) => string): Promise<void> {
  const file = join(desksDir, path);
  const before = await readFile(file, 'utf8');
  const after = change(before);
  expect(after).not.toBe(before);
  await writeFile(file, after);
}

describe('switchboard init', { timeout: 60_000 }, () => {
  it('makes a desk in which nothing is found', async () => {
    const made = await run('init', 'salon');
    expect(made).toMatchObject({ code: 0, err: '' });
    expect(made.out).toContain('npx switchboard check salon');
    expect(await readdir(desksDir)).toEqual(['salon']);
    const readme = await readFile(join(desksDir, 'salon/README.md'), 'utf8');
    expect(readme).toContain('npx switchboard call --desk salon');
    expect(readme).not.toContain('template');
    expect(await run('check', 'salon')).toEqual({
      code: 0,
      out: 'salon: nothing found\n',
      err: '',
    });
    const { out } = await run('graph');
    expect(out).toContain('reception <--> workshop');
  });

  it('touches nothing that is there', async () => {
    await mkdir(join(desksDir, 'salon'), { recursive: true });
    const { code, err } = await run('init', 'salon');
    expect(code).toBe(1);
    expect(err).toBe(
      `switchboard: ${join(desksDir, 'salon')} is there already. Choose another name, or remove it first. [config_invalid]`,
    );
    expect(await readdir(join(desksDir, 'salon'))).toEqual([]);
  });

  it.each(['My Desk', '../salon', 'Salon', '', '-x'])('refuses the name %j', async (name) => {
    const { code, err } = await run('init', '--', name);
    expect(code).toBe(1);
    expect(err).toBe(
      `switchboard: "${name}" cannot name a desk. Use lower case letters, digits and hyphens, such as my-desk. [config_invalid]`,
    );
  });
});

describe('switchboard check', { timeout: 60_000 }, () => {
  beforeEach(async () => {
    await run('init', 'salon');
  });

  it('prints what is wrong, where, and how to mend it, errors first, and fails', async () => {
    await edit('salon/desk.ts', (text) =>
      text
        .replace(`handoffs: ['reception'],`, 'handoffs: [],')
        .replace(
          `greeting: \`Hello, this is \${business.business}. How can I help you?\``,
          `greeting: ''`,
        ),
    );
    const { code, out } = await run('check');
    expect(code).toBe(1);
    expect(out.split('\n')).toEqual([
      'salon: 1 error, 1 warning',
      '  error    greeting: the greeting is empty [greeting_empty]',
      '           Say who answers and what a caller can ask for.',
      expect.stringMatching(/^ {2}warning {2}agents\.workshop.*: .+ \[no_way_back\]$/),
      expect.stringMatching(/^ {11}\S.*\.$/),
      '',
    ]);
    const json = await run('check', 'salon', '--json');
    expect(json.code).toBe(1);
    expect(JSON.parse(json.out)).toMatchObject([
      {
        desk: 'salon',
        findings: [
          { severity: 'error', code: 'greeting_empty', place: 'greeting' },
          { severity: 'warning', code: 'no_way_back' },
        ],
      },
    ]);
  });

  it('names the line of a prompt that cannot be used', async () => {
    await edit('salon/prompts/about.md', (text) => text.replace('{{opens}}', '{{opening}}'));
    const { code, out } = await run('check');
    expect(code).toBe(1);
    expect(out).toMatch(/error {4}files: prompts\/about\.md:12: "opening" is not declared\. Add/);
  });

  it('is content with warnings alone', async () => {
    await edit('salon/desk.ts', (text) =>
      text.replace(`handoffs: ['reception'],`, 'handoffs: [],'),
    );
    expect(await run('check')).toMatchObject({ code: 0 });
  });

  it('names the desks there are', async () => {
    expect(await run('check', 'shop')).toEqual({
      code: 1,
      out: '',
      err: 'switchboard: There is no desk "shop". Desks: salon. Make one: npx switchboard init shop [desk_not_found]',
    });
  });
});

describe('switchboard graph', { timeout: 60_000 }, () => {
  it('prints Mermaid, or writes an SVG file', async () => {
    await run('init', 'salon');
    expect((await run('graph', 'salon', '--mermaid')).out).toContain(
      'workshop["Workshop<br/>find_repair"]',
    );
    const file = join(desksDir, '../salon.svg');
    expect(await run('graph', 'salon', '--svg', file)).toMatchObject({ code: 0, out: '' });
    const svg = await readFile(file, 'utf8');
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(svg).toContain('>find_repair</text>');
  });

  it('asks which desk when there are several', async () => {
    await run('init', 'salon');
    await run('init', 'shop');
    expect((await run('graph')).err).toBe(
      'switchboard: There are several desks. Name the one to draw: npx switchboard graph <name> [config_invalid]',
    );
  });
});
