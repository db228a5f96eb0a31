import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { silentLog, SwitchboardError } from '../lib/index.ts';
import type { CallServerMessage } from '../protocol/index.ts';
import type { Parts } from './parts.ts';
import { readSettings } from './settings.ts';
import { startServer, type RunningServer } from './start-server.ts';
import { fakeParts } from './testing/fake-parts.ts';

let server: RunningServer | undefined;
afterEach(async () => {
  await server?.[Symbol.asyncDispose]();
  server = undefined;
});

async function start(
  options: { readonly parts?: Partial<Parts>; readonly env?: Record<string, string> } = {},
) {
  const fakes = fakeParts();
  server = await startServer({
    settings: readSettings({ PORT: '0', ...options.env }),
    log: silentLog,
    parts: { ...fakes.parts, ...options.parts },
    pageDir: import.meta.dirname, // holds no page
  });
  return { ...fakes, server };
}

async function getJson(path: string, init?: RequestInit) {
  const response = await fetch(`${server?.url}${path}`, init);
  return { status: response.status, body: await response.json() };
}

/** A caller that keeps what it is told. */
function dial(headers: Record<string, string> = {}, path = '/call') {
  const socket = new WebSocket(`${server?.url.replace('http', 'ws')}${path}`, { headers });
  const messages: CallServerMessage[] = [];
  let audioFrames = 0;
  const waiting: (() => void)[] = [];
  socket.on('message', (data: Buffer, isBinary) => {
    if (isBinary) audioFrames += 1;
    else messages.push(JSON.parse(data.toString()) as CallServerMessage);
    for (const wake of waiting.splice(0)) wake();
  });
  const opened = new Promise<string>((resolve) => {
    socket.on('open', () => resolve('open'));
    socket.on('unexpected-response', (_request, response) => resolve(String(response.statusCode)));
    socket.on('error', (error) => resolve(error.message));
  });
  return {
    socket,
    opened,
    messages,
    audioFrames: () => audioFrames,
    send: (message: unknown) => socket.send(JSON.stringify(message)),
    async until<T extends CallServerMessage['type']>(type: T, nth = 1) {
      for (;;) {
        const found = messages.filter((message) => message.type === type)[nth - 1];
        if (found) return found as Extract<CallServerMessage, { type: T }>;
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
    closed: new Promise<number>((resolve) => socket.on('close', resolve)),
  };
}

async function dialAndStart(desk?: string) {
  const caller = dial();
  await caller.opened;
  caller.send({ type: 'start', ...(desk ? { desk } : {}) });
  return caller;
}

describe('before it is ready', () => {
  it('listens, says what is missing, and refuses calls', async () => {
    const gate = Promise.withResolvers<undefined>();
    const { parts } = fakeParts();
    await start({
      parts: {
        openStore: async (options) => {
          await gate.promise;
          return parts.openStore(options);
        },
      },
    });
    expect(await getJson('/healthz')).toEqual({ status: 200, body: { ok: true } });
    expect(await getJson('/readyz')).toEqual({
      status: 503,
      body: { ready: false, reasons: ['Starting: the database.', 'Starting: the desks.'] },
    });
    expect((await getJson('/api/calls')).status).toBe(503);
    const caller = await dialAndStart();
    expect(await caller.until('refused')).toMatchObject({ code: 'not_ready' });
    gate.resolve(undefined);
  });

  it('tells why a part did not start', async () => {
    const locked = new SwitchboardError('data_folder_locked', 'The data folder is held by 4711.');
    const { server } = await start({ parts: { openStore: () => Promise.reject(locked) } });
    await expect(server.ready).rejects.toBe(locked);
    expect((await getJson('/readyz')).body).toMatchObject({
      reasons: expect.arrayContaining([
        'Not available: the database. The data folder is held by 4711.',
      ]) as unknown,
    });
  });

  it('closes a part that comes up only while the server stops', async () => {
    const fakes = fakeParts();
    const gate = Promise.withResolvers<undefined>();
    const { server } = await start({
      parts: {
        startEngine: async (options) => {
          await gate.promise;
          return fakes.parts.startEngine(options);
        },
      },
    });
    const stopped = server[Symbol.asyncDispose]();
    gate.resolve(undefined);
    await stopped;
    expect(fakes.closed).toEqual(['engine']);
  });
});

describe('a port in use', () => {
  it('is one line that names the port and another one, and leaves nothing running', async () => {
    const { server } = await start();
    const port = new URL(server.url).port;
    const fakes = fakeParts();
    await expect(
      startServer({
        settings: readSettings({ PORT: port }),
        log: silentLog,
        parts: fakes.parts,
      }),
    ).rejects.toMatchObject({
      code: 'port_in_use',
      message: `Port ${port} on 127.0.0.1 is in use. Choose another one: PORT=${Number(port) + 1} npm start`,
    });
    expect(fakes.closed).toEqual(['engine']); // it was started before the port was tried
  });
});

describe('when ready', () => {
  it('describes its desks and engine', async () => {
    const { server } = await start();
    expect(await server.ready).toEqual({
      desk: { name: 'test-desk', title: 'The Test Desk' },
      engine: { kind: 'embedded', model: 'm' },
      hearing: { available: true },
    });
    expect((await getJson('/readyz')).status).toBe(200);
    const { body } = await getJson('/api/desks');
    expect(body).toMatchObject({
      defaultDesk: 'test-desk',
      engine: { kind: 'embedded', hearing: { available: true } },
    });
    expect(body).toMatchObject({
      desks: [
        {
          agents: [
            {
              name: 'triage',
              handoffs: ['billing', 'team'],
              tools: [
                'request_callback',
                'leave_message',
                'transfer_to_billing',
                'transfer_to_team',
                'end_call',
              ],
            },
            {},
          ],
          people: [
            { name: 'team', label: 'The team', handoffDescription: 'What only people can do.' },
          ],
        },
      ],
    });
  });

  it('is not ready while the engine is away, and says so to callers', async () => {
    const { server, setEngine } = await start();
    await server.ready;
    setEngine({ ok: false, message: 'It is starting again.' });
    expect(await getJson('/readyz')).toEqual({
      status: 503,
      body: { ready: false, reasons: ['Not available: the engine. It is starting again.'] },
    });
    const caller = await dialAndStart();
    expect(await caller.until('refused')).toMatchObject({
      code: 'engine_unavailable',
      message: 'It is starting again.',
    });
  });

  it('takes no call that could not be kept, and says sorry', async () => {
    const { server, setStoreUp } = await start();
    await server.ready;
    setStoreUp(false);
    expect((await getJson('/readyz')).status).toBe(503);
    const caller = await dialAndStart();
    expect(await caller.until('refused')).toMatchObject({ code: 'store_unavailable' });
    expect(caller.audioFrames()).toBe(5);
  });

  it('is not ready while the database keeps nothing, though it is up', async () => {
    const { server, failChecks } = await start();
    await server.ready;
    failChecks({
      store: new SwitchboardError('store_unavailable', 'The database cannot be reached.'),
    });
    expect(await getJson('/readyz')).toEqual({
      status: 503,
      body: {
        ready: false,
        reasons: ['Not available: the database. The database cannot be reached.'],
      },
    });
  });

  it('is not ready after a call that the engine refused', async () => {
    const refused = new SwitchboardError('engine_refused', 'The engine refused the key.');
    const { server, failChecks } = await start({
      parts: { loadStartCall: async () => () => Promise.reject(refused) },
    });
    await server.ready;
    expect((await getJson('/readyz')).status).toBe(200);
    failChecks({ engine: refused });
    expect((await getJson('/readyz')).status).toBe(200); // what was seen is still fresh
    const caller = await dialAndStart();
    expect(await caller.until('refused')).toMatchObject({ code: 'engine_refused' });
    expect(await getJson('/readyz')).toEqual({
      status: 503,
      body: { ready: false, reasons: ['Not available: the engine. The engine refused the key.'] },
    });
  });

  it('is not ready while all lines are taken', async () => {
    const { server } = await start({ env: { SWITCHBOARD_MAX_CALLS: '1' } });
    await server.ready;
    const caller = await dialAndStart();
    await caller.until('started');
    expect(await getJson('/readyz')).toEqual({
      status: 503,
      body: { ready: false, reasons: ['All lines are taken.'] },
    });
    caller.send({ type: 'hang_up' });
    await caller.until('ended');
    await expect.poll(async () => (await getJson('/readyz')).status).toBe(200);
  });

  it('holds a call, keeps its trail and counts it', async () => {
    const { server } = await start();
    await server.ready;
    const caller = await dialAndStart();
    const { callId } = await caller.until('started');
    await caller.until('status', 2); // greeted, listening
    expect(caller.audioFrames()).toBeGreaterThan(10);
    caller.send({ type: 'say', text: 'billing' });
    await caller.until('status', 4);
    caller.send({ type: 'say', text: 'bye' });
    expect(await caller.until('ended')).toEqual({ type: 'ended', reason: 'agent_ended' });
    expect(await caller.closed).toBe(1000);

    const { body } = await getJson(`/api/calls/${callId}/trail`);
    const { events } = body as { events: { type: string; seq: number }[] };
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    expect(events.at(-1)).toMatchObject({ type: 'call.ended', reason: 'agent_ended' });
    expect((await getJson('/api/calls?limit=1')).body).toMatchObject({
      calls: [{ callId, desk: 'test-desk', endReason: 'agent_ended' }],
    });
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    expect(metrics).toContain(
      'switchboard_handoffs_total{desk="test-desk",from="triage",to="billing"} 1',
    );
    expect(metrics).toContain('switchboard_calls_total{desk="test-desk",reason="agent_ended"} 1');
    expect(metrics).toContain('switchboard_calls_active 0');
    expect(metrics).toContain('process_resident_memory_bytes');
  });

  it('refuses a desk that does not exist, naming those that do', async () => {
    const { server } = await start();
    await server.ready;
    const caller = await dialAndStart('nowhere');
    expect(await caller.until('refused')).toEqual({
      type: 'refused',
      code: 'desk_not_found',
      message: 'There is no desk "nowhere". Desks: test-desk.',
    });
  });

  it('refuses with the code of an engine that refuses the key', async () => {
    const refused = new SwitchboardError('engine_refused', 'The engine does not accept the key.');
    const { server } = await start({
      parts: { loadStartCall: async () => () => Promise.reject(refused) },
    });
    await server.ready;
    const caller = await dialAndStart();
    expect(await caller.until('refused')).toMatchObject({ code: 'engine_refused' });
  });

  it('holds no more calls than it may', async () => {
    const { server } = await start({ env: { SWITCHBOARD_MAX_CALLS: '1' } });
    await server.ready;
    const first = await dialAndStart();
    await first.until('started');
    const second = await dialAndStart();
    expect(await second.until('refused')).toMatchObject({ code: 'busy' });
    first.send({ type: 'hang_up' });
    expect(await first.until('ended')).toMatchObject({ reason: 'caller_hung_up' });
    const third = await dialAndStart();
    await third.until('started');
  });

  it('ends calls as server_stopped and closes its parts, once', async () => {
    const { server, closed } = await start();
    await server.ready;
    const caller = await dialAndStart();
    await caller.until('started');
    await Promise.all([server[Symbol.asyncDispose](), server[Symbol.asyncDispose]()]);
    expect(await caller.until('ended')).toMatchObject({ reason: 'server_stopped' });
    expect(closed.sort()).toEqual(['engine', 'store']);
    await expect(fetch(`${server.url}/healthz`)).rejects.toThrow();
  });

  it('lives through sockets that break the protocol', async () => {
    const { server } = await start();
    await server.ready;
    const rude = dial();
    await rude.opened;
    rude.socket.send(Buffer.alloc(1_000_000));
    expect(await rude.closed).toBe(1009); // over maxPayload
    const broken = dial();
    await broken.opened;
    // Bytes that are no frame at all, past the library.
    (broken.socket as unknown as { _socket: { write(bytes: Buffer): void } })._socket.write(
      Buffer.from('ffffffffffffffff', 'hex'),
    );
    await broken.closed;
    expect((await getJson('/healthz')).status).toBe(200);
  });
});

describe('who may come in', () => {
  it('opens sockets at /call only, and for no page of another origin', async () => {
    const { server } = await start();
    expect(await dial({ origin: 'http://evil.example' }).opened).toBe('403');
    expect(await dial({}, '/metrics').opened).toBe('404');
    expect(await dial({}, '/elsewhere').opened).toBe('404');
    const own = dial({ origin: server.url });
    expect(await own.opened).toBe('open');
    own.socket.close();
  });

  it('answers to no foreign name', async () => {
    await start();
    const socket = dial({ host: 'evil.example' });
    expect(await socket.opened).toBe('421');
  });

  it('sends what protects the page, and 404 for what is not there', async () => {
    const { server } = await start();
    const response = await fetch(`${server.url}/nothing`);
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({
      error: { code: 'not_found', message: 'There is nothing here.' },
    });
    expect(response.headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('says what is wrong with a parameter', async () => {
    const { server } = await start();
    await server.ready;
    expect(await getJson('/api/calls?limit=all')).toMatchObject({
      status: 400,
      body: { error: { code: 'config_invalid' } },
    });
    expect(await getJson('/api/calls/nobody/trail')).toMatchObject({ status: 404 });
    // What the database could not even be asked for.
    expect(await getJson('/api/calls/%00/trail')).toMatchObject({ status: 400 });
    const far = await getJson('/api/calls/nobody/trail?afterSeq=99999999999');
    expect(far).toMatchObject({ status: 400 });
  });
});
