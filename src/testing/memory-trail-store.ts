import type { TrailStore } from '../call/index.ts';
import type { CallSummary, TrailEvent } from '../protocol/index.ts';

/** A trail store that forgets everything with the process; for tests and try-outs. */
export function memoryTrailStore(): TrailStore {
  const trails = new Map<string, TrailEvent[]>();
  return {
    async append(events) {
      for (const event of events) {
        const trail = trails.get(event.callId) ?? [];
        trails.set(event.callId, trail);
        const expected = trail.length + 1;
        if (event.seq < expected) continue; // an append that is tried again after an unclear failure
        if (event.seq > expected) {
          throw new RangeError(`Event ${event.seq} of ${event.callId} came before ${expected}.`);
        }
        trail.push(structuredClone(event));
      }
    },
    async read(callId, { afterSeq = 0 } = {}) {
      return structuredClone((trails.get(callId) ?? []).filter((event) => event.seq > afterSeq));
    },
    async listCalls({ limit }) {
      return [...trails.values()]
        .map(summaryOf)
        .filter((summary) => summary !== null)
        .sort((a, b) => b.startedAt.localeCompare(a.startedAt))
        .slice(0, limit);
    },
  };
}

function summaryOf(trail: readonly TrailEvent[]): CallSummary | null {
  const started = trail.find((event) => event.type === 'call.started');
  if (!started) return null;
  const ended = trail.find((event) => event.type === 'call.ended');
  return {
    callId: started.callId,
    desk: started.desk,
    channel: started.channel,
    startedAt: started.at,
    endedAt: ended?.at ?? null,
    endReason: ended?.reason ?? null,
  };
}
