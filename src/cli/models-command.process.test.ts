import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { packTar } from 'modern-tar';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { serveFile } from '../testing/models/file-server.ts';
import { tinyMoonshine } from '../testing/models/tiny-models.ts';
import { runCommand } from './testing/run-command.ts';

let modelsDir: string;
beforeEach(() => {
  modelsDir = mkdtempSync(join(tmpdir(), 'switchboard-models-cli-'));
});
afterEach(() => rmSync(modelsDir, { recursive: true }));

const models = (...args: string[]): ReturnType<typeof runCommand> =>
  runCommand(['models', ...args], { SWITCHBOARD_MODELS_DIR: modelsDir });

const tinyArchive = async (): Promise<Uint8Array> =>
  gzipSync(
    await packTar(
      Object.entries(tinyMoonshine()).map(([name, body]) => ({
        header: { name: `m/${name}`, size: body.length },
        body,
      })),
    ),
  );

it('pulls an archive of one’s own, lists it, uses its name once, and removes it', async () => {
  const content = await tinyArchive();
  await using server = await serveFile(() => ({ content }));
  const asked = ['pull', server.url, '--kind', 'moonshine', '--name', 'tiny'];
  const refused = await models(...asked);
  expect(refused.code).toBe(1);
  const sum = /sha256 ([0-9a-f]{64})/.exec(refused.err)?.[1] ?? '';
  expect(refused.err).toContain('[model_unverified]');

  const pulled = await models(...asked, '--sha256', sum);
  expect(pulled).toMatchObject({ code: 0 });
  expect(pulled.out).toContain('tiny is here and works.');
  expect(pulled.out).toContain('SWITCHBOARD_EARS=tiny npm start');
  expect(pulled.err).toContain('trying it');

  const listed = JSON.parse((await models('list', '--json')).out) as { name: string }[]; // our own
  expect(listed.find(({ name }) => name === 'tiny')).toMatchObject({
    installed: true,
    for: 'ears',
  });
  expect(listed.find(({ name }) => name === 'moonshine-tiny-en')).toMatchObject({
    installed: false,
  });

  expect(await models('remove', 'tiny')).toMatchObject({ code: 0, out: 'tiny is removed.\n' });
  expect((await models('remove', 'tiny')).err).toContain('[model_missing]');
}, 60_000);

it('keeps what has come when it is interrupted, and goes on', async () => {
  const content = await tinyArchive();
  await using server = await serveFile((request) => ({
    content,
    ...(request === 0 ? { stopAt: 200 } : {}),
  }));
  const main = join(import.meta.dirname, 'main.ts');
  const asked = [
    'pull',
    server.url,
    '--kind',
    'moonshine',
    '--name',
    'tiny',
    '--accept-unverified',
  ];
  const child = spawn(process.execPath, [main, 'models', ...asked], {
    env: { ...process.env, SWITCHBOARD_MODELS_DIR: modelsDir },
  });
  let err = '';
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString();
    // Once, when something has come.
    if (err.includes('0.0 of') && !child.killed) child.kill('SIGINT');
  });
  const [code] = (await once(child, 'close')) as [number | null]; // what a child closes with
  expect(code).toBe(1);
  expect(err).toContain('pull again and it goes on');
  const part = join(modelsDir, '.pulling', 'tiny', 'archive.part');
  expect(existsSync(part) && statSync(part).size).toBe(200);
  expect(await models(...asked)).toMatchObject({ code: 0 });
  expect(server.asked).toEqual([null, 'bytes=200-']);
}, 60_000);

it.each([
  [['pull', 'no-such-model'], 'model_missing'],
  [['pull', 'http://127.0.0.1:1/a.tar.gz'], 'config_invalid'],
  [['pull', 'moonshine-tiny-en', '--sha256', 'abc'], 'config_invalid'],
])(
  'says what is wrong with %j',
  async (args, code) => {
    const result = await models(...args);
    expect(result.code).toBe(1);
    expect(result.err).toContain(`[${code}]`);
  },
  20_000,
);
