import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { z } from 'zod';

/** What a text message to the caller is about. */
export type MessageKind = 'payment_link' | 'booking_confirmation' | 'verification_code';

/** Sends a text message to the caller (confirmation, payment link). A port: the desk never knows the carrier. */
export interface MessageSender {
  /** @throws when the message could not be handed on; the tool then says so. */
  send(message: {
    readonly callId: string;
    readonly kind: MessageKind;
    /** Number to send it to, e.g. one that the desk knows of a customer. @default the caller's own */
    readonly to?: string;
    readonly text: string;
    readonly signal?: AbortSignal;
  }): Promise<{ readonly messageId: string }>;
}

/** A customer as the desk's own data knows them. */
export interface Customer {
  /** Stable identifier, e.g. a primary key. Tools reach the rows of this customer and no others. */
  readonly id: string;
  /** For people, e.g. `Jane Miller`. */
  readonly name: string;
}

/** How an attempt to prove who is calling ended. */
export type VerificationResult =
  | { readonly ok: true; readonly customer: Customer }
  /** Nobody matches, or it is somebody else: which of the two is not said. */
  | { readonly ok: false; readonly code: 'not_matched'; readonly attemptsLeft: number }
  /** Too many wrong attempts, in this call or in calls before; nothing was compared. */
  | { readonly ok: false; readonly code: 'locked_out'; readonly attemptsLeft: 0 };

/** One attempt to prove who is calling. */
export interface VerificationClaim {
  /** How, e.g. `name_and_birth_date`; on the trail. */
  readonly method: string;
  /**
   * What attempts are counted against, across calls, e.g. `name:jane miller`. Kept as hashes only.
   * The call itself and the caller's number are counted anyway.
   */
  readonly subjects: readonly string[];
  /** Compares what was claimed with the desk's data. Null: it does not match. */
  prove(signal: AbortSignal): Promise<Customer | null>;
}

/** What was left for people to read later. */
export interface Note {
  readonly kind: 'callback' | 'message';
  /** Queue it is for; any, when left out. */
  readonly queue?: string;
  /** Number to call back, as said. */
  readonly phone?: string;
  /** When a callback is wanted, as said. */
  readonly when?: string;
  readonly name?: string;
  readonly text: string;
  /** Notes with the same one are kept once; a tool's is `idempotencyKey` of its run. */
  readonly idempotencyKey?: string;
}

/** Typed data shared by the tools of one call. Made with `callState()`. */
export interface CallStateKey<T> {
  readonly name: string;
  readonly schema: z.ZodType<T>;
  readonly initial: T;
}

/** Where the call's typed data is. Values are checked when they are set. */
export interface CallStateStore {
  get<T>(key: CallStateKey<T>): T;
  /** @throws ZodError when the value is not what the key's schema says */
  set<T>(key: CallStateKey<T>, value: T): void;
}

/** Keys of the caller's telephone that a tool asks for. */
export interface KeysRequest {
  /** What the caller hears, in the agent's voice. */
  readonly prompt: string;
  /** How many there must be; it is over as soon as there are so many. @default 1 to 32 */
  readonly length?: number | { readonly min: number; readonly max: number };
  /** The key that says "that was all". `*` starts over, unless it is this one. @default '#' */
  readonly finishOn?: '#' | '*';
  /** Longest wait for the first key, from the end of the prompt, and between two. @default 10000 */
  readonly timeoutMs?: number;
  /** Gives up when it aborts. @default the tool's own */
  readonly signal?: AbortSignal;
}

/** What came of asking for keys. */
export type KeysResult =
  | { readonly ok: true; readonly keys: string }
  | {
      readonly ok: false;
      readonly code:
        | 'timed_out'
        | 'too_few'
        /** The caller typed words instead. */
        | 'given_up'
        | 'call_ended'
        /** The signal aborted, mostly because the tool's time was up. */
        | 'stopped'
        /** Another tool waits for keys, a person has the caller, or the audio does not pass through us. */
        | 'not_possible';
    };

/** What a tool of a desk gets as `runContext.context`. Rights come from here, never from the conversation. */
export interface CallContext {
  readonly callId: string;
  readonly desk: string;
  /** Postgres through Drizzle; the desk's own schema is where its tables are. */
  readonly database: NodePgDatabase;
  readonly messages: MessageSender;
  /** IANA zone of the desk. */
  readonly timeZone: string;
  /** Wall clock, milliseconds since the epoch. */
  nowMs(): number;
  /** Who the caller has proved to be; null until then. */
  customer(): Customer | null;
  /** The number the network gives for the caller, if any. A hint: it proves nothing. */
  readonly callerNumber: string | null;
  /** Why we call, when it is we who call, and {@link CallContext.callerNumber} is whom; null when they called us. */
  readonly outbound: { readonly purpose: string } | null;
  /** Counts the attempt, compares, and on success sets {@link CallContext.customer} for the rest of the call. */
  verify(claim: VerificationClaim): Promise<VerificationResult>;
  /** What the caller keyed in last, as the agent was told; null until then. Never what a tool collected. */
  keyed(): string | null;
  /**
   * Asks the caller for keys that this tool's code alone gets. Until it resolves, neither they nor
   * anything else from the caller reaches engine, transcript, trail or log; what the tool returns does.
   * Give the tool a `timeoutMs` that the caller can keep to.
   */
  collectKeys(request: KeysRequest): Promise<KeysResult>;
  readonly state: CallStateStore;
  /** Stores a callback or a message for people. @throws SwitchboardError store_unavailable */
  leaveNote(note: Note): Promise<{ readonly noteId: string }>;
  /**
   * Puts the caller's number on the list of those that are never dialled. Not `listed`: it is not known.
   * @throws SwitchboardError store_unavailable
   */
  doNotCall(note?: string): Promise<{ readonly listed: boolean }>;
  /**
   * Asks for a handoff as soon as the tool that calls this has answered. The same gates decide as
   * for one the agent asks for.
   */
  handOff(to: string, packet?: Readonly<Record<string, unknown>>): void;
}
