import { describe, expect, it } from 'vitest';
import type { CarrierCallStore } from '../ports.ts';

/** What every store of carriers' calls must do. */
export function carrierCallsContract(name: string, open: () => Promise<CarrierCallStore>): void {
  describe(`${name} keeps carriers' calls`, () => {
    const atMs = Date.UTC(2026, 10, 23, 9);
    const newCall = () => ({ carrier: 'twilio', carrierCallId: `CA${crypto.randomUUID()}`, atMs });

    it('knows nothing of a call that nobody announced', async () => {
      expect(await (await open()).find(newCall())).toBeNull();
    });

    it('A9: keeps a call once, however often it is announced', async () => {
      const store = await open();
      const call = newCall();
      await store.announced({ ...call, desk: 'front-desk' });
      await store.begun({ ...call, callId: 'call_1' });
      await store.announced({ ...call, desk: 'front-desk' });
      expect(await store.find(call)).toEqual({
        callId: 'call_1',
        desk: 'front-desk',
        status: 'queued',
      });
    });

    it('A10, F18: a late or repeated status moves nothing backwards', async () => {
      const store = await open();
      const call = newCall();
      const report = (status: Parameters<CarrierCallStore['progressed']>[0]['status']) =>
        store.progressed({ ...call, status });
      expect(await report('answered')).toBe(true);
      expect(await report('ringing')).toBe(false);
      expect(await report('answered')).toBe(false);
      expect(await report('completed')).toBe(true);
      expect(await report('completed')).toBe(false);
      expect(await report('failed')).toBe(false);
      expect(await report('answered')).toBe(false);
      expect((await store.find(call))?.status).toBe('completed');
    });

    it('F18: of reports at the same moment one counts', async () => {
      const store = await open();
      const call = newCall();
      const news = await Promise.all(
        Array.from({ length: 5 }, () => store.progressed({ ...call, status: 'completed' })),
      );
      expect(news.filter(Boolean)).toHaveLength(1);
    });

    it('takes a report that comes before its call is announced', async () => {
      const store = await open();
      const call = newCall();
      await store.progressed({ ...call, status: 'completed' });
      await store.announced({ ...call, desk: 'front-desk' });
      expect(await store.find(call)).toEqual({
        callId: null,
        desk: 'front-desk',
        status: 'completed',
      });
    });
  });
}
