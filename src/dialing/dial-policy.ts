import type { DialStore, Dialer, DoNotCallList, WakeUps } from '../call/ports.ts';
import type { Clock, Log, NewId } from '../lib/index.ts';
import type { CallingHours } from './calling-hours.ts';
import type { AllowList } from './numbers.ts';

/** Bounds of what is dialled; all of them settings. */
export interface DialPolicy {
  /** Which numbers may be dialled. */
  readonly allowed: AllowList;
  readonly hours: CallingHours;
  /** Calls of ours under way at once. */
  readonly maxActive: number;
  /** Attempts of a job that does not say how many, and the most that one may ask for. */
  readonly maxAttempts: number;
  /** Wait after the first attempt that did not reach anybody; doubles with each. */
  readonly retryMs: number;
  /** Longest it may ring. */
  readonly ringMs: number;
}

/** What dialling needs of a desk. */
export interface DialDesk {
  readonly name: string;
  readonly timeZone: string;
  /** BCP 47. */
  readonly language: string;
}

/** What dialling works with. */
export interface DialingOptions {
  readonly store: DialStore;
  readonly doNotCall: Pick<DoNotCallList, 'has'>;
  readonly dialer: Dialer;
  readonly wakeUps: Pick<WakeUps, 'wakeAt'>;
  readonly policy: DialPolicy;
  /** Whether a callee who picks up now would be spoken with. */
  isLineFree(): boolean;
  /** @throws SwitchboardError desk_not_found, desk_invalid */
  findDesk(name: string): Promise<DialDesk>;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
}
