import type { CarrierStatus, DialChange, DialJob, DialOutcome, DialState } from '../call/ports.ts';

/** How failed attempts are repeated. */
export interface RetryPolicy {
  /** Wait after the first attempt; doubles with each, up to a day. */
  readonly retryMs: number;
}

const longestWaitMs = 24 * 60 * 60_000;
/** States in which the carrier has the call, or may have it. */
export const activeStates: readonly DialState[] = ['placing', 'ringing', 'answered'];

/** Outcomes after which another attempt may go better. */
const retried: ReadonlySet<DialOutcome> = new Set([
  'busy',
  'no_answer',
  'failed',
  'machine',
  'not_connected',
  'lost',
]);

/**
 * How a job goes on when an attempt has ended.
 *
 * @param end.retryable whether another attempt makes sense. @default by the outcome
 */
export function attemptEnded(
  job: DialJob,
  end: {
    readonly outcome: DialOutcome;
    readonly detail?: string;
    readonly retryable?: boolean;
    readonly nowMs: number;
  },
  { retryMs }: RetryPolicy,
): DialChange {
  const { outcome, detail = null, nowMs } = end;
  if (outcome === 'completed' || outcome === 'message_left')
    return { state: 'done', outcome, detail };
  const again = end.retryable ?? retried.has(outcome);
  if (!again || job.attempts >= job.maxAttempts) return { state: 'failed', outcome, detail };
  const waitMs = Math.min(retryMs * 2 ** (job.attempts - 1), longestWaitMs);
  return { state: 'waiting', outcome, detail, dueAtMs: nowMs + waitMs };
}

/** What an end that the carrier reports says of the attempt; null while the call goes on. */
export function outcomeOf(job: DialJob, status: CarrierStatus): DialOutcome | null {
  switch (status) {
    case 'queued':
    case 'ringing':
    case 'answered':
      return null;
    case 'completed':
      // What was found out about who answered is known by then.
      if (job.outcome === 'message_left' || job.outcome === 'machine' || job.outcome === 'fax')
        return job.outcome;
      return job.callId === null ? 'not_connected' : 'completed';
    case 'canceled':
      return 'failed';
    case 'busy':
    case 'no_answer':
    case 'failed':
      return status;
  }
}

const order: readonly DialState[] = ['placing', 'ringing', 'answered'];

/** The states that a status moves a job on from, and where to: a late one moves nothing back. */
export function movedBy(status: CarrierStatus): {
  readonly from: readonly DialState[];
  readonly to: DialState;
} {
  const to = status === 'answered' ? 'answered' : 'ringing';
  return { from: order.slice(0, order.indexOf(to) + 1), to };
}

/** Comes back with everything a carrier reports of one attempt. */
export function attemptIdOf({ dialId, attempts }: Pick<DialJob, 'dialId' | 'attempts'>): string {
  return `${dialId}-${attempts}`;
}

/** Null: not one of ours. */
export function readAttemptId(
  attemptId: string,
): { readonly dialId: string; readonly attempt: number } | null {
  const found = /^(.{1,64})-(\d{1,3})$/.exec(attemptId);
  return found?.[1] ? { dialId: found[1], attempt: Number(found[2]) } : null;
}
