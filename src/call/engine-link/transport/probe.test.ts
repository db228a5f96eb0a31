import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { startScriptedEngine } from '../../testing/scripted-engine.ts';
import { probeEngine } from './probe.ts';

const endpointAt = (port: number) =>
  ({
    kind: 'compatible',
    url: `ws://127.0.0.1:${port}/v1/realtime`,
    apiKey: 'k',
    model: 'm',
  }) as const;

describe('probing an engine', () => {
  it('finds one that gives a session, and leaves none behind', async () => {
    await using engine = await startScriptedEngine();
    await expect(probeEngine(engine.endpoint)).resolves.toBeUndefined();
    expect(engine.sessions).toHaveLength(1);
    expect(engine.sessions[0]?.headers['authorization']).toBe('Bearer secret');
    expect(engine.sessions[0]?.url).toContain('model=scripted');
    expect(engine.sessions[0]?.received).toEqual([]);
  });

  it.each([
    [401, 'engine_refused'],
    [403, 'engine_refused'],
    [500, 'engine_unavailable'],
    [429, 'engine_unavailable'],
  ])('knows a refusal (%i) for what it is: %s', async (refuseStatus, code) => {
    await using engine = await startScriptedEngine({ refuseStatus });
    await expect(probeEngine(engine.endpoint)).rejects.toMatchObject({ code });
  });

  it('takes an `error` in place of a session as a refusal', async () => {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
    server.on('connection', (socket) =>
      socket.send(
        JSON.stringify({
          type: 'error',
          error: { code: 'model_not_found', message: 'No such model.' },
        }),
      ),
    );
    await new Promise<void>((resolve) => server.on('listening', resolve));
    const { port } = server.address() as AddressInfo; // it listens on a port, so it is one
    await expect(probeEngine(endpointAt(port))).rejects.toMatchObject({
      code: 'engine_refused',
      message: `The engine at 127.0.0.1:${port} refused a session (model_not_found): No such model.`,
    });
    for (const client of server.clients) client.terminate();
    server.close();
  });

  it('says that nobody is there, and that somebody says nothing', async () => {
    const silent = createServer((socket) => socket.resume());
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo; // as above
    await expect(probeEngine(endpointAt(port), { timeoutMs: 50 })).rejects.toMatchObject({
      code: 'engine_unavailable',
      message: `The engine at 127.0.0.1:${port} gave no session within 50 ms.`,
    });
    await new Promise((resolve) => silent.close(resolve));
    await expect(probeEngine(endpointAt(port))).rejects.toMatchObject({
      code: 'engine_unavailable',
    });
  });
});
