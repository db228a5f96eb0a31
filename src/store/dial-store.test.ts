import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { dialStoreContract } from '../call/contracts/dial-store.ts';
import { silentLog } from '../lib/index.ts';
import { postgresDialStore } from './dial-store.ts';
import { postgresDoNotCallList } from './do-not-call.ts';
import { openStore, type Store } from './open-store.ts';
import { temporaryFolder, testCacheDir } from './testing/fixtures.ts';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

const nowMs = Date.UTC(2026, 10, 23, 9);
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

dialStoreContract('the embedded database', async () => {
  await store.database.execute(sql`delete from switchboard.dial_jobs`);
  return postgresDialStore(store.database);
});

it('keeps a list of who wants no calls', async () => {
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
  await expect.poll(() => woken).toContain('now');
  await first[Symbol.asyncDispose]();
  await store[Symbol.asyncDispose]();
  store = await open();
  const second = await store.openWakeUps(wake);
  await expect.poll(() => woken, { timeout: 20_000 }).toEqual(['now', 'later']);
  await second[Symbol.asyncDispose]();
});

it('wakes a job again when it could not be looked after', async () => {
  let tries = 0;
  const wakeUps = await store.openWakeUps(async () => {
    tries += 1;
    if (tries === 1) throw new Error('the carrier is away');
  });
  await wakeUps.wakeAt('dial_9', Date.now());
  await expect.poll(() => tries, { timeout: 30_000 }).toBe(2);
  await wakeUps[Symbol.asyncDispose]();
});
