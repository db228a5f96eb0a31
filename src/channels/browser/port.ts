import type { AudioPiece } from '../../audio/index.ts';
import type { CallerLeg } from '../../call/ports.ts';
import type { CallEndReason, CallServerMessage } from '../../protocol/index.ts';

/** A call as this channel drives it. */
export interface LiveCall {
  readonly id: string;
  /** In the leg's format, as it comes. */
  hearCaller(audio: AudioPiece): void;
  /** A turn the caller typed. */
  type(text: string): void;
  hangUp(reason?: CallEndReason): void;
  /** Resolves after the last event of the trail is durable and was given to the leg. Never rejects. */
  readonly ended: Promise<{ readonly reason: CallEndReason; readonly detail?: string | undefined }>;
}

type Started = Extract<CallServerMessage, { type: 'started' }>;

/** The answer to a caller who wants to be connected. */
export type TakeCallResult =
  | {
      readonly ok: true;
      readonly call: LiveCall;
      readonly opening: Omit<Started, 'type' | 'callId'>;
    }
  | { readonly ok: false; readonly code: string; readonly message: string };

/** Asks the line to take a call. The line may speak into `leg` before this resolves. */
export type TakeCall = (request: {
  /** Name of the desk; the line's default when undefined. */
  readonly desk: string | undefined;
  readonly leg: CallerLeg;
  /** Aborts when the caller is gone before the call has begun. */
  readonly signal: AbortSignal;
}) => Promise<TakeCallResult>;
