import type { KeptCall, ReturningLeg } from '../../call/legs/index.ts';
import type { CallOpening, LiveCall } from '../../call/ports.ts';
import type { CallEndReason } from '../../protocol/index.ts';

/** A connection as the call that it carries sees it. */
export interface CallVisit {
  /** When the page is believed to have been there last (monotonic): what was sent later was not heard. */
  thereUntilMs(): number;
  /** The call is over: tells the page and closes. */
  finish(end: { readonly reason: CallEndReason; readonly detail?: string | undefined }): void;
  /** The page has the call over another connection now. */
  replaced(): void;
}

/** A call of a page, which may outlive the connection that it came over. */
export interface HeldCall {
  readonly call: LiveCall;
  readonly opening: CallOpening;
  readonly leg: ReturningLeg;
  /** The connection that it has; null while its caller is away. */
  visit: CallVisit | null;
  /** Null: nobody can come back to it. */
  kept: KeptCall<HeldCall> | null;
}
