/** Gathers the caller's audio into frames for the engine. */
export interface Upstream {
  /** Takes PCM 16 bit 24 kHz of any length; sends each full frame at once. */
  push(samples: Int16Array): void;
}

/**
 * 40 ms at 24 kHz: half the engine events of a 20 ms channel, for 20 ms more delay at most. A larger
 * frame saves little more and is heard as a slower line.
 */
export const upstreamFrameSamples = 960;

/** @param send gets frames of exactly {@link upstreamFrameSamples}; it must not keep them. */
export function createUpstream(send: (frame: Int16Array) => void): Upstream {
  const frame = new Int16Array(upstreamFrameSamples);
  let filled = 0;
  return {
    push(samples) {
      let taken = 0;
      while (taken < samples.length) {
        const part = samples.subarray(taken, taken + upstreamFrameSamples - filled);
        frame.set(part, filled);
        filled += part.length;
        taken += part.length;
        if (filled === upstreamFrameSamples) {
          send(frame);
          filled = 0;
        }
      }
    },
  };
}
