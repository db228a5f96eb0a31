import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { handOver, runQuietly } from './child.mjs';

const node = process.execPath;

test('keeps what a command prints, and its exit code', async () => {
  const script = 'console.log("out"); console.error("err"); process.exit(3)';
  const { code, output } = await runQuietly(node, ['-e', script], { node: true });
  expect(code).toBe(3);
  expect(output.split('\n').sort()).toEqual(['', 'err', 'out']);
});

test('a command that does not exist is 127, not a crash', async () => {
  expect((await runQuietly('/nonexistent/command', [])).code).toBe(127);
});

test('hands on the exit code, and a signal as 128 + its number', async () => {
  expect(await handOver(node, ['-e', 'process.exit(7)'])).toBe(7);
  expect(await handOver(node, ['-e', 'process.kill(process.pid, "SIGKILL")'])).toBe(137);
});

/** A launcher in miniature: hands over to a child that says its number and what ends it. */
async function launcher() {
  const child = `
    process.on('SIGTERM', () => { console.log('SIGTERM'); process.exit(5); });
    console.log(process.pid);
    setInterval(() => {}, 1000);
  `;
  const module = new URL('./child.mjs', import.meta.url).href;
  const script = `
    const { handOver } = await import(${JSON.stringify(module)});
    process.exitCode = await handOver(process.execPath, ['-e', ${JSON.stringify(child)}]);
  `;
  const parent = spawn(node, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  /** @type {string[]} */
  const said = [];
  const closed = new Promise((resolve) => {
    parent.stdout.on('end', resolve);
  });
  const started = new Promise((resolve) => {
    parent.stdout.on('data', (chunk) => {
      said.push(...String(chunk).trim().split('\n'));
      resolve(undefined);
    });
  });
  await started;
  return { parent, said, closed };
}

test('a SIGTERM reaches the child, and its exit code comes back', async () => {
  const { parent, said } = await launcher();
  parent.kill('SIGTERM');
  expect(await once(parent, 'exit')).toEqual([5, null]);
  expect(said).toContain('SIGTERM');
});

test('when the launcher is killed outright the child is told to end', async () => {
  const { parent, said, closed } = await launcher();
  parent.kill('SIGKILL');
  await closed; // the child held the other end of the pipe
  expect(said).toContain('SIGTERM');
});
