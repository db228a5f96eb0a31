import alawmulaw from 'alawmulaw';

/** The two laws of G.711, by the format that has them. */
export type G711Format = 'audio/pcmu' | 'audio/pcma';

const laws = { 'audio/pcmu': alawmulaw.mulaw, 'audio/pcma': alawmulaw.alaw };

/** @param bytes one a sample @returns PCM 16 bit at the same rate. @see ITU-T G.711 */
export function decodeG711(format: G711Format, bytes: Uint8Array): Int16Array {
  return laws[format].decode(bytes);
}

/** @param samples PCM 16 bit @returns one byte a sample. @see ITU-T G.711 */
export function encodeG711(format: G711Format, samples: Int16Array): Uint8Array {
  return laws[format].encode(samples);
}
