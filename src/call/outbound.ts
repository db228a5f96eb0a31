/** A call that we placed, as the desk knows of it. */
export interface OutboundCall {
  /** Of the job that it was placed for. */
  readonly dialId: string;
  /** Why we call, in words for the agent; empty when nothing was said. */
  readonly purpose: string;
}

/** What becomes of a call that a machine answers. */
export type MachineAction =
  /** The agent speaks, as to a person. */
  | 'speak'
  /** The job's message is left after the tone. */
  | 'message'
  /** We hang up, and try again later as long as attempts are left. */
  | 'hang_up';

/** Where a call that was placed stands, in the order in which it goes. The last five are ends. */
export type CarrierStatus =
  'queued' | 'ringing' | 'answered' | 'completed' | 'busy' | 'no_answer' | 'failed' | 'canceled';

/** Who a carrier thinks has answered. */
export type AnsweredBy = 'human' | 'machine' | 'fax' | 'unknown';

/** A call as a carrier knows it. */
export interface CarrierCall {
  readonly carrierCallId: string;
  readonly status: CarrierStatus;
}

/** One attempt to reach somebody. */
export interface PlaceCallRequest {
  /** Comes back with everything the carrier reports of this call. */
  readonly attemptId: string;
  /** E.164. */
  readonly to: string;
  readonly machine: MachineAction;
  /** Longest it may ring. */
  readonly ringMs: number;
}

/** How a carrier answered. What it throws instead leaves open whether it dials. */
export type PlaceCallResult =
  | { readonly ok: true; readonly carrierCallId: string }
  /** It does not dial. */
  | { readonly ok: false; readonly retryable: boolean; readonly message: string };

/** A carrier that can place calls. */
export interface Dialer {
  /** On records, e.g. `twilio`. */
  readonly carrier: string;
  /** Dials. @throws when nobody knows whether it does */
  place(request: PlaceCallRequest): Promise<PlaceCallResult>;
  /**
   * Looks for a call that may have been placed and was never heard of.
   *
   * @param request.sinceMs calls placed before it (epoch milliseconds) are others
   * @throws when the carrier cannot be asked
   */
  find(request: { readonly to: string; readonly sinceMs: number }): Promise<readonly CarrierCall[]>;
  /** Null: the carrier knows of no such call. @throws when it cannot be asked */
  lookUp(carrierCallId: string): Promise<CarrierCall | null>;
  /** Says a text to whoever is there in place of the agent, then hangs up. @throws when it cannot */
  leaveMessage(carrierCallId: string, text: string, language: string): Promise<void>;
  /** Ends a call; one that is over already is fine. @throws when the carrier cannot be asked */
  hangUp(carrierCallId: string): Promise<void>;
}

/** What a carrier's channel reports of calls that we placed, and asks about them. */
export interface OutboundCalls {
  /**
   * The callee has picked up and the carrier asks what to do. Not `ok`: nobody waits for this call any
   * more, hang up. The same answer for the same attempt, however often it is asked.
   */
  answered(call: { readonly attemptId: string; readonly carrierCallId: string }): Promise<
    | {
        readonly ok: true;
        readonly desk: string;
        /** The callee's. */
        readonly number: string;
        readonly outbound: OutboundCall;
      }
    | { readonly ok: false }
  >;
  /** The call is on the line. */
  connected(call: { readonly attemptId: string; readonly callId: string }): Promise<void>;
  /** The carrier reports a status. Late and repeated ones change nothing. */
  progressed(call: {
    readonly attemptId: string;
    readonly carrierCallId: string;
    readonly status: CarrierStatus;
  }): Promise<void>;
  /** The carrier has judged who is there. */
  detected(call: {
    readonly attemptId: string;
    readonly carrierCallId: string;
    readonly answeredBy: AnsweredBy;
  }): Promise<void>;
}

/** Numbers that want no calls from us. */
export interface DoNotCallList {
  /** Resolves when it is durable. @throws SwitchboardError store_unavailable */
  add(entry: {
    /** E.164. */
    readonly number: string;
    /** Who asked for it, e.g. `caller` or `operator`. */
    readonly source: string;
    readonly note?: string;
    /** Epoch milliseconds. */
    readonly atMs: number;
  }): Promise<void>;
  /** False: it was not on the list. @throws SwitchboardError store_unavailable */
  remove(number: string): Promise<boolean>;
  has(number: string): Promise<boolean>;
  /** Newest first. */
  list(options: { readonly limit: number }): Promise<readonly DoNotCallEntry[]>;
}

/** One number that wants no calls. */
export interface DoNotCallEntry {
  readonly number: string;
  readonly source: string;
  readonly note: string | null;
  /** Epoch milliseconds. */
  readonly atMs: number;
}
