import type { TrailEvent, TrailFact } from '../../protocol/index.ts';
import { SwitchboardError, atEndOfTurn, messageOf, type Clock } from '../../lib/index.ts';
import type { TrailStore } from '../ports.ts';
import type { TimedFact } from './trail-timeline.ts';

/** Writes a call's trail: one append in flight, the rest queued behind it. */
export interface TrailWriter {
  /** Stamps a fact with its sequence and times and queues it. Ignored once closed. */
  write(fact: TimedFact): void;
  /**
   * Resolves when everything written so far is durable.
   * @throws SwitchboardError store_unavailable when it cannot be kept.
   */
  flush(): Promise<void>;
}

// Long enough for an embedded database that died to be back, also on a busy machine; the call goes on
// meanwhile, so a longer outage needs a spool, not patience.
const retryDelaysMs = [100, 400, 1_000, 2_000, 4_000];

/**
 * @param options.durable called with each event, in order, once it is safely stored
 * @param options.lost called once when an append failed for good; events after it are not kept
 */
export function createTrailWriter(options: {
  readonly callId: string;
  readonly store: TrailStore;
  readonly clock: Clock;
  readonly durable: (event: TrailEvent) => void;
  readonly lost: (error: SwitchboardError) => void;
}): TrailWriter {
  const { callId, store, clock } = options;
  const startWallMs = clock.nowMs();
  const startMs = clock.monotonicMs();
  let seq = 0;
  let queue: TrailEvent[] = [];
  let failure: SwitchboardError | null = null;
  let running: Promise<void> | null = null;

  const stamp = ({ fact, atMs }: TimedFact): TrailEvent => {
    const elapsedMs = Math.max(0, Math.round((atMs - startMs) * 10) / 10);
    // From the monotonic clock, so that a clock set in mid-call does not fold the call over itself.
    const at = new Date(startWallMs + elapsedMs).toISOString();
    return { ...fact, callId, seq: ++seq, at, elapsedMs } satisfies TrailFact & Stamp; // the spread of a union is not seen as the union
  };
  const pump = async (): Promise<void> => {
    while (queue.length > 0 && failure === null) {
      const batch = queue;
      queue = [];
      try {
        await appendWithRetry(batch);
      } catch (thrown) {
        failure = asStoreError(thrown);
        options.lost(failure);
        return;
      }
      for (const event of batch) options.durable(event);
    }
  };
  const appendWithRetry = async (batch: readonly TrailEvent[]): Promise<void> => {
    for (const delayMs of retryDelaysMs) {
      try {
        return await store.append(batch);
      } catch {
        await new Promise<void>((resolve) => clock.setTimer(delayMs, resolve));
      }
    }
    return store.append(batch);
  };
  /** Starts at the end of the turn: what happens together is stored together, and keeps nobody waiting. */
  const run = (): Promise<void> => {
    running ??= new Promise<void>(atEndOfTurn).then(pump).then(() => {
      running = null;
      // Written after the pump had looked for the last time.
      if (queue.length > 0 && failure === null) return run();
      return undefined;
    });
    return running;
  };
  return {
    write(timed) {
      if (failure) return;
      queue.push(stamp(timed));
      // Failures are reported through `lost` and `flush`; the pump itself never rejects.
      void run();
    },
    async flush() {
      if (running) await running;
      if (failure) throw failure;
    },
  };
}

interface Stamp {
  readonly callId: string;
  readonly seq: number;
  readonly at: string;
  readonly elapsedMs: number;
}

function asStoreError(thrown: unknown): SwitchboardError {
  if (thrown instanceof SwitchboardError) return thrown;
  return new SwitchboardError(
    'store_unavailable',
    `The trail could not be stored: ${messageOf(thrown)}`,
    { cause: thrown },
  );
}
