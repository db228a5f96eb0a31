import { once } from 'node:events';
import { mkdtemp, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { trailEvent } from '../protocol/index.ts';
import type { RunningServer } from '../server/index.ts';
import { startFakeServer } from '../server/testing/fake-server.ts';
import { runCommand } from './testing/run-command.ts';

describe('switchboard call', { timeout: 60_000 }, () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startFakeServer();
  });
  afterAll(() => server[Symbol.asyncDispose]());

  it('prints the conversation, keeps the sound, and exits with 0', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'switchboard-')), 'call.wav');
    const turns = ['--type', 'billing', '--type', 'bye', '--record', file];
    const { code, out } = await runCommand(['call', '--url', server.url, ...turns]);
    expect(out.replaceAll(/^ +\d+:\d\d {2}/gm, '').split('\n')).toEqual([
      'Connected to The Test Desk.',
      'Triage       Hello.',
      'You          billing',
      '             [handed over: Triage → Billing]',
      'Triage       You said billing.',
      'You          bye',
      'Triage       You said bye.',
      '             [call ended: agent_ended]',
      '',
    ]);
    expect(code).toBe(0);
    expect((await readFile(file)).subarray(0, 4).toString()).toBe('RIFF');
  });

  it('prints one trail event a line with --json', async () => {
    const { code, out } = await runCommand([
      'call',
      '--url',
      server.url,
      '--type',
      'bye',
      '--json',
    ]);
    const events = out
      .trimEnd()
      .split('\n')
      .map((line) => trailEvent.parse(JSON.parse(line)));
    expect(events[0]?.type).toBe('call.started');
    expect(events.at(-1)).toMatchObject({ type: 'call.ended', reason: 'agent_ended' });
    expect(code).toBe(0);
  });

  it.each([
    ['a file that is no WAV', ['--wav', import.meta.filename], 'wav_invalid'],
    ['a file that is not there', ['--wav', '/nowhere.wav'], 'wav_invalid'],
    ['a desk that does not exist', ['--desk', 'nowhere', '--type', 'x'], 'desk_not_found'],
    ['a desk without a name', ['--desk', '', '--type', 'x'], 'must not be empty'],
    ['a server that is not there', ['--url', 'http://127.0.0.1:1'], 'server_unreachable'],
    ['an option that does not exist', ['--shout', 'x'], 'unknown option'],
    ['a carrier whose account is not set', ['--vonage'], 'VONAGE_SIGNATURE_SECRET and PUBLIC_URL'],
    ['two carriers at once', ['--twilio', '--vonage'], 'cannot be used with'],
    ['a number that is none', ['--interrupt-after', 'soon'], 'whole number of milliseconds'],
  ])('says in one line what is wrong with %s', async (_case, args, expected) => {
    const { code, err } = await runCommand(['call', '--url', server.url, ...args]);
    expect(err).toMatch(/^switchboard: .+$/);
    expect(err).toContain(expected);
    expect(code).toBe(1);
  });
});

describe('switchboard start', { timeout: 60_000 }, () => {
  it('says in one line which port is in use and how to choose another', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number }; // a TCP server's form
    const { code, err } = await runCommand(['start'], { PORT: String(port) });
    taken.close();
    expect(err.split('\n').at(-1)).toMatch(
      new RegExp(
        `Port ${port} on 127.0.0.1 is in use.*PORT=${port + 1} npm start \\[port_in_use\\]`,
      ),
    );
    expect(code).toBe(1);
  });

  it('says in one line which setting is wrong', async () => {
    const { code, err } = await runCommand(['start'], { PORT: 'http' });
    expect(err).toBe(
      'switchboard: The environment variable PORT must be a whole number from 0 to 65535. [config_invalid]',
    );
    expect(code).toBe(1);
  });
});

describe('switchboard engine', { timeout: 60_000 }, () => {
  it('says in one line which port is in use', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number }; // a TCP server's form
    const { code, err } = await runCommand(['engine'], { PORT: String(port) });
    taken.close();
    expect(err).toBe(
      `Starting the embedded engine\nswitchboard: Port ${port} on 127.0.0.1 is in use. Choose another one with PORT. [port_in_use]`,
    );
    expect(code).toBe(1);
  });
});
