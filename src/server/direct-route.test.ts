import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { startCall } from '../call/index.ts';
import { scriptedAnswer, scriptedCalls } from '../call/testing/scripted-calls.ts';
import { startScriptedEngine } from '../call/testing/scripted-engine.ts';
import { silentLog } from '../lib/index.ts';
import { memoryServices } from '../testing/memory-services.ts';
import { readSettings } from './settings.ts';
import { startServer } from './start-server.ts';
import { fakeParts, testDesk } from './testing/fake-parts.ts';

/** A real server whose test desk is direct, with a scripted engine and the real call behind it. */
async function openLine(
  media: 'relayed' | 'direct' = 'direct',
  env: Readonly<Record<string, string>> = {},
) {
  const calls = scriptedCalls();
  const engine = await startScriptedEngine({ sendsAudio: false, requests: calls.handle });
  engine.script([{ say: 'Hello there.', ms: 500, itemId: 'item_1' }]);
  const fake = fakeParts();
  fake.setEngine({ ok: true, endpoint: engine.endpoint, hearing: { available: true } });
  const desk = { ...testDesk, media };
  const server = await startServer({
    settings: readSettings({ PORT: '0', ...env }),
    log: silentLog,
    parts: {
      ...fake.parts,
      async openDesks() {
        const get = (): typeof desk => desk;
        return { desks: [desk], get, current: async () => desk, list: async () => [desk] };
      },
      loadStartCall: async () => (options) => startCall({ ...options, services: memoryServices() }),
    },
  });
  await server.ready;
  return {
    calls,
    engine,
    url: server.url,
    offer: () =>
      fetch(`${server.url}/call/direct`, {
        method: 'POST',
        headers: { 'content-type': 'application/sdp' },
        body: 'v=0\r\no=page',
      }),
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await engine[Symbol.asyncDispose]();
    },
  };
}

/** The control side of a page. */
async function control(url: string, ticket: string) {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/call/direct?ticket=${ticket}`);
  const received: { readonly type: string; readonly [field: string]: unknown }[] = [];
  const waiting: (() => void)[] = [];
  socket.on('message', (data: Buffer) => {
    received.push(JSON.parse(data.toString()) as (typeof received)[number]); // the server's own messages
    for (const look of waiting) look();
  });
  const closed = once(socket, 'close');
  await once(socket, 'open');
  return {
    received,
    closed,
    send: (message: object) => socket.send(JSON.stringify(message)),
    close: () => socket.close(),
    next: (type: string) =>
      new Promise<(typeof received)[number]>((resolve) => {
        const look = (): void => {
          const found = received.find((message) => message.type === type);
          if (found) resolve(found);
        };
        waiting.push(look);
        look();
      }),
  };
}

const ticketIn = (response: Response): string =>
  response.headers.get('location')?.split('/').pop() ?? '';

describe('a page whose audio goes straight to the engine', () => {
  it('posts its offer here and has the engine’s answer; the key stays here', async () => {
    await using line = await openLine();
    const response = await line.offer();
    expect(response.status).toBe(201);
    expect(await response.text()).toBe(scriptedAnswer);
    expect(line.calls.of('open')).toMatchObject([
      {
        authorization: 'Bearer secret',
        sdp: 'v=0\r\no=page',
        body: { type: 'realtime', model: 'scripted', audio: { output: { voice: 'alloy' } } },
      },
    ]);
  });

  it('is greeted once its media is up, is shown what happens, and hangs up at the engine', async () => {
    await using line = await openLine();
    const page = await control(line.url, ticketIn(await line.offer()));
    page.send({ type: 'connected' });
    const { callId, can } = await page.next('started');
    expect(can).toEqual({ tap: false, inject: false, resume: false });
    expect(page.received[0]?.type).toBe('started');
    await page.next('caption');
    const [session] = line.engine.sessions;
    session?.send({ type: 'output_audio_buffer.started', response_id: 'resp_1' });
    session?.send({ type: 'output_audio_buffer.stopped', response_id: 'resp_1' });
    page.send({ type: 'hang_up' });
    expect(await page.next('ended')).toMatchObject({ reason: 'caller_hung_up' });
    expect(line.calls.of('hangup')).toMatchObject([{ callId: 'rtc_1' }]);
    const trail = await fetch(`${line.url}/api/calls/${String(callId)}/trail`);
    expect(await trail.json()).toMatchObject({
      events: expect.arrayContaining([
        expect.objectContaining({ type: 'call.started', channel: 'direct' }),
      ]) as unknown,
    });
    expect((await page.closed)[0]).toBe(1000);
  });

  it('is lost when its control socket goes away', async () => {
    await using line = await openLine();
    const page = await control(line.url, ticketIn(await line.offer()));
    page.send({ type: 'connected' });
    const { callId } = await page.next('started');
    page.close();
    await expect
      .poll(async () => {
        const response = await fetch(`${line.url}/api/calls/${String(callId)}/trail`);
        const { events } = (await response.json()) as { events: { reason?: string }[] }; // our own API
        return events.at(-1)?.reason;
      })
      .toBe('caller_lost');
    await expect.poll(() => line.calls.of('hangup').length).toBe(1);
  });

  it('goes to the engine with a secret of ours, and names its call afterwards', async () => {
    await using line = await openLine();
    const response = await fetch(`${line.url}/call/direct/secrets`, { method: 'POST' });
    expect(response.status).toBe(201);
    const given = (await response.json()) as { ticket: string; value: string; url: string }; // looked at below
    expect(given).toMatchObject({
      value: 'ek_1',
      url: expect.stringMatching(/^http.*\/realtime\/calls$/) as string,
    });
    expect(line.calls.of('secret')).toMatchObject([
      { body: { session: { type: 'realtime', instructions: expect.any(String) as string } } },
    ]);
    const page = await control(line.url, given.ticket);
    page.send({ type: 'connected', callId: 'rtc_77' });
    await page.next('started');
    expect(line.engine.sessions[0]?.url).toBe('/v1/realtime?call_id=rtc_77');
  });

  it('that names no call has none', async () => {
    await using line = await openLine();
    const response = await fetch(`${line.url}/call/direct/secrets`, { method: 'POST' });
    const { ticket } = (await response.json()) as { ticket: string }; // looked at by the socket
    const page = await control(line.url, ticket);
    page.send({ type: 'connected' });
    expect(await page.next('refused')).toMatchObject({ code: 'engine_refused' });
    expect(line.engine.sessions).toEqual([]);
  });

  it('opens no control socket without a ticket, nor a second one with it', async () => {
    await using line = await openLine();
    const stranger = await control(line.url, 'direct_guessed');
    expect((await stranger.closed)[0]).toBe(1008);
    const ticket = ticketIn(await line.offer());
    const first = await control(line.url, ticket);
    const second = await control(line.url, ticket);
    expect((await second.closed)[0]).toBe(1008);
    first.send({ type: 'connected' });
    await first.next('started');
  });

  it('is given up when its media is not up in the time that is set', async () => {
    await using line = await openLine('direct', { SWITCHBOARD_DIRECT_OPEN_WITHIN_MS: '200' });
    const page = await control(line.url, ticketIn(await line.offer()));
    expect(await page.next('refused')).toMatchObject({ code: 'not_ready' });
    expect((await page.closed)[0]).toBe(1013);
  });

  it('is refused where the desk keeps its audio here, and with what is no offer', async () => {
    await using relayed = await openLine('relayed');
    expect((await relayed.offer()).status).toBe(400);
    await using line = await openLine();
    const nonsense = await fetch(`${line.url}/call/direct`, {
      method: 'POST',
      headers: { 'content-type': 'application/sdp' },
      body: 'hello',
    });
    expect(nonsense.status).toBe(400);
    expect(line.calls.requests).toEqual([]);
  });

  it('hears why the engine did not take its offer', async () => {
    await using line = await openLine();
    line.calls.refuse('open', 401);
    const response = await line.offer();
    expect(response.status).toBe(502);
    expect(await response.json()).toMatchObject({ error: { code: 'engine_refused' } });
  });
});
