import { AudioPiece } from '../audio/index.ts';
import type { MediaFrame } from './media-dialect.ts';

/** Longest stretch of audio in one frame, in characters of base64: 500 ms of G.711. */
const maxPayloadChars = Math.ceil(4_000 / 3) * 4;
const base64 = /^[A-Za-z0-9+/]+={0,2}$/;
const wholeMs = /^\d{1,15}$/;

/**
 * G.711 µ-law that came in base64, as a frame: checked, and not decoded.
 *
 * @param timestamp what the carrier says of the stream's clock, in milliseconds; audio is audio whatever it says
 */
export function readBase64Audio(payload: string, timestamp: string): MediaFrame {
  if (payload.length === 0 || payload.length > maxPayloadChars) {
    return { kind: 'malformed', reason: 'audio_size' };
  }
  if (payload.length % 4 !== 0 || !base64.test(payload)) {
    return { kind: 'malformed', reason: 'audio_coding' };
  }
  return {
    kind: 'audio',
    audio: AudioPiece.ofBase64('audio/pcmu', payload),
    atMs: wholeMs.test(timestamp) ? Number(timestamp) : null,
  };
}
