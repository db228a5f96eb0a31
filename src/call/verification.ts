import { createHash } from 'node:crypto';
import type { Customer, DeskLimits, VerificationClaim, VerificationResult } from '../desk/index.ts';
import type { TrailFact } from '../protocol/index.ts';
import { messageOf, withDeadline, type Clock, type Log } from '../lib/index.ts';
import type { AttemptStore } from './ports.ts';

const proveTimeoutMs = 5_000;

/** Who the caller of one call is. */
export interface Verification {
  /** Null until they have proved it. */
  customer(): Customer | null;
  /** @throws SwitchboardError store_unavailable when the attempt cannot be counted; nothing is compared then */
  verify(claim: VerificationClaim): Promise<VerificationResult>;
}

/** What verification needs of its call. */
export interface VerificationHost {
  readonly callId: string;
  readonly desk: string;
  readonly callerNumber: string | null;
  readonly attempts: AttemptStore;
  readonly limits: Pick<DeskLimits, 'maxFailedVerifications' | 'verificationWindowMs'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
  activeAgent(): string;
  record(fact: TrailFact): void;
}

/**
 * @returns a caller who is nobody yet. Once they have proved who they are they are nobody else for the
 *   rest of the call: a claim to be another customer does not match, right or wrong.
 */
export function createVerification(host: VerificationHost): Verification {
  const { limits } = host;
  let customer: Customer | null = null;

  async function attempt(claim: VerificationClaim): Promise<VerificationResult> {
    const atMs = host.clock.nowMs();
    const own = [`call:${host.callId}`];
    if (host.callerNumber !== null) own.push(`number:${host.callerNumber}`);
    const subjects = new Set([...own, ...claim.subjects].map((one) => hashOf(host.desk, one)));
    const { attemptId, failures } = await host.attempts.begin({
      desk: host.desk,
      callId: host.callId,
      subjects: [...subjects],
      sinceMs: atMs - limits.verificationWindowMs,
      atMs,
    });
    const attemptsLeft = limits.maxFailedVerifications - failures;
    if (attemptsLeft < 0) return lockedOut;
    const proved = await withDeadline((signal) => claim.prove(signal), {
      timeoutMs: proveTimeoutMs,
      signal: host.signal,
      onTimeout: () => new Error('the claim could not be compared in time'),
    });
    if (!proved || (customer && customer.id !== proved.id)) {
      return attemptsLeft === 0 ? lockedOut : { ok: false, code: 'not_matched', attemptsLeft };
    }
    // From here on nobody else can be proved, also by an attempt that is being compared right now.
    customer ??= proved;
    await host.attempts.succeeded(attemptId).catch((thrown: unknown) => {
      // It was proved all the same; that it counts as a failure for a while harms nobody.
      host.log.warn('attempt could not be forgotten', { error: messageOf(thrown) });
    });
    return { ok: true, customer };
  }
  return {
    customer: () => customer,
    async verify(claim) {
      const before = customer;
      const result = await attempt(claim);
      const { method } = claim;
      const agent = host.activeAgent();
      if (!result.ok) {
        const { code, attemptsLeft } = result;
        host.record({ type: 'caller.not_verified', agent, method, code, attemptsLeft });
      } else if (before === null) {
        host.record({ type: 'caller.verified', agent, method, customerId: result.customer.id });
      }
      return result;
    },
  };
}

const lockedOut: VerificationResult = { ok: false, code: 'locked_out', attemptsLeft: 0 };

function hashOf(desk: string, subject: string): string {
  return createHash('sha256').update(`${desk}\n${subject}`).digest('hex');
}
