import { AudioPiece, formatFacts } from '../../audio/index.ts';

/** The caller's audio on its way to the engine. */
export interface Upstream {
  /** Takes audio of any length, always of one format. */
  push(audio: AudioPiece): void;
}

/**
 * 40 ms of PCM: half the engine events of a 20 ms channel, for 20 ms more delay at most. A larger
 * frame saves little more and is heard as a slower line.
 */
export const upstreamPcmMs = 40;

/**
 * Gathers PCM into frames of {@link upstreamPcmMs}. What is coded for the telephone goes on as it came:
 * it is a sixth as long, and its base64 is then never decoded.
 */
export function createUpstream(send: (audio: AudioPiece) => void): Upstream {
  const frameBytes = formatFacts['audio/pcm'].bytesPerMs * upstreamPcmMs;
  const frame = Buffer.alloc(frameBytes);
  let filled = 0;
  return {
    push(audio) {
      if (audio.format !== 'audio/pcm') return send(audio);
      const bytes = audio.bytes();
      for (let taken = 0; taken < bytes.byteLength;) {
        const part = bytes.subarray(taken, taken + frameBytes - filled);
        frame.set(part, filled);
        filled += part.byteLength;
        taken += part.byteLength;
        if (filled < frameBytes) continue;
        // Coded at once, so that the frame can be filled again.
        send(AudioPiece.ofBase64('audio/pcm', frame.toString('base64')));
        filled = 0;
      }
    },
  };
}
