import Fastify, { type FastifyInstance, type InjectOptions } from 'fastify';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAllowList, createCallingHours } from '../../dialing/index.ts';
import { silentLog, SwitchboardError, systemClock, type Clock } from '../../lib/index.ts';
import { dialListResponse, dialResponse } from '../../protocol/index.ts';
import { startFakeCallsApi, type FakeCallsApi } from '../../testing/fake-calls-api.ts';
import { temporaryFolder, testCacheDir } from '../../store/testing/fixtures.ts';
import type { OpenLine } from '../line.ts';
import { realParts } from '../real-parts.ts';
import { answerError } from '../request.ts';
import { testDesk } from '../testing/fake-parts.ts';
import type { OpenStore } from '../parts.ts';
import { openDialling, type DiallingChannel } from './dialling.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 90_000 });

const account = { accountSid: `AC${'1'.repeat(32)}`, authToken: 'token' };
const number = '+442079460000';
const folder = temporaryFolder();

/** Everything of calling out but the caller: the database, the job queue, the routes, and a carrier's REST. */
describe('calling out', () => {
  let api: FakeCallsApi;
  let store: OpenStore;
  let dialling: DiallingChannel;
  let app: FastifyInstance;
  beforeAll(async () => {
    api = await startFakeCallsApi(account);
  });
  afterAll(async () => {
    await api[Symbol.asyncDispose]();
    folder[Symbol.dispose]();
  });
  const up = async (options: { clock?: Clock; prefixes?: string } = {}): Promise<void> => {
    store = await realParts.openStore({
      ...{ dataDir: folder.path, cacheDir: testCacheDir, databaseUrl: undefined },
      ...{ log: silentLog, signal: new AbortController().signal },
    });
    const line: Pick<OpenLine, 'store' | 'desks' | 'defaultDesk'> = {
      store,
      defaultDesk: () => testDesk.name,
      desks: {
        async current(name) {
          if (name === testDesk.name) return testDesk;
          throw new SwitchboardError('desk_not_found', 'There is no such desk.');
        },
      },
    };
    dialling = openDialling({
      carrier: {
        ...account,
        ...{ number: '+442079460999', apiUrl: api.url },
        ...{ publicUrl: 'https://line.example.com', returnWithinMs: 20_000 },
      },
      policy: {
        allowed: createAllowList(options.prefixes ?? '+44'),
        hours: createCallingHours('00:00-24:00'),
        ...{ maxActive: 5, maxAttempts: 3, retryMs: 600_000, ringMs: 30_000 },
      },
      open: () => line,
      isLineFree: () => true,
      ...{ clock: options.clock ?? systemClock, log: silentLog },
    });
    app = Fastify();
    app.setErrorHandler((thrown, _request, reply) => answerError(reply, thrown, silentLog));
    dialling.register(app);
    await app.ready();
    await dialling.start();
  };
  const down = async (): Promise<void> => {
    await app.close();
    await dialling[Symbol.asyncDispose]();
    await store[Symbol.asyncDispose]();
  };
  beforeEach(() => up());
  afterEach(down);

  const ask = (request: InjectOptions) =>
    app.inject({ headers: { host: '127.0.0.1:8080' }, remoteAddress: '127.0.0.1', ...request });
  const post = (url: string, body: object) => ask({ method: 'POST', url, payload: body });
  const dial = async (body: object) => dialResponse.parse((await post('/api/dial', body)).json());
  const shown = async (dialId: string) => {
    const { jobs } = dialListResponse.parse((await ask({ url: '/api/dial' })).json());
    const job = jobs.find((one) => one.dialId === dialId);
    return job && `${job.state} ${job.outcome ?? '-'} ${job.attempts}`;
  };
  const callsTo = (to: string) => api.calls.filter(({ params }) => params['To'] === to);

  it('has a number called, and follows the call to its end', async () => {
    const body = { number, purpose: 'a reminder', idempotencyKey: 'one' };
    const { job } = await dial(body);
    expect((await post('/api/dial', body)).statusCode).toBe(200);
    await expect.poll(() => callsTo(number)).toHaveLength(1);
    await expect.poll(() => shown(job.dialId)).toBe('ringing - 1');
    const attempt = { attemptId: `${job.dialId}-1`, carrierCallId: callsTo(number)[0]?.sid ?? '' };
    expect(await dialling.outbound.answered(attempt)).toMatchObject({
      ok: true,
      desk: 'test-desk',
    });
    await dialling.outbound.connected({ attemptId: attempt.attemptId, callId: 'call_1' });
    await dialling.outbound.progressed({ ...attempt, status: 'completed' });
    expect(await shown(job.dialId)).toBe('done completed 1');
    expect(callsTo(number)).toHaveLength(1);
  });

  it('F11: goes on after a restart, and dials nobody twice', async () => {
    const [later, broken] = ['+442079460001', '+442079460002'];
    const notBefore = new Date(Date.now() + 4_000).toISOString();
    const waiting = await dial({ number: later, notBefore });
    api.failNext('placed_and_gone');
    const lost = await dial({ number: broken });
    await expect.poll(() => callsTo(broken)).toHaveLength(1);
    await expect.poll(() => shown(lost.job.dialId)).toBe('placing - 1');
    await down();
    await up({ clock: { ...systemClock, nowMs: () => Date.now() + 60_000 } });
    await expect.poll(() => shown(lost.job.dialId)).toBe('ringing - 1');
    await expect.poll(() => callsTo(later)).toHaveLength(1);
    await expect.poll(() => shown(waiting.job.dialId)).toBe('ringing - 1');
    expect([callsTo(later).length, callsTo(broken).length]).toEqual([1, 1]);
  });

  it('ends a job that is called off, and keeps a list of who is never called', async () => {
    const to = '+442079460003';
    const { job } = await dial({ number: to, notBefore: '2090-01-01T00:00:00Z' });
    expect((await post(`/api/dial/${job.dialId}/cancel`, {})).json()).toMatchObject({
      job: { state: 'cancelled' },
    });
    expect((await post('/api/dial/dial_none/cancel', {})).statusCode).toBe(404);
    const listed = await post('/api/do-not-call', { number: '+44 20 7946 0003', note: 'by post' });
    expect(listed.json()).toEqual({ number: to, listed: true });
    const refused = await post('/api/dial', { number: to });
    expect([refused.statusCode, refused.json()]).toMatchObject([
      422,
      { error: { code: 'dial_refused' } },
    ]);
    expect((await ask({ url: '/api/do-not-call' })).json()).toMatchObject({
      numbers: [{ number: to, source: 'operator', note: 'by post' }],
    });
    await post('/api/do-not-call', { number: to, action: 'remove' });
    expect((await ask({ url: '/api/do-not-call' })).json()).toEqual({ numbers: [] });
  });

  it.each([
    ['a foreign address', { remoteAddress: '203.0.113.9' }],
    ['a proxy on this machine', { headers: { host: '127.0.0.1', 'x-forwarded-for': '1.2.3.4' } }],
    ['another name', { headers: { host: 'line.example.com' } }],
    ['a page', { headers: { host: '127.0.0.1:8080', origin: 'https://shop.example' } }],
  ])('is not for %s', async (_title, from) => {
    const before = api.calls.length;
    const tried = await ask({ method: 'POST', url: '/api/dial', payload: { number }, ...from });
    expect([tried.statusCode, tried.json()]).toMatchObject([
      403,
      { error: { code: 'local_only' } },
    ]);
    expect((await ask({ url: '/api/do-not-call', ...from })).statusCode).toBe(403);
    expect(api.calls).toHaveLength(before);
  });

  it.each([
    [{ number: 'nobody' }, 422, 'dial_refused'],
    [{ number: '+4930123456' }, 422, 'dial_refused'],
    [{ number, desk: 'elsewhere' }, 404, 'desk_not_found'],
    [{ number, machine: 'shout' }, 400, 'config_invalid'],
    [{ number, admin: true }, 400, 'config_invalid'],
    [{}, 400, 'config_invalid'],
  ])('refuses %j', async (body, status, code) => {
    const answer = await post('/api/dial', body);
    expect([answer.statusCode, answer.json()]).toMatchObject([status, { error: { code } }]);
  });
});

it('is off where nothing may be dialled', async () => {
  const dialling = openDialling({
    carrier: null,
    policy: {
      allowed: createAllowList(''),
      hours: createCallingHours('09:00-20:00'),
      ...{ maxActive: 1, maxAttempts: 1, retryMs: 1, ringMs: 1 },
    },
    open: () => {
      throw new SwitchboardError('not_ready', 'Nothing is up.');
    },
    isLineFree: () => false,
    ...{ clock: systemClock, log: silentLog },
  });
  const app = Fastify();
  app.setErrorHandler((thrown, _request, reply) => answerError(reply, thrown, silentLog));
  dialling.register(app);
  await dialling.start();
  const answer = await app.inject({
    ...{ method: 'POST', url: '/api/dial', payload: { number } },
    headers: { host: 'localhost' },
  });
  expect([answer.statusCode, answer.json()]).toMatchObject([
    409,
    { error: { code: 'dialling_off' } },
  ]);
  expect(await dialling.outbound.answered({ attemptId: 'x-1', carrierCallId: 'CA1' })).toEqual({
    ok: false,
  });
  await dialling[Symbol.asyncDispose]();
  await app.close();
});
