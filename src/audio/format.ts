/**
 * How a channel's audio is coded, by its name in the Realtime protocol.
 *
 * `audio/pcm`: signed 16 bit little endian mono at 24 kHz. `audio/pcmu`, `audio/pcma`: G.711 µ-law and
 * A-law mono at 8 kHz, as telephones have it.
 *
 * @see https://platform.openai.com/docs/api-reference/realtime-sessions/session_object
 */
export type AudioFormat = 'audio/pcm' | 'audio/pcmu' | 'audio/pcma';

/** What has to be known of a format to count it. */
export interface FormatFacts {
  readonly rateHz: number;
  readonly bytesPerSample: number;
  readonly bytesPerMs: number;
  /** The byte that nothing is heard of. */
  readonly silence: number;
}

/** The facts of each format. */
export const formatFacts: Readonly<Record<AudioFormat, FormatFacts>> = {
  'audio/pcm': { rateHz: 24_000, bytesPerSample: 2, bytesPerMs: 48, silence: 0 },
  'audio/pcmu': { rateHz: 8_000, bytesPerSample: 1, bytesPerMs: 8, silence: 0xff },
  'audio/pcma': { rateHz: 8_000, bytesPerSample: 1, bytesPerMs: 8, silence: 0xd5 },
};
