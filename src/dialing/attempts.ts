import type { CarrierCall, DialJob, OutboundCalls } from '../call/ports.ts';
import { messageOf } from '../lib/index.ts';
import type { DialingOptions } from './dial-policy.ts';
import {
  activeStates,
  attemptEnded,
  attemptIdOf,
  movedBy,
  outcomeOf,
  readAttemptId,
} from './dial-step.ts';

/** The attempts of jobs, from the moment one is due to its end. */
export interface Attempts extends OutboundCalls {
  /** Does what is due for a job; as often as one likes. @throws when it has to be tried again */
  wake(dialId: string): Promise<void>;
  /** Ends a call of ours, or says in the log that it could not. */
  hangUp(carrierCallId: string, attemptId: string): Promise<void>;
}

/** Nobody takes longer to ask a carrier, and its reports come by themselves: until then nobody looks. */
const freshMs = 45_000;
/** How long a job waits for a line, when all are taken. */
const lineMs = 15_000;
/** Clocks of ours and of a carrier differ. */
const skewMs = 30_000;
const noSuchCall = 'The carrier knows of no such call.';

type Options = Omit<DialingOptions, 'findDesk' | 'newId'>;

/**
 * What happens to a job is a conditional change of its row, so that two who want the same thing at once
 * do it once: a claim before the carrier is asked, and a state and an attempt that a report must fit.
 */
export function createAttempts(options: Options): Attempts {
  const { store, dialer, policy, clock, log } = options;

  const wakeAt = (job: DialJob, atMs: number): Promise<void> =>
    options.wakeUps.wakeAt(job.dialId, atMs);
  const at = (job: DialJob) => ({ states: activeStates, attempt: job.attempts });

  async function end(job: DialJob, how: Omit<Parameters<typeof attemptEnded>[1], 'nowMs'>) {
    const change = attemptEnded(job, { ...how, nowMs: clock.nowMs() }, policy);
    const states = job.state === 'waiting' ? (['waiting'] as const) : activeStates;
    const ended = await store.change(job.dialId, { states, attempt: job.attempts }, change);
    if (!ended) return;
    const { dialId, state, outcome, attempts } = ended;
    log.info('an attempt to call has ended', { dialId, state, outcome, attempts });
    if (state === 'waiting') await wakeAt(ended, ended.dueAtMs);
  }
  async function hangUp(carrierCallId: string, attemptId: string): Promise<void> {
    await dialer.hangUp(carrierCallId).catch((thrown: unknown) => {
      log.warn('a call of ours could not be ended', { attemptId, error: messageOf(thrown) });
    });
  }
  async function leaveMessage(carrierCallId: string, text: string, job: DialJob): Promise<boolean> {
    try {
      await dialer.leaveMessage(carrierCallId, text, job.language);
      return true;
    } catch (thrown) {
      log.warn('a message could not be left', { dialId: job.dialId, error: messageOf(thrown) });
      return false;
    }
  }
  async function report(job: DialJob, call: CarrierCall): Promise<void> {
    const { carrierCallId, status } = call;
    const outcome = outcomeOf(job, status);
    if (outcome !== null) return end({ ...job, carrierCallId }, { outcome });
    const { from, to } = movedBy(status);
    await store.change(
      job.dialId,
      { states: from, attempt: job.attempts },
      { state: to, carrierCallId },
    );
  }

  /** Whether something does, so that a job which is due is not dialled now; it is seen to then. */
  async function standsAgainst(job: DialJob): Promise<boolean> {
    const nowMs = clock.nowMs();
    if (await options.doNotCall.has(job.number)) {
      await end(job, { outcome: 'do_not_call' });
      return true;
    }
    if (!policy.allowed.allows(job.number)) {
      await end(job, { outcome: 'not_allowed' });
      return true;
    }
    const opensMs = policy.hours.next(job.timeZone, nowMs);
    const dueAtMs = Math.max(job.dueAtMs, opensMs);
    if (dueAtMs <= nowMs) return false;
    if (dueAtMs !== job.dueAtMs) {
      const waiting = { states: ['waiting'] as const, attempt: job.attempts };
      await store.change(job.dialId, waiting, { dueAtMs });
    }
    await wakeAt(job, dueAtMs);
    return true;
  }
  async function dial(waiting: DialJob): Promise<void> {
    if (await standsAgainst(waiting)) return;
    const nowMs = clock.nowMs();
    const job = options.isLineFree()
      ? await store.claim(waiting.dialId, { nowMs, maxActive: policy.maxActive })
      : null;
    if (!job) return wakeAt(waiting, nowMs + lineMs);
    const { number: to, machine } = job;
    const attemptId = attemptIdOf(job);
    const placed = await dialer
      .place({ attemptId, to, machine, ringMs: policy.ringMs })
      .catch((thrown: unknown) => {
        log.warn('nobody knows whether a call was placed', { attemptId, error: messageOf(thrown) });
        return null;
      });
    // A later look finds out; until then it counts as dialled.
    if (placed === null) return;
    if (!placed.ok) {
      const { retryable, message: detail } = placed;
      return end(job, { outcome: 'refused', detail, retryable });
    }
    const { carrierCallId } = placed;
    const ringing = await store.change(
      job.dialId,
      { states: ['placing'], attempt: job.attempts },
      { state: 'ringing', carrierCallId },
    );
    if (ringing) return;
    const now = await store.get(job.dialId);
    // Cancelled while the carrier was asked. Otherwise its first report was quicker than its answer.
    if (now?.state === 'cancelled') await hangUp(carrierCallId, attemptId);
  }
  /** Finds out about an attempt of which nobody knows whether it was dialled: it must not be dialled twice. */
  async function lookFor(job: DialJob): Promise<void> {
    const sinceMs = (job.placedAtMs ?? clock.nowMs()) - skewMs;
    const [call] = await dialer.find({ to: job.number, sinceMs });
    if (call) return report(job, call);
    await end(job, { outcome: 'lost', detail: noSuchCall });
  }
  async function check(job: DialJob, carrierCallId: string): Promise<void> {
    const call = await dialer.lookUp(carrierCallId);
    if (!call) return end(job, { outcome: 'lost', detail: noSuchCall });
    await report(job, call);
  }
  /** The job of an attempt that is still under way. */
  async function underWay(attemptId: string): Promise<DialJob | null> {
    const of = readAttemptId(attemptId);
    const job = of && (await store.get(of.dialId));
    if (job?.attempts !== of?.attempt || !job) return null;
    return activeStates.includes(job.state) ? job : null;
  }

  return {
    hangUp,
    async wake(dialId) {
      const job = await store.get(dialId);
      if (!job) return;
      if (job.state === 'waiting') return dial(job);
      const isFresh = clock.nowMs() - (job.placedAtMs ?? 0) < freshMs;
      if (!activeStates.includes(job.state) || isFresh) return;
      await (job.carrierCallId === null ? lookFor(job) : check(job, job.carrierCallId));
    },
    async answered({ attemptId, carrierCallId }) {
      const job = await underWay(attemptId);
      if (!job) return { ok: false };
      await report(job, { carrierCallId, status: 'answered' });
      const { desk, number, dialId, purpose } = job;
      return { ok: true, desk, number, outbound: { dialId, purpose } };
    },
    async connected({ attemptId, callId }) {
      const job = await underWay(attemptId);
      if (job) await store.change(job.dialId, at(job), { callId });
    },
    async progressed({ attemptId, carrierCallId, status }) {
      const job = await underWay(attemptId);
      if (!job || isOfAnother(job, carrierCallId)) return;
      await report(job, { carrierCallId, status });
    },
    async detected({ attemptId, carrierCallId, answeredBy }) {
      const job = await underWay(attemptId);
      if (!job || isOfAnother(job, carrierCallId) || job.answeredBy !== null) return;
      const seen = await store.change(job.dialId, at(job), { answeredBy });
      if (!seen || answeredBy === 'human' || answeredBy === 'unknown') return;
      if (answeredBy === 'machine' && job.machine === 'speak') return;
      if (answeredBy === 'machine' && job.machine === 'message' && job.message !== null) {
        if (await leaveMessage(carrierCallId, job.message, job)) {
          await store.change(job.dialId, at(job), { outcome: 'message_left' });
          return;
        }
      }
      const outcome = answeredBy === 'fax' ? 'fax' : 'machine';
      await store.change(job.dialId, at(job), { outcome });
      await hangUp(carrierCallId, attemptId);
    },
  };
}

/** A report about a call that this attempt did not make. */
function isOfAnother(job: DialJob, carrierCallId: string): boolean {
  return job.carrierCallId !== null && job.carrierCallId !== carrierCallId;
}
