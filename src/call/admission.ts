import type { AudioPiece } from '../audio/index.ts';
import type { AttachTo } from './attach.ts';
import type { CallEndReason } from '../protocol/index.ts';
import type { CallerLeg } from './leg.ts';
import type { Operators } from './operators.ts';
import type { OutboundCall } from './outbound.ts';

/** A call as its channel drives it. */
export interface LiveCall {
  readonly id: string;
  /** The caller's audio in the leg's format, as it comes. Ignored after the end. */
  hearCaller(audio: AudioPiece): void;
  /** A turn the caller typed. Interrupts the agent as speech would. */
  type(text: string): void;
  /**
   * Keys of a telephone (`0` to `9`, `*`, `#`) that the caller pressed, as they come. The first one
   * interrupts the agent as speech would; it is told once they pause. Ignored after the end.
   */
  press(keys: string): void;
  /** Ends the call. Idempotent. @default 'caller_hung_up' */
  hangUp(reason?: CallEndReason): void;
  /** The way to the caller broke off, and they may come back; both are on the trail. */
  callerAway(): void;
  callerReturned(): void;
  /** Cuts what is being said: the engine is told how much of it was heard. */
  cutSpeech(): void;
  /** Resolves after the last event of the trail is durable and was given to the leg. Never rejects. */
  readonly ended: Promise<{ readonly reason: CallEndReason; readonly detail?: string | undefined }>;
}

/** What a caller's screen may show from the first moment. */
export interface CallOpening {
  readonly desk: { readonly name: string; readonly title: string };
  /** Display names of agents and of queues of people, by name. */
  readonly agents: Readonly<Record<string, string>>;
  /** Whether the engine hears speech; if not, why and what to do. */
  readonly hearing: { readonly available: boolean; readonly note?: string | undefined };
}

/** The answer to a caller who wants to be connected. */
export type TakeCallResult =
  | { readonly ok: true; readonly call: LiveCall; readonly opening: CallOpening }
  | { readonly ok: false; readonly code: string; readonly message: string };

/** What a caller said when they were asked whether the call may be recorded. */
export type RecordingConsent = 'agreed' | 'refused';

/** Asks the line to take a call. The line may speak into `leg` before this resolves. */
export type TakeCall = (request: {
  /** Name of the desk; the line's default when undefined. */
  readonly desk: string | undefined;
  readonly leg: CallerLeg;
  /** The caller's audio goes straight to the engine; `leg` is one without audio. */
  readonly attachTo?: AttachTo | undefined;
  /** The number the network gives for the caller. A hint: it proves nothing. */
  readonly callerNumber?: string | undefined;
  /** Whether the caller agreed to be recorded; undefined: they were not asked. */
  readonly recording?: RecordingConsent | undefined;
  /** What it was placed for, when it is we who called. */
  readonly outbound?: OutboundCall | undefined;
  /** People whom this caller can be put through to. @default those of the house */
  readonly operators?: Operators | undefined;
  /** Aborts when the caller is gone before the call has begun. */
  readonly signal: AbortSignal;
}) => Promise<TakeCallResult>;
