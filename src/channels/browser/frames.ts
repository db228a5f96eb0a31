import { bytesToPcm } from '../../audio/index.ts';
import {
  callClientMessage,
  callSocketRateHz,
  type CallClientMessage,
} from '../../protocol/index.ts';

/** Longest audio frame taken: 200 ms. */
export const maxAudioFrameBytes = (callSocketRateHz / 5) * 2;
/** Largest text frame taken: the longest thing to say in its longest JSON form, and some room. */
export const maxTextFrameBytes = 16_384;

/** Something from the far end that was not understood. */
export interface Malformed {
  readonly kind: 'malformed';
  readonly reason: 'audio_size' | 'text_size' | 'not_a_message';
}

/** Parses a binary frame of the call socket. */
export function parseAudio(
  data: Buffer,
): { readonly kind: 'audio'; readonly samples: Int16Array } | Malformed {
  const usable = data.length > 0 && data.length % 2 === 0 && data.length <= maxAudioFrameBytes;
  return usable
    ? { kind: 'audio', samples: bytesToPcm(data) }
    : { kind: 'malformed', reason: 'audio_size' };
}

/** Parses a message of a page. Never throws, whatever the text is. */
export function parseMessage(
  text: string,
): { readonly kind: 'message'; readonly message: CallClientMessage } | Malformed {
  if (Buffer.byteLength(text) > maxTextFrameBytes)
    return { kind: 'malformed', reason: 'text_size' };
  try {
    const parsed = callClientMessage.safeParse(JSON.parse(text));
    if (parsed.success) return { kind: 'message', message: parsed.data };
  } catch {
    // Not JSON: the same to us as JSON of another shape.
  }
  return { kind: 'malformed', reason: 'not_a_message' };
}
