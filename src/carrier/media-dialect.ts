import type { AudioFormat, AudioPiece } from '../audio/index.ts';

/** Who a stream says it belongs to. All of it is the far end's word until it was admitted. */
export interface StreamStart {
  /** Names the stream in what is sent back; empty where a carrier has no such name. */
  readonly streamId: string;
  /** The carrier's own id of the call. */
  readonly carrierCallId: string;
  /** Null where a carrier says none. */
  readonly accountId: string | null;
  /** The one-time token it was given to show. */
  readonly token: string | null;
}

/** One frame of a carrier's media socket, understood or not. */
export type MediaFrame =
  | { readonly kind: 'started'; readonly start: StreamStart }
  | {
      readonly kind: 'audio';
      readonly audio: AudioPiece;
      /** Where it begins on the stream's own clock, in milliseconds; null when that cannot be told. */
      readonly atMs: number | null;
    }
  /** Everything sent before the mark of that name has been played. */
  | { readonly kind: 'mark'; readonly name: string }
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'stopped' }
  /** Of the carrier's, and nothing to us. */
  | { readonly kind: 'other' }
  | { readonly kind: 'malformed'; readonly reason: MalformedReason };

/** Why a frame cannot be used. */
export type MalformedReason = 'audio_size' | 'audio_coding' | 'text_size' | 'not_a_message';

/**
 * How one carrier writes its media socket: all that a new carrier needs of its own.
 *
 * One dialect serves one socket and may remember what it read.
 */
export interface MediaDialect {
  /** Name of the channel, as the trail has it. */
  readonly channel: string;
  /** How audio is coded, both ways. */
  readonly format: AudioFormat;
  /** Understands one frame. Never throws, and is quick: it is asked fifty times a second. */
  read(data: Buffer, isBinary: boolean): MediaFrame;
  /** A stretch of audio as the carrier wants it: one message, or as many as it takes. */
  audio(streamId: string, audio: AudioPiece): string | Uint8Array | readonly Uint8Array[];
  /** Asks the carrier to say when everything before it has been played. */
  mark(streamId: string, name: string): string;
  /** Asks the carrier to drop what it has not played. */
  clear(streamId: string): string;
}
