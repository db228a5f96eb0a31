import type { CallEndReason } from '../protocol/index.ts';
import type { Desk } from '../desk/index.ts';
import type { Clock, Log, NewId } from '../lib/index.ts';
import type { AttachTo } from './attach.ts';
import type { OutboundCall } from './outbound.ts';
import type {
  CallServices,
  CallerLeg,
  EngineEndpoint,
  LiveCall,
  RecordingConsent,
  TrailStore,
} from './ports.ts';

/** How a call ended. */
export interface CallEnd {
  readonly callId: string;
  readonly reason: CallEndReason;
  readonly detail?: string | undefined;
}

/** How a handoff that was asked for from outside the conversation went. */
export type HandOffResult =
  | { readonly ok: true }
  /** `code` is one of the reference of gates and codes; `say` is a sentence for people. */
  | { readonly ok: false; readonly code: string; readonly say: string };

/** One live call, as its house has it. */
export interface Call extends LiveCall, AsyncDisposable {
  /**
   * Hands the caller to another agent or to people, along an edge of the agent who has them. The same
   * limits and gates decide as for a handoff that the agent asks for; a refusal is not heard.
   */
  handOff(to: string, packet?: Readonly<Record<string, unknown>>): Promise<HandOffResult>;
  readonly ended: Promise<CallEnd>;
}

/** What a call is made of. */
export interface StartCallOptions {
  readonly desk: Desk;
  readonly engine: EngineEndpoint;
  readonly leg: CallerLeg;
  /** The caller's audio goes straight to the engine; `leg` is one without audio. @default it passes through here */
  readonly attachTo?: AttachTo;
  readonly store: TrailStore;
  readonly services: CallServices;
  /** The number the network gives for the caller. A hint: it proves nothing. @default none */
  readonly callerNumber?: string;
  /** It is we who call; `callerNumber` is then whom. @default they called us */
  readonly outbound?: OutboundCall;
  /** Whether the caller agreed to be recorded. @default they were not asked */
  readonly recording?: RecordingConsent;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
  /** Ends the call as `server_stopped`, or the attempt to start it. */
  readonly signal?: AbortSignal;
  /** Longest wait for the engine to accept the session. @default 10000 */
  readonly openTimeoutMs?: number;
  /** Longest a goodbye may take after `end_call`. @default 15000 */
  readonly goodbyeTimeoutMs?: number;
}
