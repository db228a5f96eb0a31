import type { CallClientMessage } from '../../../src/protocol/api.ts';
import type { Worklets } from '../audio/frames.ts';
import type { Sound } from '../audio/sound.ts';
import type { Way } from './line-step.ts';

/** What a way is opened with. */
export interface CarriageRequest {
  /** The server's address, e.g. `https://line.example`. */
  readonly server: string;
  readonly desk: string | undefined;
  /** Comes back to a call; `afterSeq` is the last trail event that is known. */
  readonly back: { readonly token: string; readonly afterSeq: number } | null;
  readonly sound: Sound;
  readonly worklets: Worklets;
}

/** What a way tells. Nothing after `failed`, `lost` or `close`. */
export interface CarriageEvents {
  /** A message of the server, as JSON. */
  message(text: string): void;
  /** The server does not take the call. */
  refused(code: string, message: string): void;
  /** It did not open. */
  failed(): void;
  /** It was open and broke off. */
  lost(): void;
}

/** One open way to the server, or one that is being opened. */
export interface Carriage {
  readonly way: Way;
  /** Dropped while nothing is open. */
  send(message: CallClientMessage): void;
  /** Drops the agent's sound that waits to be played. */
  clear(): void;
  /** Idempotent. */
  close(): void;
}
