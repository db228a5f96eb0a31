import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { sql } from 'drizzle-orm';
import type { DialJob } from '../call/ports.ts';
import { silentLog } from '../lib/index.ts';
import { postgresDialStore } from './dial-store.ts';
import { postgresDoNotCallList } from './do-not-call.ts';
import { openStore, type Store } from './open-store.ts';
import { temporaryFolder, testCacheDir } from './testing/fixtures.ts';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

const nowMs = Date.UTC(2026, 10, 23, 9);
const job = (over: Partial<DialJob> = {}): DialJob => ({
  ...{ dialId: 'dial_1', desk: 'front-desk', number: '+442079460000', purpose: 'a reminder' },
  ...{ message: null, language: 'en-GB', timeZone: 'Europe/London', machine: 'hang_up' },
  ...{ maxAttempts: 3, state: 'waiting', attempts: 0, outcome: null, detail: null },
  ...{ answeredBy: null, dueAtMs: nowMs, placedAtMs: null, carrierCallId: null, callId: null },
  createdAtMs: nowMs,
  ...over,
});

describe('what is kept of calls to be placed', () => {
  const folder = temporaryFolder();
  const open = () => openStore({ dataDir: folder.path, cacheDir: testCacheDir, log: silentLog });
  let store: Store;
  beforeAll(async () => {
    store = await open();
  });
  afterAll(async () => {
    await store[Symbol.asyncDispose]();
    folder[Symbol.dispose]();
  });
  beforeEach(async () => {
    await store.database.execute(sql`delete from switchboard.dial_jobs`);
  });
  const jobs = () => postgresDialStore(store.database);
  const claim = (dialId: string, maxActive = 10) => jobs().claim(dialId, { nowMs, maxActive });

  it('is one job for one key, as it was given', async () => {
    const first = await jobs().create(job(), 'reminder-7');
    expect(first).toEqual({ job: job(), isNew: true });
    const again = await jobs().create(job({ dialId: 'dial_2', purpose: 'other' }), 'reminder-7');
    expect(again).toEqual({ job: job(), isNew: false });
    await jobs().create(job({ dialId: 'dial_3', createdAtMs: nowMs + 1 }), null);
    expect((await jobs().list({ limit: 10 })).map(({ dialId }) => dialId)).toEqual([
      'dial_3',
      'dial_1',
    ]);
  });

  it('is claimed by one of many who want it', async () => {
    await jobs().create(job(), null);
    const claims = await Promise.all(Array.from({ length: 8 }, () => claim('dial_1')));
    expect(claims.filter((one) => one !== null)).toMatchObject([
      { state: 'placing', attempts: 1, placedAtMs: nowMs },
    ]);
  });

  it('is not claimed before its time, above the cap, or beside a call to the same number', async () => {
    await jobs().create(job({ dueAtMs: nowMs + 1 }), null);
    expect(await claim('dial_1')).toBeNull();
    await jobs().create(job({ dialId: 'a', number: '+15550100001' }), null);
    await jobs().create(job({ dialId: 'b', number: '+15550100001' }), null);
    await jobs().create(job({ dialId: 'c', number: '+15550100002' }), null);
    expect(await claim('a')).not.toBeNull();
    expect(await claim('b')).toBeNull();
    expect(await claim('c', 1)).toBeNull();
    expect(await claim('c', 2)).not.toBeNull();
    expect((await jobs().open({ nowMs, limit: 10 })).toSorted()).toEqual(['a', 'b', 'c']);
  });

  it('is changed only from where it was thought to be', async () => {
    await jobs().create(job(), null);
    await claim('dial_1');
    const from = { states: ['placing', 'ringing'] as const, attempt: 1 };
    const ringing = await jobs().change('dial_1', from, { state: 'ringing', carrierCallId: 'CA1' });
    expect(ringing).toMatchObject({ state: 'ringing', carrierCallId: 'CA1' });
    expect(await jobs().change('dial_1', { ...from, attempt: 2 }, { state: 'done' })).toBeNull();
    const old = { states: ['placing'] as const, attempt: 1 };
    expect(await jobs().change('dial_1', old, { state: 'done' })).toBeNull();
    expect((await jobs().get('dial_1'))?.state).toBe('ringing');
  });

  it('has a list of who wants no calls', async () => {
    const list = postgresDoNotCallList(store.database);
    await list.add({ number: '+15550100009', source: 'caller', note: 'said so', atMs: nowMs });
    await list.add({ number: '+15550100009', source: 'operator', atMs: nowMs + 1 });
    expect(await list.has('+15550100009')).toBe(true);
    expect(await list.list({ limit: 5 })).toEqual([
      { number: '+15550100009', source: 'caller', note: 'said so', atMs: nowMs },
    ]);
    expect(await list.remove('+15550100009')).toBe(true);
    expect(await list.remove('+15550100009')).toBe(false);
    expect(await list.has('+15550100009')).toBe(false);
  });

  it('wakes jobs at their time, once, also after a restart of everything', async () => {
    const woken: string[] = [];
    const wake = async (dialId: string): Promise<void> => void woken.push(dialId);
    const first = await store.openWakeUps(wake);
    await first.wakeAt('now', Date.now() - 1);
    await first.wakeAt('now', Date.now() - 1);
    await first.wakeAt('later', Date.now() + 6_000);
    await vi.waitFor(() => expect(woken).toEqual(['now']), { timeout: 6_000 });
    await first[Symbol.asyncDispose]();
    await store[Symbol.asyncDispose]();
    store = await open();
    const second = await store.openWakeUps(wake);
    await vi.waitFor(() => expect(woken).toEqual(['now', 'later']), { timeout: 20_000 });
    await second[Symbol.asyncDispose]();
  });

  it('wakes a job again when it could not be looked after', async () => {
    let tries = 0;
    const wakeUps = await store.openWakeUps(async () => {
      tries += 1;
      if (tries === 1) throw new Error('the carrier is away');
    });
    await wakeUps.wakeAt('dial_9', Date.now());
    await vi.waitFor(() => expect(tries).toBe(2), { timeout: 30_000 });
    await wakeUps[Symbol.asyncDispose]();
  });
});
