import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { runCommand } from './testing/run-command.ts';
import { serverProcesses } from './testing/server-process.ts';

/* The guide, done as a reader would: each file is written, each command run, each line of output expected. */

const root = join(import.meta.dirname, '../..');
const { start, folder } = serverProcesses();

interface Block {
  readonly language: string;
  /** Where its text belongs, for a file. */
  readonly path: string | undefined;
  readonly lines: readonly string[];
}

/** Code blocks of a page; a file's name stands behind the language. */
function blocksOf(page: string): readonly Block[] {
  return [...page.matchAll(/^```(\w+)(?: (\S+))?\n([\s\S]*?)^```$/gm)].map(
    ([, language = '', path, text = '']) => ({
      language,
      path,
      lines: text.split('\n').slice(0, -1),
    }),
  );
}

/** `npx switchboard call --type "hello there"` without its first two words. */
function argumentsOf(command: string): readonly string[] {
  const words = [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(
    ([, quoted, bare]) => quoted ?? bare ?? '',
  );
  expect(words.slice(0, 2)).toEqual(['npx', 'switchboard']);
  return words.slice(2);
}

/** Runs one of the guide's commands where its files are. */
type Run = (command: string) => Promise<string>;

async function follow(block: Block, run: Run, output: string): Promise<string> {
  switch (block.language) {
    case 'sh': {
      const printed: string[] = [];
      for (const command of block.lines) printed.push(await run(command));
      return printed.join('\n');
    }
    case 'text': {
      let rest = output;
      for (const line of block.lines) {
        expect(rest).toContain(line);
        rest = rest.slice(rest.indexOf(line) + line.length);
      }
      return output;
    }
    default: {
      expect(block.path).toMatch(/^desks\/two-wheels\//);
      const file = join(folder(), block.path ?? '');
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, `${block.lines.join('\n')}\n`);
      return output;
    }
  }
}

it('the guide does what it says', { timeout: 300_000 }, async () => {
  await symlink(join(root, 'src'), join(folder(), 'src'), 'junction');
  const env = { SWITCHBOARD_DESKS_DIR: join(folder(), 'desks') };
  let url = '';
  const run: Run = async (command) => {
    if (command === 'npm start') {
      ({ url } = await start(env));
      expect(url).not.toBe('');
      return '';
    }
    const args = argumentsOf(command);
    const there = args[0] === 'call' ? ['--url', url] : [];
    const { code, out, err } = await runCommand([...args, ...there], env, folder());
    expect({ command, code, err: code === 0 ? '' : err }).toEqual({ command, code: 0, err: '' });
    return out;
  };
  const blocks = blocksOf(await readFile(join(root, 'docs/guides/design-a-desk.md'), 'utf8'));
  expect(new Set(blocks.map(({ language }) => language))).toEqual(
    new Set(['sh', 'text', 'md', 'ts']),
  );
  let output = '';
  for (const block of blocks) output = await follow(block, run, output);
  expect(await readFile(join(folder(), 'two-wheels.svg'), 'utf8')).toContain('>The team</text>');
});
