import { readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { placeCall } from './caller/index.ts';
import { serverProcesses } from './testing/server-process.ts';

const { start, folder } = serverProcesses();

/** Living processes started by `parent`, from /proc. */
function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => parentOf(pid) === parent);
}

function parentOf(pid: number): number | undefined {
  try {
    const [state, ppid] =
      readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return state === 'Z' ? undefined : Number(ppid);
  } catch {
    return undefined; // ended meanwhile
  }
}

const isAlive = (pid: number): boolean => parentOf(pid) !== undefined;

describe.runIf(process.platform === 'linux')('switchboard start', { timeout: 120_000 }, () => {
  it('ends live calls as server_stopped, leaves no child, and exits with 0', async () => {
    const server = await start();
    const children = childrenOf(server.pid);
    expect(children).toHaveLength(2); // engine and database
    const call = placeCall({
      url: server.url,
      turns: [{ type: 'type', text: 'hello' }],
      lingerMs: 30_000,
      onMessage: (message) => {
        if (message.type === 'trail' && message.event.type === 'turn.caller') {
          server.child.kill('SIGTERM');
        }
      },
    });
    expect(await call).toMatchObject({ reason: 'server_stopped', isClean: false });
    expect(await server.ended).toEqual([0, null]);
    expect(children.filter(isAlive)).toEqual([]);
  });

  it('takes its children along when it is killed', async () => {
    const server = await start();
    const children = childrenOf(server.pid);
    expect(children).toHaveLength(2);
    server.child.kill('SIGKILL');
    await server.ended;
    await expect.poll(() => children.filter(isAlive)).toEqual([]);
  });

  it('says in one line that the data folder is held, and leaves the other server alone', async () => {
    const first = await start();
    const second = await start();
    expect(await second.ended).toEqual([1, null]);
    expect(second.err().split('\n').at(-1)).toMatch(/^switchboard: .+ \[data_folder_locked\]$/);
    expect((await fetch(`${first.url}/readyz`)).status).toBe(200);
  });

  it('is not ready once its data folder is gone', async () => {
    const server = await start();
    const readyz = async () => (await fetch(`${server.url}/readyz`)).status;
    expect(await readyz()).toBe(200);
    await rm(join(folder(), 'data'), { recursive: true, force: true, maxRetries: 10 });
    await expect.poll(readyz, { timeout: 10_000 }).toBe(503);
  });

  it('says in one line that the engine refuses the key, and is not ready once it is away', async () => {
    const engine = await start({}, ['engine', '--key', 'sesame']);
    const remote = { OPENAI_BASE_URL: engine.url.replace('/realtime', '') };
    const wrong = await start({ ...remote, OPENAI_API_KEY: 'guess' });
    expect(await wrong.ended).toEqual([1, null]);
    expect(wrong.err().split('\n').at(-1)).toMatch(
      /^switchboard: The engine at .+ refused the key \(401\)\. Check OPENAI_API_KEY\. \[engine_refused\]$/,
    );
    const server = await start({ ...remote, OPENAI_API_KEY: 'sesame' });
    const readyz = async () => (await fetch(`${server.url}/readyz`)).status;
    expect(await readyz()).toBe(200);
    engine.child.kill('SIGTERM');
    await engine.ended;
    await expect.poll(readyz, { timeout: 30_000, interval: 500 }).toBe(503);
  });

  it('says in one line which desk does not exist', async () => {
    const server = await start({ SWITCHBOARD_DESK: 'nowhere' });
    expect(await server.ended).toEqual([1, null]);
    expect(server.err()).toMatch(
      /switchboard: There is no desk "nowhere"\. Desks: .+ \[desk_not_found\]$/,
    );
  });
});

/** The first event a Realtime client gets, or the HTTP status it is turned away with. */
function firstEvent(url: string, key: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${url}?model=any`, {
      headers: { authorization: `Bearer ${key}` },
    });
    socket.on('message', (data: Buffer) => {
      resolve(JSON.parse(data.toString()));
      socket.close();
    });
    socket.on('unexpected-response', (_request, response) => {
      resolve(response.statusCode);
      socket.terminate();
    });
    socket.on('error', reject);
  });
}

describe('switchboard engine', { timeout: 120_000 }, () => {
  it('serves Realtime clients that know the key, and goes when told to', async () => {
    const engine = await start({}, ['engine', '--key', 'sesame']);
    expect(engine.out()).toContain('OPENAI_API_KEY=sesame');
    expect(await firstEvent(engine.url, 'sesame')).toMatchObject({ type: 'session.created' });
    expect(await firstEvent(engine.url, 'guess')).toBe(401);
    engine.child.kill('SIGINT');
    expect(await engine.ended).toEqual([0, null]);
  });
});
