import { describe, expect, it } from 'vitest';
import type { TrailEvent } from '../../protocol/index.ts';
import type { TrailStore } from '../ports.ts';

/**
 * What every trail store must do. Run it from a test file of the store:
 * `trailStoreContract('name', async () => store)`.
 *
 * @param open gives a store; calls of other tests may be in it already.
 */
export function trailStoreContract(name: string, open: () => Promise<TrailStore>): void {
  describe(`${name} keeps trails`, () => {
    it('gives a trail back as it was written, in order', async () => {
      const store = await open();
      const callId = newCallId();
      const trail = trailOf(callId, 0);
      await store.append(trail.slice(0, 2));
      await store.append(trail.slice(2));
      expect(await store.read(callId)).toEqual(trail);
    });

    it('gives only what is after a sequence number', async () => {
      const store = await open();
      const callId = newCallId();
      const trail = trailOf(callId, 0);
      await store.append(trail);
      expect(await store.read(callId, { afterSeq: 2 })).toEqual(trail.slice(2));
      expect(await store.read(callId, { afterSeq: trail.length })).toEqual([]);
    });

    it('knows nothing of a call that never was', async () => {
      const store = await open();
      expect(await store.read(newCallId())).toEqual([]);
    });

    it('keeps an event once when its append is tried again', async () => {
      const store = await open();
      const callId = newCallId();
      const trail = trailOf(callId, 0);
      await store.append(trail.slice(0, 2));
      await store.append(trail);
      expect(await store.read(callId)).toEqual(trail);
    });

    it('keeps two calls apart', async () => {
      const store = await open();
      const [one, two] = [newCallId(), newCallId()];
      await Promise.all([store.append(trailOf(one, 0)), store.append(trailOf(two, 1))]);
      expect(await store.read(one)).toEqual(trailOf(one, 0));
      expect(await store.read(two)).toEqual(trailOf(two, 1));
    });

    it('lists calls newest first, with how they ended', async () => {
      const store = await open();
      // Far in the future, so that calls of other tests come after them.
      const base = Date.UTC(2199, 0, 1) + Math.floor(Math.random() * 1e9);
      const [older, newer] = [newCallId(), newCallId()];
      await store.append(trailOf(older, base));
      await store.append(trailOf(newer, base + 60_000).slice(0, 2));
      const [first, second] = await store.listCalls({ limit: 2 });
      expect(first).toMatchObject({
        callId: newer,
        desk: 'front-desk',
        endedAt: null,
        endReason: null,
      });
      expect(second).toMatchObject({
        callId: older,
        channel: 'file',
        startedAt: new Date(base).toISOString(),
        endedAt: new Date(base + 3_000).toISOString(),
        endReason: 'caller_hung_up',
      });
    });

    it('stores what a caller says as it was said', async () => {
      const store = await open();
      const callId = newCallId();
      const text = `Robert'); DROP TABLE calls;-- <b>"ü" 漢字 \u{1F600}`;
      const [started] = trailOf(callId, 0);
      const turn: TrailEvent = {
        ...stamp(callId, 2, 1_000),
        type: 'turn.caller',
        agent: 'triage',
        itemId: 'item_1',
        source: 'typed',
        text,
      };
      if (!started) throw new Error('no trail');
      await store.append([started, turn]);
      expect((await store.read(callId)).at(-1)).toEqual(turn);
    });
  });
}

function newCallId(): string {
  return `call_${crypto.randomUUID().replaceAll('-', '')}`;
}

function stamp(
  callId: string,
  seq: number,
  atMs: number,
): Pick<TrailEvent, 'callId' | 'seq' | 'at' | 'elapsedMs'> {
  return { callId, seq, at: new Date(atMs).toISOString(), elapsedMs: (seq - 1) * 1_000 + 0.5 };
}

function trailOf(callId: string, startMs: number): TrailEvent[] {
  return [
    {
      ...stamp(callId, 1, startMs),
      type: 'call.started',
      desk: 'front-desk',
      channel: 'file',
      engine: { kind: 'embedded', model: 'offline' },
      voice: 'marin',
    },
    { ...stamp(callId, 2, startMs + 1_000), type: 'agent.started', agent: 'triage' },
    {
      ...stamp(callId, 3, startMs + 2_000),
      type: 'tool.returned',
      agent: 'billing',
      tool: 'lookup_invoice',
      functionCallId: 'fc_1',
      ok: true,
      output: '{"invoice_id":"INV-1042"}',
      durationMs: 12.25,
    },
    { ...stamp(callId, 4, startMs + 3_000), type: 'call.ended', reason: 'caller_hung_up' },
  ];
}
