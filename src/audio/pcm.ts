/** PCM 16 bit on the wire is little endian, whatever the machine is. */
const hostIsLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** Full scale of a 16 bit sample. */
const fullScale = 32_768;

/**
 * Samples from little-endian bytes. Always a copy, so an odd offset into a pooled buffer is fine and
 * the result never changes under the reader. An odd last byte is dropped.
 */
export function bytesToPcm(bytes: Uint8Array): Int16Array {
  const own = new Uint8Array(bytes.byteLength & ~1);
  own.set(bytes.subarray(0, own.byteLength));
  if (!hostIsLittleEndian) Buffer.from(own.buffer).swap16();
  return new Int16Array(own.buffer);
}

/** Little-endian bytes of samples. Shares memory with them on a little-endian machine. */
export function pcmToBytes(samples: Int16Array): Uint8Array {
  if (hostIsLittleEndian) {
    return new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
  }
  return Buffer.from(new Uint8Array(samples.slice().buffer)).swap16();
}

/** One array with all of the parts, in order. */
export function concatPcm(parts: readonly Int16Array[]): Int16Array {
  const whole = new Int16Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** RMS level in decibels relative to full scale; a full-scale sine is −3.01, silence −Infinity. */
export function levelDbfs(samples: Int16Array): number {
  let power = 0;
  for (const sample of samples) power += sample * sample;
  return samples.length === 0
    ? -Infinity
    : 10 * Math.log10(power / samples.length / (fullScale * fullScale));
}

/** Highest absolute sample, 0 to 32768. */
export function peakOf(samples: Int16Array): number {
  let peak = 0;
  for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
  return peak;
}

/** A copy multiplied by `factor`; what exceeds full scale is held there instead of wrapping. */
export function withGain(samples: Int16Array, factor: number): Int16Array {
  return samples.map((sample) =>
    Math.max(-fullScale, Math.min(fullScale - 1, Math.round(sample * factor))),
  );
}

/** The mean of several channels of equal length. */
export function mixToMono(channels: readonly Int16Array[]): Int16Array {
  const [first, ...others] = channels;
  if (!first) return new Int16Array(0);
  if (others.length === 0) return first;
  return first.map((sample, index) =>
    Math.round(
      others.reduce((sum, channel) => sum + (channel[index] ?? 0), sample) / channels.length,
    ),
  );
}
