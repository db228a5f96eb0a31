import type { CallContext, Note } from '../desk/index.ts';
import type { CallSummary, TrailEvent } from '../protocol/index.ts';
import type { Operators } from './operators.ts';
import type { DoNotCallList } from './outbound.ts';

export type { AttachPoint, AttachTo, EngineCalls, WireSession } from './attach.ts';
export type { WebhookStore } from './webhooks.ts';
export type {
  CallOpening,
  LiveCall,
  TakeCall,
  TakeCallResult,
  RecordingConsent,
} from './admission.ts';
export type { CarrierCallRef, CarrierCallStore, KnownCarrierCall } from './carrier-calls.ts';
export type { CallNotice, CallerLeg, LegAbilities } from './leg.ts';
export type { Operators, PersonAnswer, PersonLine, PersonOffer } from './operators.ts';
export type {
  DialChange,
  DialJob,
  DialOutcome,
  DialState,
  DialStore,
  WakeUps,
} from './dial-store.ts';
export type {
  AnsweredBy,
  CarrierCall,
  CarrierStatus,
  Dialer,
  DoNotCallEntry,
  DoNotCallList,
  MachineAction,
  OutboundCall,
  OutboundCalls,
  PlaceCallRequest,
  PlaceCallResult,
} from './outbound.ts';

/** Where trails are kept. Appends of one call arrive one after another, in order. */
export interface TrailStore {
  /** Resolves when the events are durable: they survive a power cut. @throws SwitchboardError store_unavailable */
  append(events: readonly TrailEvent[]): Promise<void>;
  /** A call's events in order; empty when there is no such call. */
  read(callId: string, options?: { readonly afterSeq?: number }): Promise<readonly TrailEvent[]>;
  /** Newest first. */
  listCalls(options: { readonly limit: number }): Promise<readonly CallSummary[]>;
}

/** A server of the OpenAI Realtime protocol. */
export interface EngineEndpoint {
  readonly kind: 'embedded' | 'openai' | 'compatible';
  /** WebSocket address without the model, e.g. `wss://api.openai.com/v1/realtime`. */
  readonly url: string;
  readonly apiKey: string;
  readonly model: string;
}

/**
 * Counts attempts to prove who is calling, across calls and servers.
 */
export interface AttemptStore {
  /**
   * Counts one attempt against each subject before anything is compared, so that attempts made at the
   * same moment cannot slip past each other.
   *
   * @returns the highest count of failed attempts of any subject since `sinceMs`, this one included
   * @throws SwitchboardError store_unavailable
   */
  begin(attempt: {
    readonly desk: string;
    readonly callId: string;
    /** Hashes; nothing in the clear. */
    readonly subjects: readonly string[];
    /** Epoch milliseconds. */
    readonly sinceMs: number;
    readonly atMs: number;
  }): Promise<{ readonly attemptId: string; readonly failures: number }>;
  /** The attempt proved right: it counts no more, nor do earlier ones against the same subjects. */
  succeeded(attemptId: string): Promise<void>;
}

/** Keeps what was left for people to read. */
export interface NoteStore {
  /** Resolves when it is durable. The same `idempotencyKey` is kept once. @throws SwitchboardError store_unavailable */
  leave(
    note: Note & {
      readonly callId: string;
      readonly desk: string;
      /** Epoch milliseconds. */
      readonly atMs: number;
    },
  ): Promise<{ readonly noteId: string }>;
}

/** A model that answers in text, for agents that are consulted. */
export interface TextModel {
  /** @throws when no answer is to be had */
  answer(
    request: { readonly instructions: string; readonly question: string },
    signal: AbortSignal,
  ): Promise<string>;
}

/** What a call needs of the house beside its engine and its leg. */
export interface CallServices {
  readonly database: CallContext['database'];
  readonly messages: CallContext['messages'];
  readonly attempts: AttemptStore;
  readonly notes: NoteStore;
  readonly doNotCall: Pick<DoNotCallList, 'add'>;
  /** Null: nobody can be brought in; a handoff to people is refused. */
  readonly operators: Operators | null;
  /** Null: agents are consulted by rules only. */
  readonly textModel: TextModel | null;
}
