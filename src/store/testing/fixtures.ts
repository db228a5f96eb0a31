import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TrailEvent } from '../../protocol/index.ts';

/** The project's own cache, so that tests share one template of a fresh database. */
export const testCacheDir = fileURLToPath(new URL('../../../.switchboard/cache', import.meta.url));

/** A folder of its own, to be removed by disposing. */
export function temporaryFolder(): { readonly path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), 'switchboard-store-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** The `seq`th event of a call: its start, then what the caller says. */
export function testEvent(callId: string, seq: number, text = `sentence ${seq}`): TrailEvent {
  const stamp = { callId, seq, at: '2026-11-23T09:00:00.000Z', elapsedMs: seq };
  return seq === 1
    ? {
        ...stamp,
        type: 'call.started',
        desk: 'some-desk',
        channel: 'file',
        engine: { kind: 'embedded', model: 'offline' },
        voice: 'marin',
      }
    : {
        ...stamp,
        type: 'turn.caller',
        agent: 'triage',
        itemId: `item_${seq}`,
        source: 'speech',
        text,
      };
}
