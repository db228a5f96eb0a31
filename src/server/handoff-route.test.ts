import { afterEach, describe, expect, it } from 'vitest';
import { silentLog } from '../lib/index.ts';
import { createMetrics } from '../telemetry/index.ts';
import { buildHttp } from './http.ts';

type Http = Awaited<ReturnType<typeof buildHttp>>;
let app: Http | null = null;
afterEach(async () => {
  await app?.close();
  app = null;
});

/** The server's routes with one call, that billing may be given. */
async function open() {
  const asked: unknown[] = [];
  app = await buildHttp({
    log: silentLog,
    metrics: createMetrics({ activeCalls: () => 1, processMetrics: false }),
    listenHost: '127.0.0.1',
    publicHosts: [],
    allowedOrigins: [],
    answerOffer: () => Promise.reject(new Error('not asked')),
    pageDir: import.meta.dirname, // holds no page
    readiness: () => Promise.reject(new Error('not asked')),
    desks: () => Promise.reject(new Error('not asked')),
    trail: () => {
      throw new Error('not asked');
    },
    liveCall: (callId) =>
      callId === 'call_1'
        ? {
            async handOff(to, packet) {
              asked.push([to, packet]);
              if (to === 'billing') return { ok: true };
              return { ok: false, code: 'no_edge', say: 'I cannot put you through to them.' };
            },
          }
        : undefined,
    onCallSocket: () => undefined,
  });
  const http = app;
  const post = async (
    payload: unknown,
    { headers = {}, call = 'call_1' }: { headers?: Record<string, string>; call?: string } = {},
  ) => {
    const answer = await http.inject({
      method: 'POST',
      url: `/api/calls/${call}/handoff`,
      headers: { host: '127.0.0.1:3000', 'content-type': 'application/json', ...headers },
      payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
    });
    return { status: answer.statusCode, body: answer.json<unknown>() };
  };
  return { asked, post };
}

describe('a handoff that is asked for over HTTP', () => {
  it.each(['a'.repeat(300), '%zz'])(
    'answers the address of no call as it does anything',
    async (call) => {
      const { asked, post } = await open();
      const { status, body } = await post({ to: 'billing' }, { call });
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
      expect(body).toMatchObject({ error: { code: 'config_invalid' } });
      expect(asked).toEqual([]);
    },
  );

  it('takes place when the call allows it', async () => {
    const { asked, post } = await open();
    const packet = { reason: 'an invoice' };
    expect(await post({ to: 'billing', packet })).toEqual({ status: 200, body: { ok: true } });
    expect(await post({ to: 'billing' })).toMatchObject({ status: 200 });
    expect(asked).toEqual([
      ['billing', packet],
      ['billing', {}],
    ]);
  });

  it('is refused with the code and the sentence of who said no', async () => {
    const { post } = await open();
    expect(await post({ to: 'sales' })).toEqual({
      status: 409,
      body: { error: { code: 'no_edge', message: 'I cannot put you through to them.' } },
    });
  });

  it.each([
    ['a page of another origin', { origin: 'http://evil.example' }, 403],
    ['a sandboxed page', { origin: 'null' }, 403],
    ['a foreign name', { host: 'evil.example' }, 421],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['text that a page may send unasked', { 'content-type': 'text/plain' }, 415],
  ])('is not taken from %s', async (_who, headers, status) => {
    const { asked, post } = await open();
    expect(await post({ to: 'billing' }, { headers })).toMatchObject({ status });
    expect(asked).toEqual([]);
  });

  it.each([
    ['nobody to hand to', {}],
    ['an empty name', { to: '' }],
    ['a packet that is none', { to: 'billing', packet: 'all' }],
    ['more than it knows', { to: 'billing', force: true }],
    ['no JSON', '{'],
    ['a prototype', '{"to":"billing","packet":{"__proto__":{"x":1}}}'],
  ])('is not understood with %s', async (_what, payload) => {
    const { asked, post } = await open();
    expect(await post(payload)).toMatchObject({ status: 400 });
    expect(asked).toEqual([]);
  });

  it('has no call to hand over where there is none', async () => {
    const { post } = await open();
    expect(await post({ to: 'billing' }, { call: 'call_2' })).toMatchObject({ status: 404 });
    expect(await post({ to: 'billing' }, { call: '%00' })).toMatchObject({ status: 400 });
  });
});
