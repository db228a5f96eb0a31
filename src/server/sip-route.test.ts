import { createHmac, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { startCall, type StartCallOptions } from '../call/index.ts';
import { scriptedCalls } from '../call/testing/scripted-calls.ts';
import { startScriptedEngine, type ScriptedPart } from '../call/testing/scripted-engine.ts';
import type { Desk } from '../desk/index.ts';
import { silentLog, SwitchboardError } from '../lib/index.ts';
import { memoryServices, memoryWebhooks } from '../testing/memory-services.ts';
import { readSettings } from './settings.ts';
import { startServer } from './start-server.ts';
import { fakeParts, testDesk } from './testing/fake-parts.ts';

const key = randomBytes(24);

/** A webhook as OpenAI sends it: signed over its id, its time and the bytes of its body. */
function signed(event: object, over: { id?: string; atMs?: number; secret?: Buffer } = {}) {
  const { id = `wh_${randomBytes(8).toString('hex')}`, atMs = Date.now(), secret = key } = over;
  const body = JSON.stringify(event);
  const timestamp = String(Math.floor(atMs / 1000));
  const signature = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`);
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature.digest('base64')}`,
  };
  return { id, body, headers };
}

const incoming = (callId = 'rtc_5', to = '<sip:+442079460000@carrier.example>') => ({
  object: 'event',
  id: 'evt_1',
  type: 'realtime.call.incoming',
  created_at: 1_795_000_000,
  data: {
    call_id: callId,
    sip_headers: [
      { name: 'From', value: '"Jane" <sip:+441632960001@carrier.example>;tag=1' },
      { name: 'To', value: to },
    ],
  },
});

/** A real server that OpenAI's webhooks reach, with a scripted engine and the real call behind it. */
async function openLine(
  options: { script?: readonly (readonly ScriptedPart[])[]; env?: Record<string, string> } = {},
) {
  const calls = scriptedCalls();
  const engine = await startScriptedEngine({ sendsAudio: false, requests: calls.handle });
  engine.script(
    ...(options.script ?? [[{ say: 'Hello there.', ms: 500, itemId: 'item_1' }] as const]),
  );
  const webhooks = memoryWebhooks();
  const fake = fakeParts();
  fake.setEngine({ ok: true, endpoint: engine.endpoint, hearing: { available: true } });
  const other: Desk = { ...testDesk, name: 'other-desk', firstAgent: 'billing' };
  const started: StartCallOptions[] = [];
  const server = await startServer({
    settings: readSettings({
      PORT: '0',
      OPENAI_API_KEY: 'secret',
      OPENAI_BASE_URL: engine.endpoint.url.replace('ws:', 'http:'),
      OPENAI_WEBHOOK_SECRET: `whsec_${key.toString('base64')}`,
      OPENAI_SIP_DESKS: '+442079460009=other-desk',
      OPENAI_SIP_REFER: 'team=+442079460055',
      ...options.env,
    }),
    log: silentLog,
    parts: {
      ...fake.parts,
      openStore: async (given) => ({ ...(await fake.parts.openStore(given)), webhooks }),
      async openDesks() {
        const get = (name: string): Desk => (name === other.name ? other : testDesk);
        const current = async (name: string): Promise<Desk> => get(name);
        return { desks: [testDesk, other], get, current, list: async () => [testDesk, other] };
      },
      loadStartCall: async () => async (given) => {
        started.push(given);
        const { operators } = given.services;
        return startCall({ ...given, services: memoryServices({ operators }) });
      },
    },
  });
  await server.ready;
  return {
    calls,
    engine,
    started,
    webhooks,
    setStoreUp: fake.setStoreUp,
    setEngine: fake.setEngine,
    post: async ({ body, headers }: Pick<ReturnType<typeof signed>, 'body' | 'headers'>) =>
      fetch(`${server.url}/openai/webhook`, { method: 'POST', headers, body }),
    outcome: (id: string) =>
      expect.poll(() => webhooks.kept.get(`openai ${id}`)?.outcome ?? null, { timeout: 5_000 }),
    async trail() {
      const { calls: all } = (await (await fetch(`${server.url}/api/calls`)).json()) as {
        calls: { callId: string }[];
      }; // our own API
      const { events } = (await (
        await fetch(`${server.url}/api/calls/${all[0]?.callId ?? 'none'}/trail`)
      ).json()) as { events: { type: string; reason?: string; channel?: string }[] }; // likewise
      return events;
    },
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await engine[Symbol.asyncDispose]();
    },
  };
}

describe('a telephone call that reaches OpenAI by SIP', () => {
  it('is accepted with the first agent of its desk, attached to, and greeted', async () => {
    await using line = await openLine();
    const webhook = signed(incoming());
    const response = await line.post(webhook);
    expect(response.status).toBe(200);
    await line.outcome(webhook.id).toMatch(/^accepted as call_/);
    expect(line.calls.of('accept')).toMatchObject([
      {
        callId: 'rtc_5',
        authorization: 'Bearer secret',
        body: {
          type: 'realtime',
          model: 'scripted',
          instructions: expect.stringContaining('Route the caller.') as string,
          tools: expect.arrayContaining([
            expect.objectContaining({ name: 'transfer_to_billing' }),
          ]) as unknown,
        },
      },
    ]);
    const [session] = line.engine.sessions;
    expect(session?.url).toBe('/v1/realtime?call_id=rtc_5');
    await expect.poll(() => session?.of('response.create').length).toBe(1);
    expect(line.started[0]?.callerNumber).toBe('+441632960001');
    expect(await line.trail()).toMatchObject([{ type: 'call.started', channel: 'sip' }, {}]);
    session?.close(1000);
    await expect
      .poll(async () => (await line.trail()).at(-1))
      .toMatchObject({ type: 'call.ended', reason: 'caller_hung_up' });
  });

  it('goes to the desk of the number that was called', async () => {
    await using line = await openLine();
    const webhook = signed(incoming('rtc_6', '<sip:+442079460009@carrier.example>'));
    await line.post(webhook);
    await line.outcome(webhook.id).toMatch(/^accepted/);
    expect(line.started[0]?.desk.name).toBe('other-desk');
  });

  it('is told that the line is busy, or not there', async () => {
    await using busy = await openLine({ env: { SWITCHBOARD_MAX_CALLS: '1' } });
    const first = signed(incoming('rtc_1'));
    await busy.post(first);
    await busy.outcome(first.id).toMatch(/^accepted/);
    const second = signed(incoming('rtc_2'));
    await busy.post(second);
    await busy.outcome(second.id).toBe('busy; rejected with 486');
    expect(busy.calls.of('reject')).toMatchObject([
      { callId: 'rtc_2', body: { status_code: 486 } },
    ]);
    await using away = await openLine();
    away.setEngine({ ok: false, message: 'It is being started again.' });
    const third = signed(incoming('rtc_3'));
    await away.post(third);
    await away.outcome(third.id).toBe('engine_unavailable; rejected with 480');
  });

  it('is sent on to people by the number of their queue, once what was said was heard', async () => {
    await using line = await openLine({
      script: [
        [
          { say: 'I will put you through.', ms: 800, itemId: 'item_1' },
          { call: 'transfer_to_team', arguments: '{"reason":"a person"}', callId: 'c1' },
        ],
      ],
    });
    const webhook = signed(incoming());
    await line.post(webhook);
    await line.outcome(webhook.id).toMatch(/^accepted/);
    const [session] = line.engine.sessions;
    await expect
      .poll(async () => (await line.trail()).some(({ type }) => type === 'person.requested'))
      .toBe(true);
    session?.send({ type: 'output_audio_buffer.started', response_id: 'resp_1' });
    await sleep(50);
    expect(line.calls.of('refer')).toEqual([]);
    session?.send({ type: 'output_audio_buffer.stopped', response_id: 'resp_1' });
    await expect.poll(async () => (await line.trail()).at(-1)?.type).toBe('call.ended');
    expect(line.calls.of('refer')).toMatchObject([
      { callId: 'rtc_5', body: { target_uri: 'tel:+442079460055' } },
    ]);
    expect((await line.trail()).slice(-2)).toMatchObject([
      { type: 'person.accepted', operator: '+442079460055' },
      { type: 'call.ended', reason: 'referred' },
    ]);
    // Hanging up would break off the transfer.
    expect(line.calls.of('hangup')).toEqual([]);
  });

  it('goes on with its agent when it cannot be sent on', async () => {
    await using line = await openLine({
      script: [
        [{ call: 'transfer_to_team', arguments: '{"reason":"a person"}', callId: 'c1' }],
        [{ say: 'Nobody is there.', ms: 500, itemId: 'item_2' }],
      ],
    });
    line.calls.refuse('refer', 500);
    await line.post(signed(incoming()));
    await expect
      .poll(async () => (await line.trail()).map(({ type }) => type).join())
      .toContain('person.declined');
    await expect.poll(() => line.engine.sessions[0]?.of('response.create').length).toBe(2);
  });

  it('hears the keys of the telephone', async () => {
    await using line = await openLine();
    const webhook = signed(incoming());
    await line.post(webhook);
    await line.outcome(webhook.id).toMatch(/^accepted/);
    const [session] = line.engine.sessions;
    await expect.poll(() => session?.of('response.create').length).toBe(1);
    for (const event of ['1', '2', '#']) {
      session?.send({ type: 'input_audio_buffer.dtmf_event_received', event, received_at: 1 });
    }
    await expect
      .poll(async () => (await line.trail()).map(({ type }) => type), { timeout: 8_000 })
      .toContain('caller.keyed');
  });
});

describe('the webhook of OpenAI', () => {
  it('A38 without its signature, or with another key’s, is refused', async () => {
    await using line = await openLine();
    const good = signed(incoming());
    const { 'webhook-signature': _signature, ...bare } = good.headers;
    const attempts = [
      signed(incoming(), { secret: randomBytes(24) }),
      { ...good, headers: bare as typeof good.headers }, // with none at all
      { ...good, headers: { ...good.headers, 'webhook-id': 'wh_another' } },
      { ...good, headers: { ...good.headers, 'webhook-signature': 'v1,????' } },
    ];
    for (const attempt of attempts) expect((await line.post(attempt)).status).toBe(400);
    expect(line.webhooks.kept.size).toBe(0);
    expect(line.calls.requests).toEqual([]);
  });

  it.each([-301, 301])('A39 that is %i seconds off is refused', async (seconds) => {
    await using line = await openLine();
    const webhook = signed(incoming(), { atMs: Date.now() + seconds * 1000 });
    expect((await line.post(webhook)).status).toBe(400);
    expect(line.calls.requests).toEqual([]);
  });

  it('A40 F18 that comes again is fine, and nothing is accepted twice', async () => {
    await using line = await openLine();
    const webhook = signed(incoming());
    const again = await Promise.all([line.post(webhook), line.post(webhook), line.post(webhook)]);
    expect(again.map(({ status }) => status)).toEqual([200, 200, 200]);
    await line.outcome(webhook.id).toMatch(/^accepted/);
    const late = signed(incoming(), { id: webhook.id, atMs: Date.now() - 200_000 });
    expect((await line.post(late)).status).toBe(200);
    // The same call under another id is the same call.
    const renamed = signed(incoming());
    await line.post(renamed);
    await line.outcome(renamed.id).toBe('known already');
    expect(line.calls.of('accept')).toHaveLength(1);
    expect(line.started).toHaveLength(1);
  });

  it('A41 whose body was read and written again is refused', async () => {
    await using line = await openLine();
    const webhook = signed(incoming());
    const body = JSON.stringify(JSON.parse(webhook.body), null, 1);
    expect((await line.post({ ...webhook, body })).status).toBe(400);
    expect(line.calls.requests).toEqual([]);
  });

  it('A42 of a type nobody knows is kept, and nothing is done', async () => {
    await using line = await openLine();
    const webhook = signed({ type: 'realtime.call.sang', data: { call_id: 'rtc_5' } });
    expect((await line.post(webhook)).status).toBe(200);
    await line.outcome(webhook.id).toBe('nothing to do');
    expect(line.webhooks.kept.get(`openai ${webhook.id}`)?.type).toBe('realtime.call.sang');
    expect(line.calls.requests).toEqual([]);
  });

  it('A43 of a call that is gone when it is to be accepted is kept, with why', async () => {
    await using line = await openLine();
    line.calls.refuse('accept', 404);
    const webhook = signed(incoming());
    expect((await line.post(webhook)).status).toBe(200);
    await line.outcome(webhook.id).toMatch(/^not accepted: .*404/);
    expect(line.calls.of('reject')).toEqual([]);
    expect(line.engine.sessions).toEqual([]);
  });

  it('A43 of a call that cannot be accepted leaves nobody ringing, or alone with a model', async () => {
    await using line = await openLine();
    line.calls.refuse('accept', 503);
    const webhook = signed(incoming());
    expect((await line.post(webhook)).status).toBe(200);
    await line.outcome(webhook.id).toMatch(/^not accepted: .*503.*rejected with 480/);
    expect(line.calls.of('hangup')).toHaveLength(1);
    expect(line.calls.of('reject')).toHaveLength(1);
  });

  it('is asked for again while it cannot be kept', async () => {
    await using line = await openLine();
    line.webhooks.first = () => {
      throw new SwitchboardError('store_unavailable', 'The database cannot be reached.');
    };
    expect((await line.post(signed(incoming()))).status).toBe(503);
    expect(line.calls.requests).toEqual([]);
  });
});

describe('the settings of calls by SIP', () => {
  it.each([
    [{ OPENAI_WEBHOOK_SECRET: 'whsec_a' }, /OPENAI_API_KEY must be set/],
    [{ OPENAI_SIP_DESKS: 'front-desk' }, /OPENAI_SIP_DESKS must be pairs/],
    [{ OPENAI_SIP_REFER: 'team=+1-900-CALL-ME' }, /OPENAI_SIP_REFER must be pairs/],
  ])('that make no sense are refused: %o', (env, message) => {
    expect(() => readSettings(env)).toThrow(message);
  });
});
