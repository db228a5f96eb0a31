import { beforeEach, describe, expect, it } from 'vitest';
import type { DialJob, DialStore } from '../ports.ts';

const nowMs = Date.UTC(2026, 10, 23, 9);

/** A job that waits and is due. */
export function testJob(over: Partial<DialJob> = {}): DialJob {
  return {
    ...{ dialId: 'dial_1', desk: 'front-desk', number: '+442079460000', purpose: 'a reminder' },
    ...{ message: null, language: 'en-GB', timeZone: 'Europe/London', machine: 'hang_up' },
    ...{ maxAttempts: 3, state: 'waiting', attempts: 0, outcome: null, detail: null },
    ...{ answeredBy: null, dueAtMs: nowMs, placedAtMs: null, carrierCallId: null, callId: null },
    createdAtMs: nowMs,
    ...over,
  };
}

/**
 * What every store of jobs does.
 *
 * @param fresh a store with nothing in it
 */
export function dialStoreContract(name: string, fresh: () => Promise<DialStore>): void {
  describe(`jobs of calls to be placed in ${name}`, () => {
    let jobs: DialStore;
    beforeEach(async () => {
      jobs = await fresh();
    });
    const claim = (dialId: string, maxActive = 10) => jobs.claim(dialId, { nowMs, maxActive });

    it('are one for one key, as it was given', async () => {
      const first = await jobs.create(testJob(), 'reminder-7');
      expect(first).toEqual({ job: testJob(), isNew: true });
      const again = testJob({ dialId: 'dial_2', purpose: 'other' });
      expect(await jobs.create(again, 'reminder-7')).toEqual({ job: testJob(), isNew: false });
      await jobs.create(testJob({ dialId: 'dial_3', createdAtMs: nowMs + 1 }), null);
      const listed = await jobs.list({ limit: 10 });
      expect(listed.map(({ dialId }) => dialId)).toEqual(['dial_3', 'dial_1']);
      expect(await jobs.get('dial_2')).toBeNull();
    });

    it('are claimed by one of many who want them', async () => {
      await jobs.create(testJob({ outcome: 'busy' }), null);
      const claims = await Promise.all(Array.from({ length: 8 }, () => claim('dial_1')));
      expect(claims.filter((one) => one !== null)).toMatchObject([
        { state: 'placing', attempts: 1, placedAtMs: nowMs, outcome: null },
      ]);
    });

    it('are not claimed before their time, above the cap, or beside a call to the same number', async () => {
      await jobs.create(testJob({ dueAtMs: nowMs + 1 }), null);
      expect(await claim('dial_1')).toBeNull();
      await jobs.create(testJob({ dialId: 'a', number: '+15550100001' }), null);
      await jobs.create(testJob({ dialId: 'b', number: '+15550100001' }), null);
      await jobs.create(testJob({ dialId: 'c', number: '+15550100002' }), null);
      expect(await claim('a')).not.toBeNull();
      expect(await claim('b')).toBeNull();
      expect(await claim('c', 1)).toBeNull();
      expect(await claim('c', 2)).not.toBeNull();
      expect((await jobs.open({ nowMs, limit: 10 })).toSorted()).toEqual(['a', 'b', 'c']);
    });

    it('are changed only from where they were thought to be', async () => {
      await jobs.create(testJob(), null);
      await claim('dial_1');
      const from = { states: ['placing', 'ringing'] as const, attempt: 1 };
      const ringing = await jobs.change('dial_1', from, {
        ...{ state: 'ringing', carrierCallId: 'CA1' },
      });
      expect(ringing).toMatchObject({ state: 'ringing', carrierCallId: 'CA1' });
      expect(await jobs.change('dial_1', { ...from, attempt: 2 }, { state: 'done' })).toBeNull();
      const old = { states: ['placing'] as const, attempt: 1 };
      expect(await jobs.change('dial_1', old, { state: 'done' })).toBeNull();
      expect((await jobs.get('dial_1'))?.state).toBe('ringing');
    });
  });
}
