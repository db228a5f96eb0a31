import { createHash } from 'node:crypto';
import type { Customer, VerificationClaim, VerificationResult } from '../desk/index.ts';
import type { TrailFact } from '../protocol/index.ts';
import { withDeadline, type Clock } from '../lib/index.ts';
import type { AttemptStore } from './ports.ts';

/** Wrong attempts after which nothing more is compared, counted per subject. */
export const maxFailedAttempts = 3;
/** How long wrong attempts count. */
export const attemptWindowMs = 15 * 60_000;
const proveTimeoutMs = 5_000;

/** Who the caller of one call is. */
export interface Verification {
  /** Null until they have proved it. */
  customer(): Customer | null;
  verify(claim: VerificationClaim): Promise<VerificationResult>;
}

/** What verification needs of its call. */
export interface VerificationHost {
  readonly callId: string;
  readonly desk: string;
  readonly callerNumber: string | null;
  readonly attempts: AttemptStore;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  activeAgent(): string;
  record(fact: TrailFact): void;
}

/** @returns a caller who is nobody yet. */
export function createVerification(host: VerificationHost): Verification {
  let customer: Customer | null = null;

  async function attempt(claim: VerificationClaim): Promise<VerificationResult> {
    const atMs = host.clock.nowMs();
    const own = [`call:${host.callId}`];
    if (host.callerNumber !== null) own.push(`number:${host.callerNumber}`);
    const { attemptId, failures } = await host.attempts.begin({
      desk: host.desk,
      callId: host.callId,
      subjects: [...own, ...claim.subjects].map((subject) => hashOf(host.desk, subject)),
      sinceMs: atMs - attemptWindowMs,
      atMs,
    });
    if (failures > maxFailedAttempts) return { ok: false, code: 'locked_out', attemptsLeft: 0 };
    const proved = await withDeadline((signal) => claim.prove(signal), {
      timeoutMs: proveTimeoutMs,
      signal: host.signal,
      onTimeout: () => new Error('the claim could not be compared in time'),
    });
    if (!proved) {
      const attemptsLeft = maxFailedAttempts - failures;
      if (attemptsLeft <= 0) return { ok: false, code: 'locked_out', attemptsLeft: 0 };
      return { ok: false, code: 'not_matched', attemptsLeft };
    }
    await host.attempts.succeeded(attemptId);
    return { ok: true, customer: proved };
  }
  return {
    customer: () => customer,
    async verify(claim) {
      const result = await attempt(claim);
      const { method } = claim;
      const agent = host.activeAgent();
      if (result.ok) {
        customer = result.customer;
        host.record({ type: 'caller.verified', agent, method, customerId: customer.id });
      } else {
        const { code, attemptsLeft } = result;
        host.record({ type: 'caller.not_verified', agent, method, code, attemptsLeft });
      }
      return result;
    },
  };
}

function hashOf(desk: string, subject: string): string {
  return createHash('sha256').update(`${desk}\n${subject}`).digest('hex');
}
