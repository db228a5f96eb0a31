import type { DialJob, DialState, DialStore } from '../call/ports.ts';

const active: readonly DialState[] = ['placing', 'ringing', 'answered'];

/** Jobs that are forgotten with the process. */
export function memoryDialStore(): DialStore {
  const jobs = new Map<string, DialJob>();
  const keys = new Map<string, string>();
  const put = (job: DialJob): DialJob => {
    jobs.set(job.dialId, job);
    return job;
  };
  const all = (): DialJob[] => [...jobs.values()];
  return {
    async create(job, idempotencyKey) {
      const before = idempotencyKey === null ? undefined : keys.get(idempotencyKey);
      const known = before === undefined ? undefined : jobs.get(before);
      if (known) return { job: known, isNew: false };
      if (idempotencyKey !== null) keys.set(idempotencyKey, job.dialId);
      return { job: put(job), isNew: true };
    },
    get: async (dialId) => jobs.get(dialId) ?? null,
    list: async ({ limit }) =>
      all()
        .toSorted((one, other) => other.createdAtMs - one.createdAtMs)
        .slice(0, limit),
    async claim(dialId, { nowMs, maxActive }) {
      const job = jobs.get(dialId);
      const under = all().filter(({ state }) => active.includes(state));
      if (job?.state !== 'waiting' || job.dueAtMs > nowMs) return null;
      if (under.length >= maxActive || under.some(({ number }) => number === job.number))
        return null;
      return put({
        ...job,
        ...{ state: 'placing', attempts: job.attempts + 1, placedAtMs: nowMs },
        ...{ outcome: null, detail: null, answeredBy: null, carrierCallId: null, callId: null },
      });
    },
    async change(dialId, from, change) {
      const job = jobs.get(dialId);
      if (!job || !from.states.includes(job.state) || job.attempts !== from.attempt) return null;
      return put({ ...job, ...change });
    },
    open: async ({ nowMs, limit }) =>
      all()
        .filter(
          ({ state, dueAtMs }) =>
            active.includes(state) || (state === 'waiting' && dueAtMs <= nowMs),
        )
        .map(({ dialId }) => dialId)
        .slice(0, limit),
  };
}
