import type { AnsweredBy, MachineAction } from './outbound.ts';

/** Where a job stands. The last three are ends. */
export type DialState =
  | 'waiting' // for its time, or for a line
  | 'placing' // the carrier is being asked, or nobody knows whether it was
  | 'ringing'
  | 'answered'
  | 'done'
  | 'failed'
  | 'cancelled';

/** How an attempt went, or why there was none. */
export type DialOutcome =
  | 'completed'
  | 'message_left'
  | 'busy'
  | 'no_answer'
  | 'failed' // the network could not
  | 'refused' // by the carrier, before it dialled
  | 'machine'
  | 'fax'
  | 'not_connected' // picked up, and never spoke with a desk
  | 'lost' // the carrier knows of no such call
  | 'do_not_call'
  | 'not_allowed'
  | 'cancelled';

/** A job: somebody is to be called. */
export interface DialJob {
  readonly dialId: string;
  readonly desk: string;
  /** E.164. */
  readonly number: string;
  readonly purpose: string;
  /** Left on a machine; null when none was given. */
  readonly message: string | null;
  /** BCP 47, of the message. */
  readonly language: string;
  /** IANA zone whose hours are kept to. */
  readonly timeZone: string;
  readonly machine: MachineAction;
  readonly maxAttempts: number;
  readonly state: DialState;
  /** Begun, the one under way included. */
  readonly attempts: number;
  /** Of the last attempt; null before the first has ended. */
  readonly outcome: DialOutcome | null;
  /** For people. */
  readonly detail: string | null;
  readonly answeredBy: AnsweredBy | null;
  /** When it may be dialled next, epoch milliseconds. */
  readonly dueAtMs: number;
  /** When the last attempt was begun, epoch milliseconds. */
  readonly placedAtMs: number | null;
  readonly carrierCallId: string | null;
  /** Of the last call that reached the desk. */
  readonly callId: string | null;
  readonly createdAtMs: number;
}

/** What changes about a job while it goes on. */
export type DialChange = Partial<
  Pick<
    DialJob,
    'state' | 'outcome' | 'detail' | 'answeredBy' | 'dueAtMs' | 'carrierCallId' | 'callId'
  >
>;

/**
 * Where jobs are kept. Everything resolves when it is durable.
 *
 * All of it throws SwitchboardError store_unavailable when the database cannot be reached.
 */
export interface DialStore {
  /** Keeps a job once for each key. `isNew` false: this is the one that was there before. */
  create(
    job: DialJob,
    idempotencyKey: string | null,
  ): Promise<{ readonly job: DialJob; readonly isNew: boolean }>;
  get(dialId: string): Promise<DialJob | null>;
  /** Newest first. */
  list(options: { readonly limit: number }): Promise<readonly DialJob[]>;
  /**
   * Takes a job that waits and is due, for one attempt: from here on nobody else can.
   * Null: it is not there to be taken, so many calls are under way already, or one to the same number is.
   */
  claim(
    dialId: string,
    options: { readonly nowMs: number; readonly maxActive: number },
  ): Promise<DialJob | null>;
  /** Changes a job that is still in one of these states of that attempt. Null: it is not. */
  change(
    dialId: string,
    from: { readonly states: readonly DialState[]; readonly attempt: number },
    change: DialChange,
  ): Promise<DialJob | null>;
  /** Jobs that wait and are due, the oldest first, and those under way. */
  open(options: { readonly nowMs: number; readonly limit: number }): Promise<readonly string[]>;
}

/** Wakes jobs at their time, also after a restart. */
export interface WakeUps extends AsyncDisposable {
  /** Resolves when it is durable. */
  wakeAt(dialId: string, atMs: number): Promise<void>;
}
