import { describe, expect, it } from 'vitest';
import type { AttemptStore } from '../ports.ts';

const windowMs = 900_000;

/**
 * What every attempt store must do. Run it from a test file of the store.
 *
 * @param open gives a store; attempts of other tests may be in it already.
 */
export function attemptStoreContract(name: string, open: () => Promise<AttemptStore>): void {
  describe(`${name} counts attempts`, () => {
    let atMs = Date.UTC(2026, 10, 23, 9);
    const unique = (text: string): string => `${text} ${crypto.randomUUID()}`;
    const begin = (
      store: AttemptStore,
      subjects: readonly string[],
      options: { readonly desk?: string; readonly atMs?: number } = {},
    ) => {
      atMs = options.atMs ?? atMs + 1;
      const { desk = 'front-desk' } = options;
      return store.begin({ desk, callId: 'call_1', subjects, sinceMs: atMs - windowMs, atMs });
    };

    it('counts the one that is begun, and those before it', async () => {
      const store = await open();
      const subject = unique('jane');
      expect((await begin(store, [subject])).failures).toBe(1);
      expect((await begin(store, [subject])).failures).toBe(2);
    });

    it('gives the highest count of all subjects', async () => {
      const store = await open();
      const [jane, number, other] = [unique('jane'), unique('number'), unique('other')];
      await begin(store, [jane, number]);
      await begin(store, [number]);
      expect((await begin(store, [jane, number, other])).failures).toBe(3);
      expect((await begin(store, [other])).failures).toBe(2);
    });

    it('forgets what is older than asked for, and keeps desks apart', async () => {
      const store = await open();
      const subject = unique('jane');
      const startMs = atMs + 1;
      await begin(store, [subject], { atMs: startMs });
      expect((await begin(store, [subject], { desk: 'salon' })).failures).toBe(1);
      expect((await begin(store, [subject], { atMs: startMs + windowMs - 1 })).failures).toBe(2);
      expect((await begin(store, [subject], { atMs: startMs + windowMs })).failures).toBe(2);
    });

    it('counts each of those that are made at the same moment', async () => {
      const store = await open();
      const subject = unique('jane');
      const counts = await Promise.all(
        Array.from({ length: 8 }, async () => (await begin(store, [subject])).failures),
      );
      expect(counts.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    });

    it('forgets a success and what came before it, of its own subjects only', async () => {
      const store = await open();
      const [jane, john, number] = [unique('jane'), unique('john'), unique('number')];
      await begin(store, [jane, number]);
      await begin(store, [jane, number]);
      const right = await begin(store, [john, number]);
      await begin(store, [john]);
      await store.succeeded(right.attemptId);
      expect((await begin(store, [number])).failures).toBe(1);
      // One that came after the success, and those against somebody else, still count.
      expect((await begin(store, [john])).failures).toBe(2);
      expect((await begin(store, [jane])).failures).toBe(3);
    });

    it('takes an attempt that it does not know for none', async () => {
      const store = await open();
      await expect(store.succeeded('attempt_nobody_made')).resolves.toBeUndefined();
    });
  });
}
